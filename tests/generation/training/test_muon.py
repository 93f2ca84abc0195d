"""Muon in float32 does what torch's does in bf16, and orthogonalises."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from caddis.generation.training.muon import Float32Muon, orthogonal

SHAPES = [(8, 8), (24, 8), (8, 8), (8, 24)]
COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def _matrices(seed: int) -> list[Tensor]:
    chance = torch.Generator().manual_seed(seed)
    return [torch.randn(shape, generator=chance).requires_grad_() for shape in SHAPES]


def _stepped(optimizer: torch.optim.Optimizer, matrices: list[Tensor], steps: int) -> None:
    chance = torch.Generator().manual_seed(1)
    for _ in range(steps):
        for matrix in matrices:
            matrix.grad = torch.randn(matrix.shape, generator=chance)
        optimizer.step()


def test_steps_are_those_of_torch_up_to_its_bf16() -> None:
    ours, theirs = _matrices(0), _matrices(0)
    _stepped(Float32Muon(ours, lr=0.02, weight_decay=0.1), ours, 4)
    torchs = torch.optim.Muon(theirs, lr=0.02, weight_decay=0.1, adjust_lr_fn="match_rms_adamw")
    _stepped(torchs, theirs, 4)
    for start, one, two in zip(_matrices(0), ours, theirs, strict=True):
        way = (start - two).norm()
        assert (one - two).norm() < 0.02 * way


def test_singular_values_come_near_one() -> None:
    matrices = torch.randn((3, 16, 48), generator=torch.Generator().manual_seed(2))
    values = torch.linalg.svdvals(orthogonal(matrices, COEFFICIENTS, 5))
    assert values.min() > 0.5
    assert values.max() < 1.5


def test_matrices_without_gradient_stay() -> None:
    matrices = _matrices(3)
    before = [matrix.detach().clone() for matrix in matrices]
    matrices[0].grad = torch.ones(SHAPES[0])
    Float32Muon(matrices, lr=0.1, weight_decay=0.5).step()
    assert not torch.equal(matrices[0], before[0])
    assert all(torch.equal(one, two) for one, two in zip(matrices[1:], before[1:], strict=True))


def test_state_can_be_kept_and_taken_up() -> None:
    whole, parted = _matrices(4), _matrices(4)
    _stepped(Float32Muon(whole, lr=0.1, weight_decay=0.0), whole, 2)
    optimizer = Float32Muon(parted, lr=0.1, weight_decay=0.0)
    chance = torch.Generator().manual_seed(1)
    for _ in range(2):
        for matrix in parted:
            matrix.grad = torch.randn(matrix.shape, generator=chance)
        optimizer.step()
        kept = optimizer.state_dict()
        optimizer = Float32Muon(parted, lr=0.1, weight_decay=0.0)
        optimizer.load_state_dict(kept)
    assert all(torch.equal(one, two) for one, two in zip(whole, parted, strict=True))


def test_a_closure_is_asked_for_the_loss() -> None:
    matrices = _matrices(5)

    def loss() -> float:
        total = sum((matrix.square().sum() for matrix in matrices), torch.zeros(()))
        total.backward()
        return float(total.detach())

    assert Float32Muon(matrices, lr=0.1, weight_decay=0.0).step(loss) == pytest.approx(
        sum(float(one.detach().square().sum()) for one in _matrices(5))
    )
