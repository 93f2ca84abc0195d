import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.surfaces.voro_loss import (
    bisector_distances,
    by_brute_force,
    neighbours,
    voro_loss,
)


def _setting(seed, samples=40, generators=12):
    rng = np.random.default_rng(seed)
    return (torch.from_numpy(rng.normal(size=(n, 3))) for n in (samples, generators))


def _slow(points, generators):
    """The definition, one sample at a time, over all bisectors of the nearest generator."""
    total = 0.0
    for x in points.numpy():
        order = np.argsort(np.linalg.norm(generators.numpy() - x, axis=1))
        p = generators.numpy()[order[0]]
        distances = []
        for q in generators.numpy()[order[1:]]:
            unit = (q - p) / np.linalg.norm(q - p)
            distances.append(abs((x - (p + q) / 2.0) @ unit))
        total += min(distances) ** 2
    return total / len(points)


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_it_is_the_mean_over_all_bisectors(seed):
    points, generators = _setting(seed)
    near = neighbours(points, generators, len(generators))
    assert float(voro_loss(points, generators, near)) == pytest.approx(_slow(points, generators))


def test_the_gradient_is_that_of_finite_differences():
    points, generators = _setting(1)
    generators.requires_grad_()
    near = neighbours(points, generators)
    assert torch.autograd.gradcheck(lambda g: voro_loss(points, g, near), (generators,))
    free = points.clone().requires_grad_()
    assert torch.autograd.gradcheck(lambda x: voro_loss(x, generators.detach(), near), (free,))


def test_tree_and_brute_force_agree():
    points, generators = _setting(2, 200, 50)
    assert torch.equal(neighbours(points, generators, 7), by_brute_force(points, generators, 8))


def test_neighbours_are_all_when_there_are_few():
    points, generators = _setting(3, 5, 3)
    assert neighbours(points, generators).shape == (5, 3)


def test_a_sample_on_a_face_costs_nothing_and_coincident_generators_give_no_nan():
    generators = torch.tensor([[0.0, 0, 1], [0, 0, -1], [0, 0, 1]])
    points = torch.tensor([[0.2, 0.1, 0.0], [0.0, 0.0, 0.9]])
    two = generators[:2]
    assert float(bisector_distances(points, two, neighbours(points, two))[0]) == 0.0
    generators.requires_grad_()
    voro_loss(points, generators).backward()
    assert torch.isfinite(generators.grad).all()


@pytest.mark.gpu
def test_the_card_gives_the_same_loss():
    points, generators = _setting(4, 300, 80)
    there = voro_loss(points.cuda(), generators.cuda())
    assert float(there) == pytest.approx(float(voro_loss(points, generators)), rel=1e-6)
