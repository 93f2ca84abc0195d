"""The tokenizer: a shape as a short ordered vector of discrete tokens, and back.

After Argus3D (Qian et al. 2024), whose idea it keeps (a vector of tokens in place of a
tri-plane of tokens) and whose release it does not: tokens are ordered from coarse to fine,
and what comes out is a signed distance with its surface at 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from generation.attention import init_weights
from generation.config import TokenizerConfig
from generation.encoder import Encoder
from generation.quantizers import Quantized, build_quantizer
from generation.triplane import PlaneDecoder, PlaneField


@dataclass(frozen=True)
class Reconstruction:
    """What a training step of the tokenizer needs.

    Attributes:
        distance: (B, Q) predicted signed distance.
        quantized: The codes; None while the quantizer is bypassed.
        latents: (B, K, Z) encoder output.
    """

    distance: Tensor
    quantized: Quantized | None
    latents: Tensor


class Tokenizer(nn.Module):
    """Oriented points <-> tokens -> signed distance.

    `encode`, `planes` and `shape_field` take points and tokens from any device; `forward`, which
    training calls, takes them from the model's own.
    """

    def __init__(self, config: TokenizerConfig, *, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.quantizer = build_quantizer(config)
        self.decoder = PlaneDecoder(config)
        self.field = PlaneField(config)
        generator = torch.Generator().manual_seed(seed)
        init_weights(self.encoder, config.encoder_layers, generator)
        init_weights(self.decoder, config.decoder_layers, generator)
        init_weights(self.field, 1, generator)
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                if name.startswith("quantizer.code_embedding"):
                    parameter.normal_(generator=generator)  # until seeded from data
                elif "_embedding" in name:
                    # as large as what attention adds: smaller ones drown in the first
                    # layer, and all tokens and patches become the same
                    parameter.normal_(generator=generator)
                elif parameter.ndim == 4:  # the convolution
                    parameter.normal_(0.0, 0.05, generator=generator)

    @property
    def device(self) -> torch.device:
        """Where the weights are."""
        return self.decoder.position_embedding.device

    def forward(
        self,
        points_BN6: Tensor,
        queries_BQ3: Tensor,
        *,
        keep_B: Tensor | None = None,
        bypass: bool = False,
    ) -> Reconstruction:
        """Encode, quantize (unless `bypass`), decode and read the field.

        Args:
            points_BN6: (B, N, 6) xyz and normals, canonical frame.
            queries_BQ3: (B, Q, 3) where to predict the distance.
            keep_B: (B,) how many leading tokens to keep (nested dropout); None keeps all.
            bypass: Decode the continuous latents (warm-up).
        """
        latents = self.encoder(points_BN6)
        quantized = None if bypass else self.quantizer(latents)
        codes = latents if quantized is None else quantized.values
        present = None
        if keep_B is not None:
            present = torch.arange(codes.shape[1], device=codes.device) < keep_B[:, None]
        planes = self.decoder(codes, present)
        return Reconstruction(self.field(planes, queries_BQ3), quantized, latents)

    @torch.no_grad()
    def encode(self, points_BN6: Tensor) -> Tensor:
        """Return the tokens (B, K) int64 of oriented points (B, N, 6)."""
        quantized: Quantized = self.quantizer(self.encoder(points_BN6.to(self.device)))
        return quantized.indices

    @torch.no_grad()
    def planes(self, tokens_Bk: Tensor) -> Tensor:
        """Return the planes (B, 3, F, R, R) of the first k <= K tokens of shapes."""
        tokens_Bk = tokens_Bk.to(self.device)
        batch, given = tokens_Bk.shape
        missing = self.config.tokens - given
        tokens_BK = torch.cat([tokens_Bk, tokens_Bk.new_zeros(batch, missing)], dim=1)
        present = torch.arange(self.config.tokens, device=tokens_Bk.device) < given
        return self.decoder(  # type: ignore[no-any-return]
            self.quantizer.decode(tokens_BK), present.expand(batch, -1)
        )

    def shape_field(self, tokens_k: Tensor) -> TokenField:
        """Return the field of one shape from its first k tokens (k,)."""
        return TokenField(self.field, self.planes(tokens_k[None]))


class TokenField:
    """The signed distance of one decoded shape, as a `geometry.field.Field`."""

    def __init__(self, field: PlaneField, planes: Tensor) -> None:
        self._field, self._planes = field, planes.float()

    @torch.no_grad()
    def __call__(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return signed distances (N,) at points (N, 3) of the canonical frame."""
        queries = torch.from_numpy(np.ascontiguousarray(points, dtype=np.float32))
        distance = self._field(self._planes, queries[None].to(self._planes.device))
        return distance[0].cpu().numpy()  # type: ignore[no-any-return]
