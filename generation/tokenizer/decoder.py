"""The tokenizer's decoder: fine cells -> feature grid -> signed distance.

Shape letters: B batch, S cells along a side, D width, F features, Q query points.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from caddis.generation.config import FINE_SIDE, TokenizerConfig
from caddis.generation.tokenizer.blocks import Convolution, GridBlock, from_sequence, split_cells
from caddis.generation.tokenizer.encoder import FrameEmbedding
from caddis.generation.tokenizer.frames import Frames
from caddis.generation.tokenizer.quantizers import code_dim

_UNIT = 0.1  # distance for a network output of 1


class CellDecoder(nn.Module):
    """Maps coarse and fine codes to features on a 32^3 grid, (B, F, 32, 32, 32)."""

    def __init__(self, config: TokenizerConfig) -> None:
        super().__init__()
        width, middle = config.width, config.middle_channels
        self.from_code = nn.Linear(code_dim(config.quantizer, config.fine_levels), width)
        self.missing_embedding = nn.Parameter(torch.zeros(width))
        self.cell_embedding = nn.Parameter(torch.zeros(FINE_SIDE, FINE_SIDE, FINE_SIDE, width))
        self.frame = FrameEmbedding(width)
        self.blocks = nn.Sequential(
            *(GridBlock(width, FINE_SIDE) for _ in range(config.decoder_blocks))
        )
        self.norm = nn.LayerNorm(width, bias=False)
        self.split = nn.Linear(width, 8 * middle)
        self.smooth = Convolution(middle)
        self.to_features = nn.Linear(middle, 8 * config.features)

    def forward(
        self, coarse: Tensor, codes_BKZ: Tensor, present_BK: Tensor, frames: Frames
    ) -> Tensor:
        """Decode; a learned vector replaces each fine code that is not present.

        Args:
            coarse: (B, 8, 8, 8, D) from `CoarseDecoder`.
            codes_BKZ: (B, 512, Z) fine codes.
            present_BK: (B, 512) bool.
            frames: Frames of the shapes.
        """
        fine = self.from_code(codes_BKZ)
        fine = torch.where(present_BK[..., None], fine, self.missing_embedding.to(fine.dtype))
        cells = coarse + from_sequence(fine, FINE_SIDE) + self.cell_embedding + self.frame(frames)
        cells = self.norm(self.blocks(cells))
        middle = split_cells(self.split(cells))
        middle = middle + functional.gelu(self.smooth(middle), approximate="tanh")
        return split_cells(self.to_features(middle)).permute(0, 4, 1, 2, 3)


class FeatureField(nn.Module):
    """Computes signed distances at points from a feature grid."""

    def __init__(self, config: TokenizerConfig) -> None:
        super().__init__()
        width = config.field_width
        self.level = config.level
        self.mlp = nn.Sequential(
            nn.Linear(config.features, width),
            nn.GELU(approximate="tanh"),
            nn.Linear(width, width),
            nn.GELU(approximate="tanh"),
            nn.Linear(width, 1),
        )

    def forward(self, features: Tensor, unit_BQ3: Tensor) -> Tensor:
        """Return signed distances (B, Q) float32 at frame coordinates (B, Q, 3).

        Distances are in units of the longest side, although frame coordinates are stretched.
        """
        looked_up = functional.grid_sample(
            features.float(), unit_BQ3.flip(-1)[:, :, None, None], mode="bilinear",
            padding_mode="border", align_corners=False,
        )[..., 0, 0]  # (B, F, Q)  # fmt: skip
        distance = self.mlp(looked_up.transpose(1, 2)).squeeze(-1).float()
        return _UNIT * distance + self.level  # type: ignore[no-any-return]
