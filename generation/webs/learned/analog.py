"""Analog diffusion: a sparse neighbour representation made of numbers that mean something.

Every node has its place and three slots for neighbours that come before it in breadth-first order.
A slot is the vector to the neighbour and a presence, +1 or -1 ("analog bit", Chen, Zhang and
Hinton 2022). Slots are filled in the neighbours' order: the first is the node that the walk came
from, which every node but the first has. Of the edges of built webs 0.1 % do not fit into three
slots. To read a slot, take the earlier node nearest to where its vector points. The first slot is
always read, so what is written is connected.

Shape letters: B batch, N nodes, S slots, C = 3 + 4 S channels.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from generation.webs.learned.backbone import BackboneConfig, start_weights
from generation.webs.learned.denoiser import NodeDenoiser, Noise
from generation.webs.learned.model import Draft, WebBatch, WebModel, draft
from generation.webs.learned.streams import Streams
from generation.webs.learned.wishes import Asked, Wishes

SLOTS = 3
_STEPS = 18
_GUIDANCE = 1.5


class AnalogDiffusion(WebModel):
    """EDM over places and slots."""

    def __init__(self, config: BackboneConfig, seed: int = 0) -> None:
        super().__init__(config)
        self.denoiser = NodeDenoiser(3 + 4 * SLOTS, config, Noise())
        start_weights(self, config.layers, seed)

    def measure(self, batch: WebBatch) -> None:
        """Take the channels' means and deviations."""
        self.denoiser.measure(encode(batch.positions, batch.adjacency), batch.mask)

    def losses(self, batch: WebBatch, random: torch.Generator) -> dict[str, Tensor]:
        """Return the denoising error."""
        channels_BNC = encode(batch.positions, batch.adjacency)
        return {"loss": self.denoiser.loss(channels_BNC, batch.wishes, random)}

    def write(
        self, asked: Sequence[Asked], seeds: Sequence[int], guidance: float | None = None
    ) -> list[Draft]:
        """Write webs; see `WebModel.write`."""
        device = self.denoiser.scale.device
        wishes, streams = Wishes.of(asked, device), Streams(seeds, device)
        strength = _GUIDANCE if guidance is None else guidance
        channels_BNC = self.denoiser.sample(wishes, streams, _STEPS, strength)
        return [decode(row[: one.nodes]) for row, one in zip(channels_BNC, asked, strict=True)]


def encode(positions_BN3: Tensor, adjacency_BNN: Tensor) -> Tensor:
    """Return (B, N, C): place, then for each slot a vector and a presence; empty vectors are 0."""
    count = positions_BN3.shape[1]
    before_BNN = adjacency_BNN.tril(-1)
    # earlier neighbours first, in their order; then whatever is none
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


def decode(channels_NC: Tensor) -> Draft:
    """Return the web that the channels of one web's nodes stand for."""
    positions_N3 = channels_NC[:, :3]
    count = len(positions_N3)
    slots_NS4 = channels_NC[:, 3:].reshape(-1, SLOTS, 4)
    ends_NS3 = positions_N3[:, None] + slots_NS4[..., :3]
    gap_NSN = torch.cdist(ends_NS3, positions_N3)
    later_NN = torch.ones(count, count, dtype=torch.bool, device=gap_NSN.device).triu()
    gap_NSN = gap_NSN.masked_fill(later_NN[:, None], float("inf"))
    adjacency_NN = torch.zeros(count, count, dtype=torch.bool, device=gap_NSN.device)
    rows_N = torch.arange(count, device=gap_NSN.device)
    for slot in range(SLOTS):
        # a node that two slots point to is the neighbour of the first; the other looks further
        gap_NN = gap_NSN[:, slot].masked_fill(adjacency_NN, float("inf"))
        nearest = gap_NN.min(dim=1)
        read_N = nearest.values.isfinite()
        if slot > 0:
            read_N &= slots_NS4[:, slot, 3] > 0.0
        adjacency_NN[rows_N[read_N], nearest.indices[read_N]] = True
    return draft(positions_N3, adjacency_NN)
