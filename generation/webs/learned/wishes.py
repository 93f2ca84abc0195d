"""Conditions of webs: free ones are drawn at random, then all are turned into vectors.

The number of nodes is always fixed before a model writes. The mean edge length is not given to
models: webs have no scale of their own, so models write in units of the mean edge length, and the
result is scaled. The models' conditions are therefore the mean degree and the orientation. Each may
be hidden, so that guidance over any subset can be learned.

Shape letters: B batch, N nodes, D width, F features.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from caddis.data.webs.dataset import WebSamples
from caddis.data.webs.sampling import MAX_NODES
from caddis.generation.webs.conditions import WebCondition

_NEARNESS = 0.05  # standard deviation, in log size, of accepted sizes around a requested one
_KEPT_SIZES = 400


@dataclass(frozen=True)
class Asked:
    """A condition in which everything is set that a model needs before it writes.

    Attributes:
        nodes: Number of nodes, met exactly.
        degree: Mean degree 2 E / N, or None to leave it to the model.
        shares: Shares of thread along x, y, z, or None to leave them to the model.
        length_mm: Mean edge length, met exactly.
    """

    nodes: int
    degree: float | None
    shares: tuple[float, float, float] | None
    length_mm: float

    @property
    def edges(self) -> int | None:
        """The number of edges, or None to leave it to the model."""
        return None if self.degree is None else round(self.degree * self.nodes / 2.0)


@dataclass(frozen=True, eq=False)
class Sizes:
    """Sizes of some training webs, from which free conditions are drawn.

    Attributes:
        rows: (S, 3) float64: nodes, edges, mean edge length in mm.
    """

    rows: NDArray[np.float64]

    @classmethod
    def of(cls, samples: WebSamples, seed: int) -> Sizes:
        """Take random samples and store their sizes."""
        count = min(_KEPT_SIZES, len(samples))
        chosen = np.random.default_rng(seed).choice(len(samples), count, replace=False)
        webs = [samples.web(int(row)) for row in chosen]
        sizes = [(len(web.nodes), len(web.edges), web.lengths.mean()) for web in webs]
        return cls(np.array(sizes, np.float64).round(4))

    def complete(self, condition: WebCondition, rng: np.random.Generator) -> Asked:
        """Draw the free conditions: a number of nodes that fits the others, and a length."""
        nodes = condition.nodes or self._nodes(condition, rng)
        degree = condition.mean_degree
        if condition.edges is not None:
            degree = 2.0 * condition.edges / nodes
        length = condition.edge_length_mm or float(rng.choice(self.rows[:, 2]))
        return Asked(nodes, degree, condition.orientation, length)

    def _nodes(self, condition: WebCondition, rng: np.random.Generator) -> int:
        nodes, edges, _ = self.rows.T
        asked, known = condition.mean_degree, 2.0 * edges / nodes
        least, most = 2, MAX_NODES
        if asked is not None:
            # a tree of N nodes has mean degree 2 - 2 / N, the densest web N - 1
            least = int(np.ceil(asked + 1.0))
            most = MAX_NODES if asked >= 2.0 else min(MAX_NODES, int(2.0 / (2.0 - asked)))
        if condition.edges is not None:
            asked, known = float(condition.edges), edges
            least = int(np.ceil(0.5 + np.sqrt(0.25 + 2.0 * asked)))
            most = min(MAX_NODES, condition.edges + 1)
        most = max(least, most)
        if asked is None:
            return int(rng.choice(nodes))
        fits = np.exp(-0.5 * (np.log(known / asked) / _NEARNESS) ** 2)
        if fits.sum() < 1e-3:  # nothing similar is known: take the usual edges per node
            usual = float(np.median(edges / nodes))
            return int(np.clip(round(asked / usual) if condition.edges else most, least, most))
        return int(np.clip(rng.choice(nodes, p=fits / fits.sum()), least, most))


@dataclass(frozen=True)
class Wishes:
    """Conditions of B webs as tensors; those not shown are hidden from the model.

    Attributes:
        nodes: (B,) int64.
        degree: (B,) float32.
        shares: (B, 3) float32.
        length: (B,) float32, mm; unused by models that write in units of it.
        show_degree: (B,) bool.
        show_shares: (B,) bool.
    """

    nodes: Tensor
    degree: Tensor
    shares: Tensor
    length: Tensor
    show_degree: Tensor
    show_shares: Tensor

    @classmethod
    def of(cls, asked: Sequence[Asked], device: torch.device) -> Wishes:
        """Turn completed conditions into tensors."""
        third = (1 / 3, 1 / 3, 1 / 3)
        return cls(
            torch.tensor([one.nodes for one in asked], device=device),
            torch.tensor([one.degree or 0.0 for one in asked], device=device),
            torch.tensor([one.shares or third for one in asked], device=device),
            torch.tensor([one.length_mm for one in asked], device=device),
            torch.tensor([one.degree is not None for one in asked], device=device),
            torch.tensor([one.shares is not None for one in asked], device=device),
        )

    @property
    def any_shown(self) -> bool:
        """Tell whether any condition is shown, so that guidance has an effect."""
        return bool((self.show_degree | self.show_shares).any())

    def hidden(self) -> Wishes:
        """Return the conditions with degree and shares hidden."""
        nothing = torch.zeros_like(self.show_degree)
        return replace(self, show_degree=nothing, show_shares=nothing)

    def mask(self, width: int) -> Tensor:
        """Return (B, width) bool: True for nodes, False for padding."""
        places_N = torch.arange(width, device=self.nodes.device)
        return places_N < self.nodes[:, None]


class WishEncoder(nn.Module):
    """Embeds conditions as one vector (B, D); hidden ones have a learned vector."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.nodes = _Number(1, width)
        self.degree = _Number(1, width)
        self.shares = _Number(3, width)
        self.hidden_embedding = nn.Parameter(torch.zeros(2, width))

    def forward(self, wishes: Wishes) -> Tensor:
        """Return (B, D)."""
        nodes_BD = self.nodes(wishes.nodes.float()[:, None] / MAX_NODES)
        degree_BD = self.degree(wishes.degree[:, None] - 2.5)
        shares_BD = self.shares(3.0 * wishes.shares - 1.0)
        no_degree_D, no_shares_D = self.hidden_embedding
        degree_BD = torch.where(wishes.show_degree[:, None], degree_BD, no_degree_D)
        shares_BD = torch.where(wishes.show_shares[:, None], shares_BD, no_shares_D)
        return nodes_BD + degree_BD + shares_BD  # type: ignore[no-any-return]


class _Number(nn.Module):
    """Embeds numbers of about unit size: sines of increasing frequency, then a network."""

    def __init__(self, count: int, width: int, bands: int = 4) -> None:
        super().__init__()
        self.bands = bands
        self.net = nn.Sequential(
            nn.Linear(count * (1 + 2 * bands), width), nn.SiLU(), nn.Linear(width, width)
        )

    def forward(self, values_BF: Tensor) -> Tensor:
        return self.net(waves(values_BF, self.bands))  # type: ignore[no-any-return]


def waves(values: Tensor, bands: int) -> Tensor:
    """Return values (..., F) with their sines and cosines at 1, 2, 4, ... radians per unit."""
    rates = 2.0 ** torch.arange(bands, device=values.device)
    angles = (values[..., None] * rates).flatten(-2)
    return torch.cat([values, angles.sin(), angles.cos()], dim=-1)
