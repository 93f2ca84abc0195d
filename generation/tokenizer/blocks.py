"""The building block of encoder and decoder: a convolution and a linear mix of all cells.

A convolution learns local patterns independently of their position, which suits a small data set.
One linear map over all cells of a channel then lets each cell depend on all others, at a tenth of
the cost of attention. Shape letters: B batch, S cells along a side, D width.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class Convolution(nn.Module):
    """A 3 x 3 x 3 convolution on (B, S, S, S, D); its weights are a matrix so that Muon applies."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(width, 27 * width))
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, x_BSSSD: Tensor) -> Tensor:
        """Return the convolved grid; beyond its border the input counts as zero."""
        width = len(self.weight)
        kernel = self.weight.view(width, 3, 3, 3, width).permute(0, 4, 1, 2, 3)
        y_BDSSS = functional.conv3d(x_BSSSD.permute(0, 4, 1, 2, 3), kernel, self.bias, padding=1)
        return y_BDSSS.permute(0, 2, 3, 4, 1)


class GridBlock(nn.Module):
    """A convolution and a mix of all cells, both residual and both initially without effect."""

    def __init__(self, width: int, side: int, *, mix: bool = True) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, bias=False)
        self.convolve = Convolution(width)
        self.to_out = nn.Linear(width, width, bias=False)
        self.mix_norm = nn.LayerNorm(width, bias=False) if mix else None
        self.mix = nn.Linear(side**3, side**3, bias=False) if mix else None

    def forward(self, x_BSSSD: Tensor) -> Tensor:
        """Return the grid after the block, (B, S, S, S, D)."""
        inner = functional.gelu(self.convolve(self.norm(x_BSSSD)), approximate="tanh")
        x_BSSSD = torch.add(x_BSSSD, self.to_out(inner))
        if self.mix is None or self.mix_norm is None:
            return x_BSSSD
        cells_BCD = self.mix_norm(x_BSSSD).flatten(1, 3)
        mixed_BCD: Tensor = self.mix(cells_BCD.transpose(1, 2)).transpose(1, 2)
        return x_BSSSD + mixed_BCD.reshape(x_BSSSD.shape)


def merge_cells(x_BSSSD: Tensor) -> Tensor:
    """Merge each 2 x 2 x 2 cells into one, (B, S/2, S/2, S/2, 8 D)."""
    batch, side, width = len(x_BSSSD), x_BSSSD.shape[1] // 2, x_BSSSD.shape[-1]
    split = x_BSSSD.reshape(batch, side, 2, side, 2, side, 2, width)
    return split.permute(0, 1, 3, 5, 2, 4, 6, 7).reshape(batch, side, side, side, 8 * width)


def split_cells(x_BSSSD: Tensor) -> Tensor:
    """Invert `merge_cells`: (B, S, S, S, 8 D) becomes (B, 2 S, 2 S, 2 S, D)."""
    batch, side, width = len(x_BSSSD), x_BSSSD.shape[1], x_BSSSD.shape[-1] // 8
    split = x_BSSSD.reshape(batch, side, side, side, 2, 2, 2, width)
    return split.permute(0, 1, 4, 2, 5, 3, 6, 7).reshape(batch, 2 * side, 2 * side, 2 * side, width)


def to_sequence(x_BSSSD: Tensor) -> Tensor:
    """Return the cells in the order of their tokens, (B, S^3, D): x fastest, then y, then z.

    Layers run upwards from the floor, and folded axes begin at the plane of symmetry.
    """
    return x_BSSSD.permute(0, 3, 2, 1, 4).flatten(1, 3)


def from_sequence(x_BCD: Tensor, side: int) -> Tensor:
    """Invert `to_sequence`: (B, S^3, D) becomes (B, S, S, S, D)."""
    return x_BCD.view(len(x_BCD), side, side, side, -1).permute(0, 3, 2, 1, 4)


def init_grid_weights(module: nn.Module, generator: torch.Generator) -> None:
    """Draw matrices from N(0, 1/fan_in); set residual outputs, mixes and biases to zero."""
    for name, parameter in module.named_parameters():
        if name.endswith(("to_out.weight", "mix.weight", "bias")):
            nn.init.zeros_(parameter)
        elif parameter.ndim == 2 and "embedding" not in name:
            with torch.no_grad():
                parameter.normal_(0.0, parameter.shape[1] ** -0.5, generator=generator)
        elif "embedding" in name:
            with torch.no_grad():
                parameter.normal_(0.0, 0.1, generator=generator)
