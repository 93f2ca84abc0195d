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
    """A sentence vector, projected to a few positions."""

    def __init__(self, text_dim: int, positions: int, width: int) -> None:
        super().__init__(positions, width)
        self.project = nn.Sequential(
            nn.Linear(text_dim, 2 * width),
            nn.GELU(approximate="tanh"),
            nn.Linear(2 * width, positions * width),
        )

    def embed(self, values: Tensor) -> Tensor:
        """Return (B, positions, D) for sentence vectors (B, text_dim)."""
        return self.project(values).view(len(values), self.positions, -1)  # type: ignore[no-any-return]


class Prefix(nn.Module):
    """All conditions of a generator, in a fixed order."""

    def __init__(self, config: GeneratorConfig) -> None:
        super().__init__()
        self.conditions = nn.ModuleDict(
            {
                "category": CategoryCondition(len(config.categories), config.width),
                "text": TextCondition(config.text_dim, config.text_tokens, config.width),
            }
        )
        self.length = 1 + config.text_tokens

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
