"""The tokenizer: turns a shape into tokens, and tokens into a signed distance field.

Like Argus3D (Qian et al. 2024) it describes a shape by a short token sequence, but without
tri-planes. A frame with symmetry and box comes first, then codes of 4 x 4 x 4 cells, which decode
without the rest, then codes of 8 x 8 x 8 cells for the remaining detail. Codes are local, so they
are learned from every patch of every object. Shape letters: B batch, N points, Q queries, D width.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from caddis.generation.config import COARSE_TOKENS, FINE_TOKENS, FRAME_TOKENS, TokenizerConfig
from caddis.generation.tokenizer.blocks import init_grid_weights
from caddis.generation.tokenizer.decoder import CellDecoder, FeatureField
from caddis.generation.tokenizer.encoder import CoarseDecoder, CoarseHead, Encoder, FineHead
from caddis.generation.tokenizer.frames import Frames
from caddis.generation.tokenizer.quantizers import Quantized, Quantizer, build_quantizer
from caddis.geometry.shape_frame import ShapeFrame

SEQUENCE = FRAME_TOKENS + COARSE_TOKENS + FINE_TOKENS
"""Number of tokens of a whole shape; the first 4 + 64 already decode to a coarse shape."""


@dataclass(frozen=True)
class Reconstruction:
    """Outputs of the tokenizer that its training needs.

    Attributes:
        distance: (B, Q) predicted signed distance.
        code_loss: () auxiliary loss of the quantizers.
        coarse_latents: (B, 64, Z) encoder output.
        fine_latents: (B, 512, Z) encoder output.
    """

    distance: Tensor
    code_loss: Tensor
    coarse_latents: Tensor
    fine_latents: Tensor


class Tokenizer(nn.Module):
    """Oriented points -> frame and tokens -> signed distance.

    `encode`, `features` and `shape_field` accept tensors on any device; `forward`, which training
    calls, needs them on the model's device.
    """

    def __init__(self, config: TokenizerConfig, *, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.coarse_head = CoarseHead(config)
        self.coarse_quantizer = build_quantizer(config.quantizer, config.coarse_levels)
        self.coarse_decoder = CoarseDecoder(config)
        self.fine_head = FineHead(config)
        self.fine_quantizer = build_quantizer(config.quantizer, config.fine_levels)
        self.decoder = CellDecoder(config)
        self.field = FeatureField(config)
        init_grid_weights(self, torch.Generator().manual_seed(seed))

    @property
    def device(self) -> torch.device:
        """Device of the weights."""
        return self.decoder.cell_embedding.device

    def forward(
        self,
        points_BN6: Tensor,
        frames: Frames,
        queries_BQ3: Tensor,
        *,
        keep_B: Tensor | None = None,
        soft: bool = False,
    ) -> Reconstruction:
        """Encode, quantize (unless `soft`), decode and evaluate the field.

        Args:
            points_BN6: (B, N, 6) coordinates and normals in the canonical frame.
            frames: Frames of the shapes.
            queries_BQ3: (B, Q, 3) points at which to predict the distance.
            keep_B: (B,) number of leading tokens that are decoded; None decodes all.
            soft: Decode latents without quantization (warm-up).
        """
        cells = self.encoder(points_BN6, frames)
        coarse_latents = self.coarse_head(cells)
        coarse, coarse_loss = _codes(self.coarse_quantizer, coarse_latents, soft=soft)
        coarse_present, fine_present = self._present(keep_B, len(coarse))
        coarse_cells = self._coarse_cells(coarse, coarse_present, frames)
        fine_latents = self.fine_head(cells, coarse_cells)
        fine, fine_loss = _codes(self.fine_quantizer, fine_latents, soft=soft)
        features = self.decoder(coarse_cells, fine, fine_present, frames)
        distance = self.field(features, frames.fold(queries_BQ3))
        return Reconstruction(distance, coarse_loss + fine_loss, coarse_latents, fine_latents)

    def _present(self, keep_B: Tensor | None, batch: int) -> tuple[Tensor, Tensor]:
        """Return which coarse (B, 64) and fine (B, 512) tokens are decoded."""
        if keep_B is None:
            keep_B = torch.full((batch,), SEQUENCE, device=self.device)
        present = torch.arange(FRAME_TOKENS, SEQUENCE, device=self.device) < keep_B[:, None]
        coarse, fine = present[:, :COARSE_TOKENS], present[:, COARSE_TOKENS:]
        return coarse, fine & (self.config.paths != "coarse")

    def _coarse_cells(self, codes: Tensor, present: Tensor, frames: Frames) -> Tensor:
        cells: Tensor = self.coarse_decoder(codes, present, frames)
        return cells * 0.0 if self.config.paths == "fine" else cells

    @torch.no_grad()
    def encode(self, points_BN6: Tensor, frames: Frames) -> Tensor:
        """Return the tokens (B, 4 + 64 + 512) int64 of oriented points (B, N, 6)."""
        frames = frames.to(self.device)
        cells = self.encoder(points_BN6.to(self.device), frames)
        coarse: Quantized = self.coarse_quantizer(self.coarse_head(cells))
        every, _ = self._present(None, len(cells))
        coarse_cells = self._coarse_cells(coarse.values, every, frames)
        fine: Quantized = self.fine_quantizer(self.fine_head(cells, coarse_cells))
        return torch.cat([frames.tokens, coarse.indices, fine.indices], dim=1)

    @torch.no_grad()
    def encode_coarse(self, points_BN6: Tensor, frames: Frames) -> Tensor:
        """Return the first tokens (B, 4 + 64) int64 of oriented points: frame and coarse tokens."""
        frames = frames.to(self.device)
        cells = self.encoder(points_BN6.to(self.device), frames)
        coarse: Quantized = self.coarse_quantizer(self.coarse_head(cells))
        return torch.cat([frames.tokens, coarse.indices], dim=1)

    @torch.no_grad()
    def features(self, tokens_Bk: Tensor) -> Tensor:
        """Return the feature grids (B, F, 32, 32, 32) of shapes from their first k tokens.

        Args:
            tokens_Bk: (B, k) int64, k from 4 (the frame) to 580; a learned vector replaces each
                missing token.
        """
        batch, given = tokens_Bk.shape
        tokens = nn.functional.pad(tokens_Bk.to(self.device), (0, SEQUENCE - given))
        frames = Frames.from_tokens(tokens[:, :FRAME_TOKENS])
        coarse = tokens[:, FRAME_TOKENS : FRAME_TOKENS + COARSE_TOKENS]
        fine = tokens[:, FRAME_TOKENS + COARSE_TOKENS :]
        keep = torch.full((batch,), given, device=self.device)
        coarse_present, fine_present = self._present(keep, batch)
        cells = self._coarse_cells(self.coarse_quantizer.decode(coarse), coarse_present, frames)
        return self.decoder(  # type: ignore[no-any-return]
            cells, self.fine_quantizer.decode(fine), fine_present, frames
        )

    def shape_field(self, tokens_k: Tensor) -> TokenField:
        """Return the field of one shape from its first k >= 4 tokens (k,)."""
        frames = Frames.from_tokens(tokens_k[None, :FRAME_TOKENS].to(self.device))
        return TokenField(self.field, self.features(tokens_k[None]), frames)


def _codes(quantizer: Quantizer, latents: Tensor, *, soft: bool) -> tuple[Tensor, Tensor]:
    if soft:
        return quantizer.soft(latents), latents.new_zeros(())
    quantized: Quantized = quantizer(latents)
    return quantized.values, quantized.loss


class TokenField:
    """The signed distance of one decoded shape, as a `caddis.geometry.field.Field`.

    It is at least the distance to the frame's box, because no shape extends beyond its box.
    """

    def __init__(self, field: FeatureField, features: Tensor, frames: Frames) -> None:
        self._field, self._features, self._frames = field, features.float(), frames

    @property
    def frame(self) -> ShapeFrame:
        """The symmetry and the box of the shape."""
        sides = self._frames.sides[0].tolist()
        return ShapeFrame(self._frames.kind(0), (sides[0], sides[1], sides[2]))

    @torch.no_grad()
    def __call__(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return signed distances (N,) at points (N, 3) of the canonical frame."""
        queries = torch.from_numpy(np.ascontiguousarray(points, dtype=np.float32))[None]
        queries = queries.to(self._features.device)
        distance = self._field(self._features, self._frames.fold(queries))
        return self._frames.bounded(distance, queries)[0].cpu().numpy()
