"""The transformer over the nodes of a web that all web generators share.

Shape letters: B batch, N nodes, D width, H heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from caddis.data.webs.sampling import MAX_NODES
from caddis.generation.attention import Block, init_weights
from caddis.geometry.errors import ConfigError


@dataclass(frozen=True)
class BackboneConfig:
    """Shape of a transformer over nodes.

    Attributes:
        width: Width of the transformer.
        layers: Number of blocks.
        heads: Number of attention heads.
    """

    width: int = 128
    layers: int = 4
    heads: int = 4

    def __post_init__(self) -> None:
        """Reject values with which no model can be built."""
        if min(self.width, self.layers, self.heads) < 1 or self.width % self.heads:
            raise ConfigError(
                "the width must be a multiple of the heads", f"{self.width}, {self.heads}"
            )


class Backbone(nn.Module):
    """Pre-norm blocks; before each block, the condition vector is added to every node.

    Nodes come in breadth-first order, so the number of a node tells roughly its distance from the
    first one; the number is therefore embedded.
    """

    def __init__(self, config: BackboneConfig) -> None:
        super().__init__()
        width = config.width
        self.heads, self.layers = config.heads, config.layers
        self.place_embedding = nn.Parameter(torch.zeros(MAX_NODES, width))
        self.blocks = nn.ModuleList(Block(width, config.heads) for _ in range(config.layers))
        self.shifts = nn.ModuleList(nn.Linear(width, width) for _ in range(config.layers))
        self.norm = nn.LayerNorm(width, bias=False)

    def forward(
        self,
        x_BND: Tensor,
        asked_BD: Tensor,
        *,
        biases_BHNN: Sequence[Tensor] | None = None,
        causal: bool = False,
    ) -> Tensor:
        """Return (B, N, D).

        Args:
            x_BND: One vector per node.
            asked_BD: Condition vector of each web.
            biases_BHNN: Attention bias of each block, added to its logits.
            causal: Whether each node attends only to itself and earlier ones; not with biases.
        """
        x_BND = x_BND + self.place_embedding[: x_BND.shape[1]]
        for number, (block, shift) in enumerate(zip(self.blocks, self.shifts, strict=True)):
            bias = None if biases_BHNN is None else biases_BHNN[number]
            x_BND = block(x_BND + shift(asked_BD)[:, None], causal=causal, bias_BHTC=bias)
        return self.norm(x_BND)  # type: ignore[no-any-return]


def hide_padding(mask_BN: Tensor) -> Tensor:
    """Return the attention bias (B, 1, 1, N) that hides padding."""
    bias_BN = torch.zeros(mask_BN.shape, device=mask_BN.device)
    return bias_BN.masked_fill(~mask_BN, float("-inf"))[:, None, None]


def start_weights(model: nn.Module, layers: int, seed: int) -> None:
    """Draw all weights of a model from one seed; layers named `to_answer` start at 0."""
    generator = torch.Generator().manual_seed(seed)
    init_weights(model, layers, generator)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "embedding" in name:
                parameter.normal_(0.0, 0.02, generator=generator)
            elif name.endswith("to_answer.weight"):
                parameter.zero_()
