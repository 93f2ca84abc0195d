"""The tokenizer's encoder: oriented points in their frame -> coarse and fine latents.

A small network maps the position of each point in its voxel and its normal to features, which are
averaged over the voxel. Averaging positions and normals directly would not work: the normals of
the two sides of a thin wall would cancel. Shape letters: B batch, N points, S cells along a side,
D width.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from caddis.generation.config import COARSE_SIDE, FINE_SIDE, TokenizerConfig
from caddis.generation.tokenizer.blocks import (
    GridBlock,
    from_sequence,
    merge_cells,
    split_cells,
    to_sequence,
)
from caddis.generation.tokenizer.frames import Frames
from caddis.generation.tokenizer.quantizers import code_dim
from caddis.geometry.symmetry import SYMMETRIES

VOXELS = 2 * FINE_SIDE  # along a side of the grid in which points are averaged
_POINT_FEATURES = 22


class FrameEmbedding(nn.Module):
    """Embedding of the frame, added to every cell: the symmetry and the logarithms of the sides."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.symmetry_embedding = nn.Parameter(torch.zeros(len(SYMMETRIES), width))
        self.sides = nn.Linear(3, width)

    def forward(self, frames: Frames) -> Tensor:
        """Return (B, 1, 1, 1, D)."""
        sides = self.sides(frames.sides.log() + 0.5)
        embedded: Tensor = self.symmetry_embedding[frames.symmetry] + sides
        return embedded[:, None, None, None]


class PointScatter(nn.Module):
    """Maps oriented points (B, N, 3) to one vector per voxel, (B, 16, 16, 16, C + 1)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Linear(_POINT_FEATURES, 64)
        self.second = nn.Linear(64, channels)

    def forward(self, unit_BN3: Tensor, normals_BN3: Tensor) -> Tensor:
        """Average the features of each voxel's points; the last channel is log(1 + number)."""
        batch = len(unit_BN3)
        place = (unit_BN3.clamp(-0.9999, 0.9999) + 1.0) * (VOXELS / 2)
        voxel = place.long()
        offset = 2.0 * (place - voxel) - 1.0
        row = (voxel[..., 0] * VOXELS + voxel[..., 1]) * VOXELS + voxel[..., 2]
        row = row + VOXELS**3 * torch.arange(batch, device=row.device)[:, None]
        values = self.second(
            functional.gelu(self.first(_features(offset, normals_BN3)), approximate="tanh")
        ).float()
        row, flat = row.flatten(), values.flatten(0, 1)
        sums = flat.new_zeros(batch * VOXELS**3, flat.shape[1]).index_add(0, row, flat)
        # not bincount, which synchronises with the GPU
        counts = flat.new_zeros(len(sums), 1).index_add(0, row, torch.ones_like(flat[:, :1]))
        means = sums / counts.clamp(min=1.0)
        grid = torch.cat([means, torch.log1p(counts)], dim=1)
        return grid.view(batch, VOXELS, VOXELS, VOXELS, -1)


def _features(offset: Tensor, normals: Tensor) -> Tensor:
    """Return (..., 22): offset, normal, their products, the distance of the plane, and squares."""
    outer = (offset[..., :, None] * normals[..., None, :]).flatten(-2)  # (..., 9)
    plane = (offset * normals).sum(-1, keepdim=True)
    return torch.cat([offset, normals, outer, plane, offset.square(), normals.square()], dim=-1)


class Encoder(nn.Module):
    """Maps oriented points to features of the fine cells, (B, 8, 8, 8, D)."""

    def __init__(self, config: TokenizerConfig) -> None:
        super().__init__()
        width = config.width
        self.scatter = PointScatter(config.point_channels)
        self.merge = nn.Linear(8 * (config.point_channels + 1), width)
        self.cell_embedding = nn.Parameter(torch.zeros(FINE_SIDE, FINE_SIDE, FINE_SIDE, width))
        self.frame = FrameEmbedding(width)
        self.blocks = nn.Sequential(
            *(GridBlock(width, FINE_SIDE) for _ in range(config.encoder_blocks))
        )

    def forward(self, points_BN6: Tensor, frames: Frames) -> Tensor:
        """Encode canonical points and unit normals (B, N, 6)."""
        points, normals = points_BN6[..., :3], points_BN6[..., 3:]
        grid = self.scatter(frames.fold(points), frames.fold_normals(points, normals))
        cells = self.merge(merge_cells(grid)) + self.cell_embedding + self.frame(frames)
        return self.blocks(cells)  # type: ignore[no-any-return]


class CoarseHead(nn.Module):
    """Maps features of the fine cells to latents of the coarse cells (B, 64, Z)."""

    def __init__(self, config: TokenizerConfig) -> None:
        super().__init__()
        width = config.coarse_width
        self.merge = nn.Linear(8 * config.width, width)
        self.block = GridBlock(width, COARSE_SIDE)
        self.norm = nn.LayerNorm(width, bias=False)
        self.to_code = nn.Linear(width, code_dim(config.quantizer, config.coarse_levels))

    def forward(self, cells: Tensor) -> Tensor:
        """Return float32 latents in the order of the tokens."""
        coarse = self.block(self.merge(merge_cells(cells)))
        return to_sequence(self.to_code(self.norm(coarse)).float())


class CoarseDecoder(nn.Module):
    """Maps coarse codes (B, 64, Z) to features of the fine cells, (B, 8, 8, 8, D)."""

    def __init__(self, config: TokenizerConfig) -> None:
        super().__init__()
        width, side = config.coarse_width, COARSE_SIDE
        self.from_code = nn.Linear(code_dim(config.quantizer, config.coarse_levels), width)
        self.missing_embedding = nn.Parameter(torch.zeros(width))
        self.cell_embedding = nn.Parameter(torch.zeros(side, side, side, width))
        self.frame = FrameEmbedding(width)
        self.blocks = nn.Sequential(*(GridBlock(width, side) for _ in range(config.coarse_blocks)))
        self.norm = nn.LayerNorm(width, bias=False)
        self.split = nn.Linear(width, 8 * config.width)

    def forward(self, codes_BKZ: Tensor, present_BK: Tensor, frames: Frames) -> Tensor:
        """Decode coarse codes; a learned vector replaces each one that is not present (B, 64)."""
        codes = self.from_code(codes_BKZ)
        codes = torch.where(present_BK[..., None], codes, self.missing_embedding.to(codes.dtype))
        cells = from_sequence(codes, COARSE_SIDE)
        cells = self.blocks(cells + self.cell_embedding + self.frame(frames))
        return split_cells(self.split(self.norm(cells)))


class FineHead(nn.Module):
    """Maps encoder features and decoded coarse codes to latents of the fine cells (B, 512, Z)."""

    def __init__(self, config: TokenizerConfig) -> None:
        super().__init__()
        width = config.width
        self.joined = nn.Linear(2 * width, width)
        self.block = GridBlock(width, FINE_SIDE)
        self.norm = nn.LayerNorm(width, bias=False)
        self.to_code = nn.Linear(width, code_dim(config.quantizer, config.fine_levels))

    def forward(self, cells: Tensor, coarse: Tensor) -> Tensor:
        """Return float32 latents from encoder features and decoded coarse features."""
        fine = self.block(self.joined(torch.cat([cells, coarse], dim=-1)))
        return to_sequence(self.to_code(self.norm(fine)).float())
