"""An autoregressive transformer that samples a web node by node in breadth-first order.

For each node it samples the parent among the earlier nodes (a pointer, Vinyals et al. 2015), then
the step from the parent to its position (a mixture of Gaussians), then its edges to all nodes
between parent and itself: a row of the adjacency matrix. In breadth-first order, parents never
decrease and are the earliest neighbours, so impossible nodes are excluded. Every node but the
first has a parent, so webs are connected.

Shape letters: B batch, N nodes, M = N - 1 nodes to predict, D width, P pair width, K components.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from caddis.data.webs.sampling import MAX_NODES
from caddis.generation.webs.learned import mixture
from caddis.generation.webs.learned.backbone import Backbone, BackboneConfig, start_weights
from caddis.generation.webs.learned.model import Draft, WebBatch, WebModel, draft
from caddis.generation.webs.learned.streams import Streams
from caddis.generation.webs.learned.walk import WALK_FEATURES, parents, walk_features
from caddis.generation.webs.learned.wishes import Asked, WishEncoder, Wishes, waves

_COMPONENTS = 10
_PAIR_WIDTH = 48
_AHEAD = 8  # largest distance from the last parent that has its own embedding
_STEP_BANDS = 4
_GUIDANCE = 1.5


class Autoregressive(WebModel):
    """Parent, position and edges of each node, given all earlier nodes and the condition."""

    about = (
        "A transformer that writes node by node in breadth-first order: parent, place (drawn "
        "from a mixture of Gaussians), row of the adjacency matrix."
    )

    def __init__(self, config: BackboneConfig, seed: int = 0) -> None:
        super().__init__(config)
        width = config.width
        self.wishes = WishEncoder(width)
        self.start = nn.Linear(WALK_FEATURES, width)
        self.backbone = Backbone(config)
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.ahead_embedding = nn.Parameter(torch.zeros(_AHEAD + 1))
        steps = 3 * (1 + 2 * _STEP_BANDS)
        self.origin = nn.Linear(2 * width + steps, 2 * width)
        self.to_mixture = nn.Linear(2 * width, _COMPONENTS * mixture.PARAMETERS)
        self.new_end = nn.Linear(width + steps, _PAIR_WIDTH)
        self.old_end = nn.Linear(width, _PAIR_WIDTH, bias=False)
        self.pair = nn.Linear(steps + 1 + 8 + 2, _PAIR_WIDTH)
        self.mix = nn.Linear(_PAIR_WIDTH, _PAIR_WIDTH)
        self.to_answer = nn.Linear(_PAIR_WIDTH, 1)
        start_weights(self, config.layers, seed)

    def losses(self, batch: WebBatch, random: torch.Generator) -> dict[str, Tensor]:
        """Return the negative log likelihood in nats per node, and its three parts."""
        positions_BN3 = batch.positions - batch.positions[:, :1]
        adjacency_BNN, real_BM = batch.adjacency, batch.mask[:, 1:]
        parent_BN = parents(adjacency_BNN)
        h_BND = self._read(positions_BN3, adjacency_BNN, batch.wishes)
        state_BMD, parent_BM = h_BND[:, :-1], parent_BN[:, 1:]
        pointer_BMM = self._pointer(state_BMD, h_BND[:, :-1], parent_BN[:, :-1])
        nats_parent_BM = functional.cross_entropy(pointer_BMM.mT, parent_BM, reduction="none")
        origin_BM3 = _pick(positions_BN3, parent_BM)
        raw_BMK = self._mixture(
            state_BMD, _pick(h_BND, parent_BM), origin_BM3 - positions_BN3[:, :-1]
        )
        step_BM3 = positions_BN3[:, 1:] - origin_BM3
        nats_place_BM = -mixture.log_density(raw_BMK, step_BM3)
        logits_BMM, open_BMM = self._row(
            state_BMD, h_BND[:, :-1], positions_BN3, adjacency_BNN, parent_BM
        )
        nats_row_BM = _row_nats(logits_BMM, adjacency_BNN[:, 1:, :-1], open_BMM)
        parts = {
            name: nats_BM.masked_fill(~real_BM, 0.0).sum() / real_BM.sum()
            for name, nats_BM in (
                ("parent_loss", nats_parent_BM), ("place_nats", nats_place_BM),
                ("row_loss", nats_row_BM),
            )
        }  # fmt: skip
        return {"loss": torch.stack(list(parts.values())).sum(), **parts}

    @torch.no_grad()
    def write(
        self, asked: Sequence[Asked], seeds: Sequence[int], guidance: float | None = None
    ) -> list[Draft]:
        """Sample webs; see `WebModel.write`. Guidance applies to parents and edges only."""
        device = self.ahead_embedding.device
        wishes, streams = Wishes.of(asked, device), Streams(seeds, device)
        strength = _GUIDANCE if guidance is None else guidance
        count = int(wishes.nodes.max())
        positions_BN3 = torch.zeros(len(asked), count, 3, device=device)
        adjacency_BNN = torch.zeros(len(asked), count, count, dtype=torch.bool, device=device)
        for new in range(1, count):
            self._add(new, (positions_BN3, adjacency_BNN), wishes, streams, strength)
        return [
            draft(positions_BN3[row, : one.nodes], adjacency_BNN[row, : one.nodes, : one.nodes])
            for row, one in enumerate(asked)
        ]

    def _add(
        self, new: int, web: tuple[Tensor, Tensor], wishes: Wishes, streams: Streams,
        guidance: float,
    ) -> None:  # fmt: skip
        """Sample node `new` into the arrays of positions and adjacency."""
        positions_BN3, adjacency_BNN = web
        guided = guidance != 1.0 and wishes.any_shown
        seen_BN3, edges_BNN = positions_BN3[:, :new], adjacency_BNN[:, :new, :new]
        last_B1 = parents(edges_BNN)[:, -1:]
        views = [wishes, wishes.hidden()] if guided else [wishes]
        read = [self._read(seen_BN3, edges_BNN, view) for view in views]
        logits = [self._pointer(h_BND[:, -1:], h_BND, last_B1)[:, 0] for h_BND in read]
        chances_BN = _guided_logits(logits, guidance).softmax(dim=1)
        rising_BN = chances_BN.cumsum(dim=1)
        drawn_B1 = streams.uniform(1) * rising_BN[:, -1:]
        parent_B1 = (drawn_B1 >= rising_BN).sum(dim=1, keepdim=True).clamp_max(new - 1)
        h_BND = read[0]
        origin_B13 = _pick(seen_BN3, parent_B1)
        raw_B1K = self._mixture(
            h_BND[:, -1:], _pick(h_BND, parent_B1), origin_B13 - seen_BN3[:, -1:]
        )
        step_B13 = mixture.draw(raw_B1K, streams.uniform(1), streams.normal(1, 3))
        positions_BN3[:, new] = (origin_B13 + step_B13)[:, 0]
        rows = [
            self._row(h_BND[:, -1:], h_BND, positions_BN3[:, : new + 1],
                      adjacency_BNN[:, : new + 1, : new + 1], parent_B1)
            for h_BND in read
        ]  # fmt: skip
        chances_BN = _guided_logits(
            [logits_B1N[:, 0] for logits_B1N, _ in rows], guidance
        ).sigmoid()
        drawn_BN = streams.uniform(MAX_NODES)[:, :new]
        row_BN = (drawn_BN < chances_BN) & rows[0][1][:, 0]
        row_BN.scatter_(1, parent_B1, value=True)
        adjacency_BNN[:, new, :new] = row_BN
        adjacency_BNN[:, :new, new] = row_BN

    def _read(self, positions_BN3: Tensor, adjacency_BNN: Tensor, wishes: Wishes) -> Tensor:
        """Return a state (B, N, D) for each node, which depends on the nodes up to it."""
        x_BND = self.start(walk_features(positions_BN3, adjacency_BNN, wishes))
        return self.backbone(x_BND, self.wishes(wishes), causal=True)  # type: ignore[no-any-return]

    def _pointer(self, state_BMD: Tensor, nodes_BND: Tensor, last_BM: Tensor) -> Tensor:
        """Return logits (B, M, N) of the parents of M new nodes; M states are the last of N.

        Args:
            state_BMD: States of the nodes before each new node.
            nodes_BND: States of all earlier nodes.
            last_BM: Parents of the nodes directly before the new ones.
        """
        count, new = nodes_BND.shape[1], state_BMD.shape[1]
        scale = nodes_BND.shape[2] ** -0.5
        scores_BMN: Tensor = scale * self.query(state_BMD) @ self.key(nodes_BND).mT
        places_N = torch.arange(count, device=scores_BMN.device)
        ahead_BMN = places_N - last_BM[..., None]
        scores_BMN = scores_BMN + self.ahead_embedding[ahead_BMN.clamp(0, _AHEAD)]
        later_MN = places_N > places_N[count - new :, None]
        closed_BMN: Tensor = (ahead_BMN < 0) | later_MN
        return scores_BMN.masked_fill(closed_BMN, float("-inf"))

    def _mixture(self, state_BMD: Tensor, parent_BMD: Tensor, way_BM3: Tensor) -> Tensor:
        """Return the raw mixture parameters of the step from the parent."""
        inputs = torch.cat([state_BMD, parent_BMD, waves(way_BM3, _STEP_BANDS)], dim=2)
        return self.to_mixture(functional.silu(self.origin(inputs)))  # type: ignore[no-any-return]

    def _row(
        self, state_BMD: Tensor, nodes_BND: Tensor, positions_BN3: Tensor, adjacency_BNN: Tensor,
        parent_BM: Tensor,
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Return logits (B, M, N - 1) of the edges to earlier nodes, and which are possible.

        Args:
            state_BMD: States of the nodes before each new node; the new nodes are the last M of N.
            nodes_BND: States of the first N - 1 nodes.
            positions_BN3: Positions of all N nodes, including the new ones.
            adjacency_BNN: Adjacency of all N nodes; in the rows of new nodes, only the columns
                before each are read.
            parent_BM: Parents of the new nodes.
        """
        new, count = state_BMD.shape[1], positions_BN3.shape[1]
        place_BM3 = positions_BN3[:, count - new :]
        step_BM3 = place_BM3 - _pick(positions_BN3, parent_BM)
        way_BMN3 = positions_BN3[:, None, :-1] - place_BM3[:, :, None]
        gap_BMN1 = (way_BMN3.square().sum(dim=3, keepdim=True) + 1e-8).sqrt()
        numbers_N = torch.arange(count, device=place_BM3.device)
        before_MN = numbers_N[:-1] < numbers_N[count - new :, None]
        open_BMN = before_MN & (numbers_N[:-1] > parent_BM[..., None])
        # degrees of the earlier nodes before each new one is added
        degree_BNN = adjacency_BNN.to(gap_BMN1.dtype).cumsum(dim=2)[:, :-1, count - new - 1 : -1]
        index_BMN = parent_BM[..., None].expand(-1, -1, count)
        parents_row_BMN = adjacency_BNN.gather(1, index_BMN)[:, :, :-1]
        features = [waves(way_BMN3, _STEP_BANDS), gap_BMN1,
                    (-((gap_BMN1 - _bumps(gap_BMN1)) ** 2) * 4.0).exp(),
                    (degree_BNN.mT / 4.0)[..., None], parents_row_BMN[..., None]]  # fmt: skip
        new_BMP = self.new_end(torch.cat([state_BMD, waves(step_BM3, _STEP_BANDS)], dim=2))
        both_BMNP = new_BMP[:, :, None] + self.old_end(nodes_BND)[:, None]
        both_BMNP = both_BMNP + self.pair(torch.cat(features, dim=3))
        mixed_BMNP = functional.silu(self.mix(functional.silu(both_BMNP)))
        return self.to_answer(mixed_BMNP).squeeze(3), open_BMN


def _bumps(like: Tensor) -> Tensor:
    return torch.linspace(0.0, 3.5, 8, device=like.device)


def _pick(values_BND: Tensor, index_BM: Tensor) -> Tensor:
    """Return the rows (B, M, D) with the indices `index_BM`."""
    return values_BND.gather(1, index_BM[..., None].expand(-1, -1, values_BND.shape[2]))


def _guided_logits(logits: Sequence[Tensor], guidance: float) -> Tensor:
    """Return the logits after guidance: moved away from those without conditions."""
    if len(logits) == 1:
        return logits[0]
    shown, free = logits
    # both are -inf for an impossible choice, and inf - inf is NaN
    return torch.where(shown.isfinite(), free + guidance * (shown - free), shown)


def _row_nats(logits_BMN: Tensor, edges_BMN: Tensor, open_BMN: Tensor) -> Tensor:
    nats_BMN = functional.binary_cross_entropy_with_logits(
        logits_BMN, edges_BMN.to(logits_BMN.dtype), reduction="none"
    )
    return (nats_BMN * open_BMN).sum(dim=2)
