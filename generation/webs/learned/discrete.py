"""Discrete diffusion: the adjacency matrix is sampled as discrete edges.

Positions come first, by Gaussian diffusion over the nodes in breadth-first order; then the
adjacency matrix given the positions, by masked diffusion over all pairs. Both are trained
together. A requested number of edges is met exactly, by removing the least likely edges or adding
the most likely ones at the end.

Shape letters: B batch, N nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from caddis.generation.webs.learned.backbone import BackboneConfig, start_weights
from caddis.generation.webs.learned.denoiser import NodeDenoiser, Noise
from caddis.generation.webs.learned.edges import EdgeModel, of_number
from caddis.generation.webs.learned.model import Draft, WebBatch, WebModel, draft
from caddis.generation.webs.learned.streams import Streams
from caddis.generation.webs.learned.wishes import Asked, Wishes

_PLACE_STEPS = 18
_EDGE_STEPS = 24
_GUIDANCE = 1.5


class DiscreteDiffusion(WebModel):
    """EDM over positions, then masked diffusion over edges."""

    about = (
        "Gaussian diffusion (EDM) over places, then masked discrete diffusion over the full "
        "adjacency matrix given the places."
    )

    def __init__(self, config: BackboneConfig, seed: int = 0) -> None:
        super().__init__(config)
        self.places = NodeDenoiser(3, config, Noise())
        # edges depend mostly on the positions, so they need fewer blocks than the positions do
        self.edges = EdgeModel(replace(config, layers=max(1, config.layers - 1)))
        start_weights(self, config.layers, seed)

    def measure(self, batch: WebBatch) -> None:
        """Measure mean and standard deviation of the coordinates."""
        self.places.measure(batch.positions, batch.mask)

    def losses(self, batch: WebBatch, random: torch.Generator) -> dict[str, Tensor]:
        """Return the denoising error of the positions plus the nats per node of the edges."""
        places = self.places.loss(batch.positions, batch.wishes, random)
        edges = self.edges.loss(batch.positions, batch.adjacency, batch.wishes, random)
        return {"loss": places + edges, "places_loss": places, "edges_loss": edges}

    def write(
        self, asked: Sequence[Asked], seeds: Sequence[int], guidance: float | None = None
    ) -> list[Draft]:
        """Sample webs; see `WebModel.write`."""
        device = self.places.scale.device
        wishes, streams = Wishes.of(asked, device), Streams(seeds, device)
        strength = _GUIDANCE if guidance is None else guidance
        positions_BN3 = self.places.sample(wishes, streams, _PLACE_STEPS, strength)
        edges_BNN, logits_BNN = self.edges.sample(
            positions_BN3, wishes, streams, _EDGE_STEPS, strength
        )
        drafts = []
        for row, one in enumerate(asked):
            count = one.nodes
            edges_NN = edges_BNN[row, :count, :count]
            if one.edges is not None:
                edges_NN = of_number(edges_NN, logits_BNN[row, :count, :count], one.edges)
            drafts.append(draft(positions_BN3[row, :count], edges_NN))
        return drafts
