"""Minimum and maximum of everything, as the released code normalises; and its seven conditions.

Shape letters: B batch, N = 64 nodes, D width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn

from caddis.data.webs.sampling import MAX_NODES
from caddis.generation.webs.learned.model import WebBatch
from caddis.generation.webs.learned.wishes import Asked, Wishes, waves

_CONDITIONS = 7  # mean edge length, three shares, nodes, edges, mean degree


class Scaling(nn.Module):
    """Global minima and maxima, measured on training data and kept with the weights."""

    place: Tensor
    wish: Tensor
    known: Tensor

    def __init__(self, known: int = 256) -> None:
        super().__init__()
        self.register_buffer("place", torch.tensor([-1.0, 1.0]))
        self.register_buffer("wish", torch.tensor([[0.0], [1.0]]).repeat(1, _CONDITIONS))
        self.register_buffer("known", torch.zeros(known, _CONDITIONS))

    def measure(self, batch: WebBatch) -> None:
        """Take minima, maxima and some rows of conditions; padding takes part, as theirs does."""
        places = full(millimetres(batch))
        self.place.copy_(torch.stack([places.min(), places.max()]))
        wishes_B7 = conditions(batch.wishes)
        self.wish.copy_(torch.stack([wishes_B7.amin(0), wishes_B7.amax(0)]))
        rows = torch.arange(len(self.known)) % len(wishes_B7)
        self.known.copy_(wishes_B7[rows])

    def places(self, positions_mm: Tensor) -> Tensor:
        """Return coordinates scaled to [-1, 1], the same way along all axes."""
        low, high = self.place
        scaled: Tensor = (positions_mm - low) / (high - low)
        return 2.0 * scaled - 1.0

    def to_mm(self, places: Tensor) -> Tensor:
        """Undo `places`."""
        low, high = self.place
        positions_mm: Tensor = (places + 1.0) / 2.0 * (high - low) + low
        return positions_mm

    def wishes(self, wishes: Wishes) -> Tensor:
        """Return the seven conditions (B, 7), each scaled to [-1, 1]."""
        low, high = self.wish
        scaled_B7: Tensor = (conditions(wishes) - low) / (high - low).clamp_min(1e-6)
        return 2.0 * scaled_B7 - 1.0

    def completed(self, asked: Sequence[Asked], seeds: Sequence[int]) -> list[Asked]:
        """Fill what is left open from a known row: these models never learned to do without."""
        filled = []
        for one, seed in zip(asked, seeds, strict=True):
            row = self.known[seed % len(self.known)].tolist()
            degree = one.degree if one.degree is not None else row[6]
            shares = one.shares or (row[1], row[2], row[3])
            filled.append(replace(one, degree=degree, shares=shares))
        return filled


class ConditionTokens(nn.Module):
    """The seven conditions as one vector (B, D); their order is told by what each adds."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(_CONDITIONS * 9, width), nn.GELU(), nn.Linear(width, width)
        )
        self.hidden_embedding = nn.Parameter(torch.zeros(width))

    def forward(self, scaled_B7: Tensor, hidden_B: Tensor | None = None) -> Tensor:
        """Return (B, D); where `hidden_B`, what stands for no condition."""
        found_BD: Tensor = self.net(waves(scaled_B7, 4))
        if hidden_B is None:
            return found_BD
        return torch.where(hidden_B[:, None], self.hidden_embedding, found_BD)


def conditions(wishes: Wishes) -> Tensor:
    """Return (B, 7): mean edge length, shares, nodes, edges, mean degree."""
    nodes_B, edges_B = wishes.nodes.float(), wishes.degree * wishes.nodes / 2.0
    parts = [wishes.length[:, None], wishes.shares, torch.stack([nodes_B, edges_B], dim=1),
             wishes.degree[:, None]]  # fmt: skip
    return torch.cat(parts, dim=1)


def millimetres(batch: WebBatch) -> Tensor:
    """Return the positions in mm, 0 in the padding."""
    return batch.positions * batch.wishes.length[:, None, None] * batch.mask[..., None]


def full(values_BNC: Tensor) -> Tensor:
    """Return rows padded with 0 to 64."""
    return nn.functional.pad(values_BNC, (0, 0, 0, MAX_NODES - values_BNC.shape[1]))


def full_mask(batch: WebBatch) -> Tensor:
    """Return (B, 64) bool: True where there is a node."""
    return batch.wishes.mask(MAX_NODES)
