"""Chamfer distances of sets, and the search for the nearest training object."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from benchmarks.quality.distances import MIRROR, NearestOf, between, chamfer_l1, within


def clouds(count: int, seed: int, points: int = 64) -> np.ndarray:
    """Return clouds on boxes of random proportions, off centre so that mirroring matters."""
    rng = np.random.default_rng(seed)
    sides = rng.uniform(0.1, 0.5, (count, 1, 3))
    shift = rng.uniform(-0.05, 0.05, (count, 1, 3))
    return rng.uniform(-1, 1, (count, points, 3)) * sides + shift


def test_chamfer_by_hand() -> None:
    a, b = np.zeros((1, 3)), np.array([[1.0, 0.0, 0.0], [3.0, 0.0, 0.0]])
    assert chamfer_l1(cKDTree(a), cKDTree(b)) == pytest.approx((1 + (1 + 3) / 2) / 2)


def test_matrices_agree_with_single_pairs() -> None:
    a, b = clouds(3, 0), clouds(4, 1)
    trees_a, trees_b = [cKDTree(x) for x in a], [cKDTree(x) for x in b]
    tables = [[np.linalg.norm(x[:, None] - y, axis=2) for y in b] for x in a]
    expected = [[(d.min(axis=1).mean() + d.min(axis=0).mean()) / 2 for d in row] for row in tables]
    assert np.allclose(between(trees_a, trees_b, "test", 2), expected)
    own = within(trees_a, "test", 2)
    assert np.allclose(own, between(trees_a, trees_a, "test", 1))
    assert (own == own.T).all()
    assert (own.diagonal() == 0).all()


def test_the_search_finds_what_comparing_with_all_finds() -> None:
    search = NearestOf(clouds(40, 2), workers=2, shortlist=8)
    asked = clouds(12, 3)
    found = search.matches(list(asked), "test")
    assert found == [search.exhaustive(cloud) for cloud in asked]


def test_the_search_knows_a_mirror_image() -> None:
    known = clouds(10, 4)
    match = NearestOf(known, workers=1).matches([known[7] * MIRROR], "test")[0]
    assert (match.row, match.mirrored) == (7, True)
    assert match.distance == pytest.approx(0, abs=1e-12)


def test_the_search_leaves_the_object_itself_out() -> None:
    known = clouds(10, 5)
    search = NearestOf(known, workers=1)
    alone, others = (search.matches([known[3]], "test", own=own)[0] for own in (None, [3]))
    assert (alone.row, alone.distance) == (3, 0.0)
    assert others.row != 3
    assert others.distance > 0
