"""Analog diffusion: each node has a position and a few slots for its neighbours, as real numbers.

Every node has its position and three slots for neighbours that precede it in breadth-first order.
A slot is the vector to the neighbour and a presence, +1 or -1 ("analog bit", Chen, Zhang and
Hinton 2022). Slots are filled in the order of the neighbours, so the first one holds the node from
which the traversal came. Three slots are too few for 0.1 % of the edges of built webs. The first
slot is always read, so webs are connected.

Shape letters: B batch, N nodes, S slots, C = 3 + 4 S channels.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from caddis.generation.webs.learned.backbone import BackboneConfig, start_weights
from caddis.generation.webs.learned.denoiser import NodeDenoiser, Noise
from caddis.generation.webs.learned.model import Draft, WebBatch, WebModel
from caddis.generation.webs.learned.streams import Streams
from caddis.generation.webs.learned.wishes import Asked, Wishes
from caddis.geometry.webs.graph import Floats, Mask

SLOTS = 3
CROWDED = np.array([1.0, 1.0, 1.0, 3.0, 9.0])
"""Factor on the squared distance to a node that has 0, 1, 2, 3, 4 or more threads.

If positions are uncertain, the middle of a crowd is nearest to all slots that point into it, and a
few nodes would get too many threads. The factors were chosen on validation webs by the
distribution of degrees. A slot that points exactly to a node is read as that node in any case.
"""
_STEPS = 18
_GUIDANCE = 1.5


class AnalogDiffusion(WebModel):
    """EDM over places and slots."""

    about = (
        "Gaussian diffusion (EDM) over nodes, each with its place and three slots for neighbours; "
        "a slot is a vector and a presence."
    )

    def __init__(self, config: BackboneConfig, seed: int = 0) -> None:
        super().__init__(config)
        self.denoiser = NodeDenoiser(3 + 4 * SLOTS, config, Noise())
        start_weights(self, config.layers, seed)

    def measure(self, batch: WebBatch) -> None:
        """Measure mean and standard deviation of the channels."""
        self.denoiser.measure(encode(batch.positions, batch.adjacency), batch.mask)

    def losses(self, batch: WebBatch, random: torch.Generator) -> dict[str, Tensor]:
        """Return the denoising error."""
        channels_BNC = encode(batch.positions, batch.adjacency)
        return {"loss": self.denoiser.loss(channels_BNC, batch.wishes, random)}

    def write(
        self, asked: Sequence[Asked], seeds: Sequence[int], guidance: float | None = None
    ) -> list[Draft]:
        """Sample webs; see `WebModel.write`."""
        device = self.denoiser.scale.device
        wishes, streams = Wishes.of(asked, device), Streams(seeds, device)
        strength = _GUIDANCE if guidance is None else guidance
        channels_BNC = self.denoiser.sample(wishes, streams, _STEPS, strength)
        return [
            decode(row[: one.nodes], one.edges)
            for row, one in zip(channels_BNC, asked, strict=True)
        ]


def encode(positions_BN3: Tensor, adjacency_BNN: Tensor) -> Tensor:
    """Return (B, N, C): position, then a vector and a presence per slot; empty vectors are 0."""
    count = positions_BN3.shape[1]
    before_BNN = adjacency_BNN.tril(-1)
    # earlier neighbours first, in their order, then all other nodes
    places_N = torch.arange(count, device=positions_BN3.device)
    order_BNN = torch.where(before_BNN, places_N, count + places_N)
    width = min(SLOTS, count)
    slots_BNS = order_BNN.topk(width, dim=2, largest=False).values
    filled_BNS = slots_BNS < count
    picked_BNS3 = _take(positions_BN3, torch.where(filled_BNS, slots_BNS, 0))
    vectors_BNS3 = (picked_BNS3 - positions_BN3[:, :, None]) * filled_BNS[..., None]
    slots_BNS4 = torch.cat([vectors_BNS3, 2.0 * filled_BNS[..., None] - 1.0], dim=3)
    if width < SLOTS:
        missing = slots_BNS4.new_tensor([0.0, 0.0, 0.0, -1.0])
        shape = (*slots_BNS4.shape[:2], SLOTS - width, 4)
        slots_BNS4 = torch.cat([slots_BNS4, missing.expand(shape)], dim=2)
    return torch.cat([positions_BN3, slots_BNS4.flatten(2)], dim=2)


def _take(positions_BN3: Tensor, numbers_BNS: Tensor) -> Tensor:
    batch_B11 = torch.arange(len(positions_BN3), device=positions_BN3.device)[:, None, None]
    return positions_BN3[batch_B11, numbers_BNS]


def decode(channels_NC: Tensor, edges: int | None = None) -> Draft:
    """Return the web that is encoded in the channels of its nodes.

    Each slot is read as the earlier node nearest to its end point; distances to nodes that already
    have three or more threads are multiplied by `CROWDED`.

    Args:
        channels_NC: Channels of N nodes.
        edges: Wanted number of edges. Of the slots after the first, those with the largest presence
            are read until the number is reached; None reads those with a presence above 0.
    """
    rows = channels_NC.double().cpu().numpy()
    places, count = rows[:, :3], len(rows)
    slots = rows[:, 3:].reshape(count, SLOTS, 4)
    ends = places[:, None] + slots[..., :3]
    gaps = np.square(ends[:, :, None] - places).sum(axis=3)  # (N, S, N)
    threads = np.zeros(count, np.int64)
    links: list[tuple[int, int]] = []
    for node, slot in np.argwhere(_read(slots[..., 3], edges)).tolist():
        cost = gaps[node, slot, :node] * CROWDED[np.minimum(threads[:node], len(CROWDED) - 1)]
        cost[[end for start, end in links[-SLOTS:] if start == node]] = np.inf
        end = int(cost.argmin())
        links.append((node, end))
        threads[[node, end]] += 1
    return Draft(places, np.array(links, np.int64).reshape(-1, 2))


def _read(presence: Floats, edges: int | None) -> Mask:
    """Return (N, S) bool: the slots to read; a node has at most one per earlier node."""
    count = len(presence)
    node, slot = np.indices(presence.shape)
    possible, first = slot < node, (slot == 0) & (node > 0)
    if edges is None:
        return np.asarray(first | (possible & (presence > 0.0)))
    score = np.where(possible & ~first, presence, -np.inf)
    wanted = min(edges - (count - 1), int((possible & ~first).sum()))
    chosen = np.zeros(presence.size, np.bool_)
    chosen[np.argsort(-score, axis=None, kind="stable")[: max(wanted, 0)]] = True
    return np.asarray(first | chosen.reshape(presence.shape))
