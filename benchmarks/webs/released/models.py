"""The three released representations as web models.

Shape letters: B batch, N = 64 nodes, S slots, C channels, D width.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.webs.released.diffusion import ReleasedDiffusion
from benchmarks.webs.released.scaling import (  # fmt: skip
    ConditionTokens,
    Scaling,
    full,
    full_mask,
    millimetres,
)
from caddis.data.webs.sampling import MAX_NODES
from caddis.generation.webs.learned.backbone import Backbone, BackboneConfig, start_weights
from caddis.generation.webs.learned.model import Draft, WebBatch, WebModel
from caddis.generation.webs.learned.streams import Streams
from caddis.generation.webs.learned.wishes import Asked, Wishes

SLOTS = 6
THRESHOLD = 0.25
_START = 6  # random rows that a regression starts from
_HIDDEN = 0.25


class _Released(WebModel):
    """What the three have in common: they write millimetres, and all conditions are given."""

    in_lengths = False

    def __init__(self, config: BackboneConfig) -> None:
        super().__init__(config)
        self.scaling = Scaling()

    def measure(self, batch: WebBatch) -> None:
        """Take minima and maxima."""
        self.scaling.measure(batch)

    def _scaled(self, asked: Sequence[Asked], seeds: Sequence[int]) -> Tensor:
        filled = self.scaling.completed(asked, seeds)
        return self.scaling.wishes(Wishes.of(filled, self.scaling.place.device))


class _Diffused(_Released):
    """Coordinates and what says the neighbours of each node, by diffusion."""

    neighbour_channels: int

    def __init__(self, config: BackboneConfig, seed: int = 0) -> None:
        super().__init__(config)
        self.diffusion = ReleasedDiffusion(3 + self.neighbour_channels, config)
        start_weights(self, config.layers, seed)

    def losses(self, batch: WebBatch, random: torch.Generator) -> dict[str, Tensor]:
        """Return the weighted MSE."""
        places_BN3 = self.scaling.places(full(millimetres(batch)))
        clean_BNC = torch.cat([places_BN3, self.encode(batch)], dim=2)
        return {"loss": self.diffusion.loss(clean_BNC, self.scaling.wishes(batch.wishes), random)}

    def write(
        self, asked: Sequence[Asked], seeds: Sequence[int], guidance: float | None = None
    ) -> list[Draft]:
        """Write webs; guidance is not read, as it was not trained."""
        scaled_B7 = self._scaled(asked, seeds)
        channels_BNC = self.diffusion.sample(scaled_B7, Streams(seeds, scaled_B7.device))
        return self.decode(self.scaling.to_mm(channels_BNC[:, :, :3]), channels_BNC[:, :, 3:])

    def encode(self, batch: WebBatch) -> Tensor:
        """Return (B, N, C - 3) in [-1, 1]: the neighbours."""
        raise NotImplementedError

    def decode(self, places_BN3: Tensor, neighbours_BNC: Tensor) -> list[Draft]:
        """Return the webs with nodes at these places, mm, and such neighbours."""
        raise NotImplementedError


class ReleasedAnalog(_Diffused):
    """Model 1: coordinates, and numbers of neighbours as integers scaled to [-1, 1]."""

    about = (
        "Baseline: neighbour numbers as scaled integers, Gaussian diffusion with sigma_data 0.1."
    )

    neighbour_channels = SLOTS

    def encode(self, batch: WebBatch) -> Tensor:
        """Return scaled numbers of neighbours."""
        return 2.0 * neighbour_numbers(batch) / MAX_NODES - 1.0

    def decode(self, places_BN3: Tensor, neighbours_BNC: Tensor) -> list[Draft]:
        """Round to the nearest numbers."""
        numbers_BNS = ((neighbours_BNC + 1.0) / 2.0 * MAX_NODES).round().long()
        return [_from_numbers(*pair) for pair in zip(places_BN3, numbers_BNS, strict=True)]


class ReleasedAdjacency(_Diffused):
    """Model 2: coordinates, and an adjacency matrix of +1 and -1, 0 in the padding."""

    about = "Baseline: Gaussian diffusion over coordinates and a matrix of +1 and -1, thresholded."

    neighbour_channels = MAX_NODES

    def encode(self, batch: WebBatch) -> Tensor:
        """Return the signs of the matrix."""
        mask_BN = full_mask(batch)
        real_BNN = mask_BN[:, :, None] & mask_BN[:, None]
        return (2.0 * _full_adjacency(batch) - 1.0) * real_BNN

    def decode(self, places_BN3: Tensor, neighbours_BNC: Tensor) -> list[Draft]:
        """Read the matrices; see `_from_matrices`."""
        return _from_matrices(places_BN3, neighbours_BNC)


class ReleasedAutoregressive(_Released):
    """Model 3: the next row of coordinates and adjacency, by regression: one answer a start."""

    about = "Baseline: regression of the next node's coordinates and adjacency row."

    def __init__(self, config: BackboneConfig, seed: int = 0) -> None:
        super().__init__(config)
        self.asked = ConditionTokens(config.width)
        self.start_embedding = nn.Parameter(torch.zeros(3 + MAX_NODES))
        self.start = nn.Linear(3 + MAX_NODES, config.width)
        self.backbone = Backbone(config)
        self.to_answer = nn.Linear(config.width, 3 + MAX_NODES)
        start_weights(self, config.layers, seed)

    def losses(self, batch: WebBatch, random: torch.Generator) -> dict[str, Tensor]:
        """Return the MSE of all next rows, teacher forced; conditions are hidden by chance."""
        places_BN3 = self.scaling.places(full(millimetres(batch)))
        clean_BNC = torch.cat([places_BN3, _full_adjacency(batch)], dim=2)
        hidden_B = torch.rand(len(clean_BNC), generator=random).to(clean_BNC.device) < _HIDDEN
        first_B1C = self.start_embedding.expand(len(clean_BNC), 1, -1)
        before_BNC = torch.cat([first_B1C, clean_BNC[:, :-1]], dim=1)
        found_BNC = self._next(before_BNC, self.scaling.wishes(batch.wishes), hidden_B)
        return {"loss": (found_BNC - clean_BNC).square().mean()}

    @torch.no_grad()
    def write(
        self, asked: Sequence[Asked], seeds: Sequence[int], guidance: float | None = None
    ) -> list[Draft]:
        """Write webs from six random rows each, the only chance in them; no guidance."""
        scaled_B7 = self._scaled(asked, seeds)
        rows_BNC = Streams(seeds, scaled_B7.device).normal(_START, 3 + MAX_NODES)
        hidden_B = torch.zeros(len(asked), dtype=torch.bool, device=scaled_B7.device)
        first_B1C = self.start_embedding.expand(len(asked), 1, -1)
        while rows_BNC.shape[1] < MAX_NODES:
            before_BNC = torch.cat([first_B1C, rows_BNC], dim=1)
            following_B1C = self._next(before_BNC, scaled_B7, hidden_B)[:, -1:]
            rows_BNC = torch.cat([rows_BNC, following_B1C], dim=1)
        rows_BNC = rows_BNC.clamp(-1.0, 1.0)
        return _from_matrices(self.scaling.to_mm(rows_BNC[:, :, :3]), rows_BNC[:, :, 3:])

    def _next(self, before_BNC: Tensor, scaled_B7: Tensor, hidden_B: Tensor) -> Tensor:
        asked_BD = self.asked(scaled_B7, hidden_B)
        x_BND = self.backbone(self.start(before_BNC), asked_BD, causal=True)
        return self.to_answer(x_BND)  # type: ignore[no-any-return]


def neighbour_numbers(batch: WebBatch) -> Tensor:
    """Return (B, 64, SLOTS) float: 1-based numbers of earlier neighbours, 0 for none.

    Each edge is stored once, as in the released file; an edge too many for the slots is lost.
    """
    before_BNN = batch.adjacency.tril(-1)
    numbers_N = torch.arange(1, before_BNN.shape[1] + 1, device=before_BNN.device)
    order_BNN = torch.where(before_BNN, numbers_N, 10 * MAX_NODES)
    width = min(SLOTS, before_BNN.shape[1])
    slots_BNS = order_BNN.topk(width, dim=2, largest=False).values
    slots_BNS = torch.where(slots_BNS > MAX_NODES, 0, slots_BNS).float()
    return full(nn.functional.pad(slots_BNS, (0, SLOTS - width)))


def _full_adjacency(batch: WebBatch) -> Tensor:
    missing = MAX_NODES - batch.adjacency.shape[1]
    return nn.functional.pad(batch.adjacency.float(), (0, missing, 0, missing))


def _from_numbers(places_N3: Tensor, numbers_NS: Tensor) -> Draft:
    """Read neighbour numbers: as many nodes as the last row whose first slot is not empty."""
    used = numbers_NS[:, 0].nonzero()
    count = max(2, int(used.max()) + 1 if len(used) else 0)
    rows = torch.arange(count)[:, None].expand(-1, SLOTS)
    ends = numbers_NS[:count].cpu().clamp(0, count) - 1
    kept = (ends >= 0) & (ends != rows)
    return _draft(places_N3[:count], torch.stack([rows[kept], ends[kept]], dim=1))


def _from_matrices(places_BN3: Tensor, matrices_BNN: Tensor) -> list[Draft]:
    """Clamp to [0, 1], make symmetric, threshold; cut behind the last edge, drop lone nodes."""
    matrices_BNN = matrices_BNN.clamp(0.0, 1.0)
    edges_BNN = (0.5 * (matrices_BNN + matrices_BNN.mT) > THRESHOLD).tril(-1)
    drafts = []
    for places_N3, edges_NN in zip(places_BN3, edges_BNN, strict=True):
        kept = (edges_NN | edges_NN.mT).any(dim=1)
        if not kept.any():
            kept[:2] = True
        drafts.append(_draft(places_N3[kept], edges_NN[kept][:, kept].nonzero()))
    return drafts


def _draft(places_N3: Tensor, edges_E2: Tensor) -> Draft:
    edges = np.sort(edges_E2.cpu().numpy().astype(np.int64), axis=1)
    edges = np.unique(edges, axis=0) if len(edges) else edges.reshape(0, 2)
    return Draft(places_N3.double().cpu().numpy(), edges)
