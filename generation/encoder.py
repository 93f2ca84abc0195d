"""The tokenizer's encoder: oriented points -> K ordered latent vectors.

Learned queries read the points by cross-attention (Perceiver; 3DShape2VecSet), and a
causal mask among the queries orders them: latent k knows latents 0..k only (FlexTok,
Semanticist). Shape letters: B batch, N points, K tokens, D width, Z code dimension.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from generation.attention import Block
from generation.config import TokenizerConfig


class PointEmbedding(nn.Module):
    """Fourier features of xyz, beside xyz and the normal, through one linear layer."""

    frequencies: Tensor

    def __init__(self, bands: int, width: int) -> None:
        super().__init__()
        self.register_buffer("frequencies", math.pi * 2.0 ** torch.arange(bands), persistent=False)
        self.project = nn.Linear(6 * bands + 6, width)

    def forward(self, points_BN6: Tensor) -> Tensor:
        """Return (B, N, D) for points (B, N, 6): xyz in [-0.55, 0.55] and unit normals."""
        angles = points_BN6[..., :3, None] * self.frequencies  # (B, N, 3, bands)
        features = torch.cat(
            [points_BN6, angles.sin().flatten(-2), angles.cos().flatten(-2)], dim=-1
        )
        return self.project(features)  # type: ignore[no-any-return]


class Encoder(nn.Module):
    """Oriented points (B, N, 6) -> ordered latents (B, K, Z)."""

    def __init__(self, config: TokenizerConfig) -> None:
        super().__init__()
        self.embed = PointEmbedding(config.bands, config.width)
        self.query_embedding = nn.Parameter(0.02 * torch.ones(config.tokens, config.width))
        layers = range(config.encoder_layers)
        self.read = nn.ModuleList(
            Block(config.width, config.heads, expand=2, with_context=True) for _ in layers
        )
        self.order = nn.ModuleList(Block(config.width, config.heads) for _ in layers)
        self.norm = nn.LayerNorm(config.width, bias=False)
        self.to_code = nn.Linear(config.width, config.code_dim)

    def forward(self, points_BN6: Tensor) -> Tensor:
        """Return the latents before quantization, (B, K, Z) float32."""
        points_BND = self.embed(points_BN6)
        x_BKD = self.query_embedding.expand(len(points_BN6), -1, -1)
        for read, order in zip(self.read, self.order, strict=True):
            x_BKD = order(read(x_BKD, points_BND), causal=True)
        return self.to_code(self.norm(x_BKD)).float()  # type: ignore[no-any-return]
