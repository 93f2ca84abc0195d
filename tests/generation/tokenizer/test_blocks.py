"""Grids are taken apart and put together again; blocks begin without effect."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from caddis.generation.tokenizer.blocks import (
    Convolution,
    GridBlock,
    from_sequence,
    init_grid_weights,
    merge_cells,
    split_cells,
    to_sequence,
)


def grid(batch: int, side: int, width: int, seed: int = 0) -> torch.Tensor:
    random = torch.Generator().manual_seed(seed)
    return torch.randn(batch, side, side, side, width, generator=random)


@given(st.integers(1, 3), st.integers(1, 4), st.integers(1, 5))
def test_splitting_undoes_merging(batch: int, half: int, width: int) -> None:
    cells = grid(batch, 2 * half, width)
    merged = merge_cells(cells)
    assert merged.shape == (batch, half, half, half, 8 * width)
    assert torch.equal(split_cells(merged), cells)


def test_a_merged_cell_holds_its_own_eight_cells() -> None:
    cells = grid(1, 4, 2)
    merged = merge_cells(cells)
    for x, y, z in torch.cartesian_prod(*3 * [torch.arange(2)]).tolist():
        own = cells[0, 2 * x : 2 * x + 2, 2 * y : 2 * y + 2, 2 * z : 2 * z + 2]
        assert sorted(merged[0, x, y, z].tolist()) == sorted(own.flatten().tolist())


@given(st.integers(1, 3), st.integers(1, 5), st.integers(1, 4))
def test_a_sequence_of_cells_is_a_grid_again(batch: int, side: int, width: int) -> None:
    cells = grid(batch, side, width)
    assert torch.equal(from_sequence(to_sequence(cells), side), cells)


def test_the_sequence_goes_from_the_floor_upwards_then_along_y_then_along_x() -> None:
    side = 3
    places = torch.stack(torch.meshgrid(*3 * [torch.arange(side)], indexing="ij"), dim=-1)
    plain = [(x, y, z) for z in range(side) for y in range(side) for x in range(side)]
    assert to_sequence(places[None])[0].tolist() == [list(place) for place in plain]


@pytest.mark.parametrize("width", [1, 5])
def test_a_convolution_is_that_of_torch(width: int) -> None:
    ours, theirs = Convolution(width), nn.Conv3d(width, width, 3, padding=1)
    with torch.no_grad():
        # (out, in, x, y, z) -> rows of (x, y, z, in)
        ours.weight.copy_(theirs.weight.permute(0, 2, 3, 4, 1).reshape(width, -1))
        ours.bias.copy_(theirs.bias)
    cells = grid(2, 4, width)
    expected = theirs(cells.permute(0, 4, 1, 2, 3)).permute(0, 2, 3, 4, 1)
    torch.testing.assert_close(ours(cells), expected, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("mix", [True, False])
def test_a_block_begins_without_effect_and_can_learn(mix: bool) -> None:
    block = GridBlock(4, 2, mix=mix)
    init_grid_weights(block, torch.Generator().manual_seed(0))
    cells = grid(2, 2, 4)
    assert torch.equal(block(cells), cells)
    block(cells).square().sum().backward()
    assert block.to_out.weight.grad.abs().max() > 0
    if mix:
        assert block.mix.weight.grad.abs().max() > 0


def test_the_mix_tells_each_cell_about_the_others() -> None:
    block = GridBlock(3, 2)
    init_grid_weights(block, torch.Generator().manual_seed(0))
    with torch.no_grad():
        block.mix.weight.fill_(0.1)
    cells = grid(1, 2, 3)
    other = cells.clone()
    other[0, 1, 1, 1] += torch.tensor([1.0, -1.0, 0.5])
    assert (block(cells)[0, 0, 0, 0] - block(other)[0, 0, 0, 0]).abs().max() > 1e-3


def test_weights_follow_from_the_seed() -> None:
    one, two, other = (GridBlock(4, 2) for _ in range(3))
    for block, seed in ((one, 1), (two, 1), (other, 2)):
        init_grid_weights(block, torch.Generator().manual_seed(seed))
    assert torch.equal(one.convolve.weight, two.convolve.weight)
    assert not torch.equal(one.convolve.weight, other.convolve.weight)
