"""Conditions: each becomes some prefix positions before the tokens, and may be absent.

Every condition has its own type embedding and a learned vector for "absent", so that any subset
can be given, and guidance can apply to any subset.
Shape letters: B batch, P prefix positions, D width.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from caddis.generation.attention import Block
from caddis.generation.config import GeneratorConfig


@dataclass(frozen=True)
class Given:
    """The values of one condition for a batch.

    Attributes:
        values: (B, ...) the values; arbitrary where absent.
        present: (B,) bool, whether the condition is given.
    """

    values: Tensor
    present: Tensor


class Condition(nn.Module):
    """A condition that is embedded as `positions` vectors of the prefix."""

    def __init__(self, positions: int, width: int) -> None:
        super().__init__()
        self.positions = positions
        self.type_embedding = nn.Parameter(torch.zeros(positions, width))
        self.missing_embedding = nn.Parameter(torch.zeros(positions, width))

    @abstractmethod
    def embed(self, values: Tensor) -> Tensor:
        """Return (B, positions, D) for the given values."""

    def forward(self, given: Given) -> Tensor:
        """Return (B, positions, D): the embedding where given, the "absent" vector elsewhere."""
        embedded = self.embed(given.values)
        missing = self.missing_embedding.to(embedded.dtype)
        return torch.where(given.present[:, None, None], embedded, missing) + self.type_embedding


class CategoryCondition(Condition):
    """A category out of a fixed vocabulary: one position."""

    def __init__(self, count: int, width: int) -> None:
        super().__init__(1, width)
        self.embedding = nn.Embedding(max(count, 1), width)

    def embed(self, values: Tensor) -> Tensor:
        """Return (B, 1, D) for category numbers (B,)."""
        return self.embedding(values.clamp_min(0))[:, None]  # type: ignore[no-any-return]


class TextCondition(Condition):
    """A text as a sequence of word vectors, read by a small transformer: a position a word.

    The order of the words reaches the shape: "a table on a chair" differs from the converse.
    """

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__(config.text_words, config.width)
        self.read_word = nn.Linear(config.text_dim, config.width)
        self.end_embedding = nn.Parameter(torch.zeros(config.width))
        self.order_embedding = nn.Parameter(torch.zeros(config.text_words, config.width))
        self.blocks = nn.ModuleList(
            Block(config.width, config.heads, dropout=config.dropout)
            for _ in range(config.text_layers)
        )

    def embed(self, values: Tensor) -> Tensor:
        """Return (B, L, D) for word vectors (B, L, text_dim) with zeros behind the last word."""
        words = self.read_word(values)
        is_word = values.any(dim=-1, keepdim=True)
        x = torch.where(is_word, words, self.end_embedding.to(words.dtype)) + self.order_embedding
        for block in self.blocks:
            x = block(x)
        return x


class Prefix(nn.Module):
    """All conditions of a generator, in a fixed order."""

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.conditions = nn.ModuleDict(
            {
                "category": CategoryCondition(len(config.categories), config.width),
                "text": TextCondition(config),
            }
        )
        self.length = 1 + config.text_words

    def forward(self, given: Mapping[str, Given]) -> Tensor:
        """Return the prefix (B, P, D)."""
        return torch.cat(
            [condition(given[name]) for name, condition in self.conditions.items()], dim=1
        )


def without(given: Mapping[str, Given], names: frozenset[str] | None = None) -> dict[str, Given]:
    """Return the conditions with those in `names` (default: all) marked as absent."""
    return {
        name: Given(one.values, torch.zeros_like(one.present))
        if names is None or name in names
        else one
        for name, one in given.items()
    }
