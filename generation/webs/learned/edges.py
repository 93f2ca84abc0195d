"""Discrete diffusion of edges between nodes with known positions.

Every pair of nodes is in one of three states: no edge, edge, masked. Noise masks each pair
independently with probability t, from 0 to 1 (absorbing transitions of D3PM, Austin et al. 2021;
with the linear schedule and the loss of MDLM, Sahoo et al. 2024). Sampling starts with all pairs
masked and reveals them in random order, each drawn from its distribution given the earlier ones.

Shape letters: B batch, N nodes, D width, H heads, L layers, F pair features, P pair width.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from caddis.data.webs.sampling import MAX_NODES
from caddis.generation.webs.learned.backbone import Backbone, BackboneConfig, hide_padding
from caddis.generation.webs.learned.pairs import PAIR_FEATURES, pair_features
from caddis.generation.webs.learned.streams import Streams
from caddis.generation.webs.learned.wishes import WishEncoder, Wishes, waves

NO_EDGE, EDGE, MASKED = 0, 1, 2
_PAIR_WIDTH = 48
_LEAST_NOISE = 0.02
_JITTER = 0.03
"""Noise on positions in training, in mean edge lengths, because sampled positions are inexact."""


class EdgeModel(nn.Module):
    """p(edge | positions, states of all pairs, condition), for every masked pair at once."""

    def __init__(self, config: BackboneConfig) -> None:
        super().__init__()
        width, pair_inputs = config.width, PAIR_FEATURES + 3
        self.wishes = WishEncoder(width)
        self.state = nn.Linear(3 * 5, width)
        self.start = nn.Linear(3 + 3 * 8 + 2, width)
        self.to_bias = nn.Linear(pair_inputs, config.layers * config.heads, bias=False)
        self.backbone = Backbone(config)
        self.end = nn.Linear(width, _PAIR_WIDTH, bias=False)
        self.pair = nn.Linear(pair_inputs, _PAIR_WIDTH)
        self.mix = nn.Linear(_PAIR_WIDTH, _PAIR_WIDTH)
        self.to_answer = nn.Linear(_PAIR_WIDTH, 1)

    def forward(
        self, positions_BN3: Tensor, features_BNNF: Tensor, states_BNN: Tensor, wishes: Wishes
    ) -> Tensor:
        """Return the logit of an edge for every pair (B, N, N), symmetric.

        Args:
            positions_BN3: Positions in units of the mean edge length.
            features_BNNF: Their `pair_features`, which are the same in all steps.
            states_BNN: States of the pairs, symmetric.
            wishes: Conditions of the webs.
        """
        mask_BN = wishes.mask(positions_BN3.shape[1])
        one_hot_BNN3 = functional.one_hot(states_BNN, 3).to(positions_BN3.dtype)
        pairs_BNNF = torch.cat([features_BNNF, one_hot_BNN3], dim=3)
        heads, layers = self.backbone.heads, self.backbone.layers
        bias_LBHNN = self.to_bias(pairs_BNNF).unflatten(3, (layers, heads)).permute(3, 0, 4, 1, 2)
        known_BN = (states_BNN == EDGE).sum(dim=2) / 4.0
        open_BN = ((states_BNN == MASKED) & mask_BN[:, None]).sum(dim=2) / MAX_NODES
        nodes_BND = self.start(
            torch.cat([waves(positions_BN3, 4), known_BN[..., None], open_BN[..., None]], dim=2)
        )
        asked_BD = self.wishes(wishes) + self.state(_progress(states_BNN, wishes))
        hidden = hide_padding(mask_BN)
        h_BND = self.backbone(nodes_BND, asked_BD, biases_BHNN=list(bias_LBHNN + hidden))
        ends_BNP = self.end(h_BND)
        both_BNNP = ends_BNP[:, :, None] + ends_BNP[:, None] + self.pair(pairs_BNNF)
        mixed_BNNP = functional.silu(self.mix(functional.silu(both_BNNP)))
        return self.to_answer(mixed_BNNP).squeeze(3)  # type: ignore[no-any-return]

    def loss(
        self, positions_BN3: Tensor, adjacency_BNN: Tensor, wishes: Wishes, random: torch.Generator
    ) -> Tensor:
        """Return the bound on the negative log likelihood of the edges, in nats per node."""
        device, (batch, count) = positions_BN3.device, positions_BN3.shape[:2]
        share_B = (torch.arange(batch) + torch.rand(1, generator=random)) / batch
        noise_B = (_LEAST_NOISE + (1.0 - _LEAST_NOISE) * share_B).to(device)
        drawn_BNN = torch.rand(batch, count, count, generator=random).to(device)
        mask_BN = wishes.mask(count)
        masked_BNN = symmetric(drawn_BNN) < noise_B[:, None, None]
        states_BNN = torch.where(masked_BNN, MASKED, adjacency_BNN.long())
        jitter_BN3 = _JITTER * torch.randn(batch, count, 3, generator=random).to(device)
        positions_BN3 = positions_BN3 + jitter_BN3
        features_BNNF = pair_features(positions_BN3, mask_BN)
        logits_BNN = self(positions_BN3, features_BNNF, states_BNN, wishes)
        nats_BNN = functional.binary_cross_entropy_with_logits(
            logits_BNN, adjacency_BNN.to(logits_BNN.dtype), reduction="none"
        )
        counted_BNN = masked_BNN & pairs(mask_BN)
        nats_B = (nats_BNN * counted_BNN).sum(dim=(1, 2)) / noise_B
        return (nats_B / wishes.nodes).mean()

    @torch.no_grad()
    def sample(
        self,
        positions_BN3: Tensor,
        wishes: Wishes,
        streams: Streams,
        steps: int,
        guidance: float,
    ) -> tuple[Tensor, Tensor]:
        """Return an adjacency (B, N, N), symmetric bool, and the logits from which it was drawn.

        All pairs are revealed in `steps` steps.

        In breadth-first order, every node but the first has an earlier neighbour. For a node
        without one, its pairs are masked once more and one edge is drawn from their probabilities,
        so webs are connected.
        """
        count = positions_BN3.shape[1]
        mask_BN = wishes.mask(count)
        features_BNNF = pair_features(positions_BN3, mask_BN)
        order_BNN = symmetric(streams.uniform(MAX_NODES, MAX_NODES)[:, :count, :count])
        real_BNN = pairs(mask_BN) | pairs(mask_BN).mT
        states_BNN = torch.where(real_BNN, MASKED, NO_EDGE)
        drawn_by_BNN = torch.zeros_like(order_BNN)
        for step in range(steps):
            logits_BNN = self._guided(positions_BN3, features_BNNF, states_BNN, wishes, guidance)
            drawn_BNN = symmetric(streams.uniform(MAX_NODES, MAX_NODES)[:, :count, :count])
            edge_BNN = drawn_BNN < logits_BNN.sigmoid()
            revealed_BNN = (states_BNN == MASKED) & (order_BNN < (step + 1) / steps)
            states_BNN = torch.where(revealed_BNN, edge_BNN.long(), states_BNN)
            drawn_by_BNN = torch.where(revealed_BNN, logits_BNN, drawn_by_BNN)
        orphan_BN = mask_BN & ~(states_BNN == EDGE).tril(-1).any(dim=2)
        orphan_BN[:, 0] = False
        again_BNN = orphan_BN[:, :, None] & pairs(mask_BN)
        states_BNN = torch.where(again_BNN | again_BNN.mT, MASKED, states_BNN)
        logits_BNN = self._guided(positions_BN3, features_BNNF, states_BNN, wishes, guidance)
        chosen_BNN = _draw_one_per_row(logits_BNN, again_BNN, streams) & again_BNN
        edges_BNN = (states_BNN == EDGE) | chosen_BNN | chosen_BNN.mT
        return edges_BNN, torch.where(again_BNN | again_BNN.mT, logits_BNN, drawn_by_BNN)

    def _guided(
        self, positions_BN3: Tensor, features_BNNF: Tensor, states_BNN: Tensor, wishes: Wishes,
        guidance: float,
    ) -> Tensor:  # fmt: skip
        found: Tensor = self(positions_BN3, features_BNNF, states_BNN, wishes)
        if guidance == 1.0 or not wishes.any_shown:
            return found
        free: Tensor = self(positions_BN3, features_BNNF, states_BNN, wishes.hidden())
        return free + guidance * (found - free)


def _draw_one_per_row(logits_BNN: Tensor, open_BNN: Tensor, streams: Streams) -> Tensor:
    """Return (B, N, N) bool: one possible pair of each row, drawn by its odds (Gumbel-max)."""
    count = logits_BNN.shape[1]
    uniform_BNN = streams.uniform(MAX_NODES, MAX_NODES)[:, :count, :count].clamp(1e-9, 1.0 - 1e-6)
    score_BNN = logits_BNN - (-uniform_BNN.log()).log()
    best_BN = score_BNN.masked_fill(~open_BNN, float("-inf")).argmax(dim=2)
    return functional.one_hot(best_BN, count).bool()


def of_number(edges_NN: Tensor, logits_NN: Tensor, wanted: int) -> Tensor:
    """Return `wanted` edges (N, N), lower half: unlikely ones are removed or likely ones added.

    Each node keeps its most likely edge to an earlier node, so the web stays connected.

    Args:
        edges_NN: Bool; every node but the first has an earlier neighbour.
        logits_NN: Logits of the edges.
        wanted: Number of edges, at least N - 1.
    """
    count = len(edges_NN)
    lower_NN = torch.ones_like(edges_NN).tril(-1)
    edges_NN = edges_NN & lower_NN
    rooted = logits_NN.masked_fill(~edges_NN, float("-inf")).argmax(dim=1)
    kept_NN = functional.one_hot(rooted, count).bool() & lower_NN
    spare = max(0, min(wanted, count * (count - 1) // 2) - (count - 1))
    # edges come before all other pairs, each sorted by its logit
    score_NN = logits_NN.clamp(-1e3, 1e3) + 1e4 * edges_NN
    score_NN = score_NN.masked_fill(kept_NN | ~lower_NN, float("-inf"))
    chosen = score_NN.flatten().topk(spare).indices
    return kept_NN.flatten().index_fill(0, chosen, value=True).view(count, count)


def symmetric(values_BNN: Tensor) -> Tensor:
    """Return the lower half, mirrored to the upper half; 0 on the diagonal."""
    lower_BNN = values_BNN.tril(-1)
    return lower_BNN + lower_BNN.mT


def pairs(mask_BN: Tensor) -> Tensor:
    """Return (B, N, N) bool: True below the diagonal, once for each pair of nodes."""
    return (mask_BN[:, :, None] & mask_BN[:, None]).tril(-1)


def _progress(states_BNN: Tensor, wishes: Wishes) -> Tensor:
    """Return (B, 15) waves of the shares of masked pairs, known edges and edges still missing."""
    pairs_B = wishes.nodes * (wishes.nodes - 1) / 2.0
    masked_BNN = (states_BNN.tril(-1) == MASKED).float()
    real_BNN = pairs(wishes.mask(states_BNN.shape[1]))
    left_B = (masked_BNN * real_BNN).sum(dim=(1, 2))
    known_B = (states_BNN.tril(-1) == EDGE).sum(dim=(1, 2)).float()
    asked_B = torch.where(wishes.show_degree, wishes.degree * wishes.nodes / 2.0, 0.0)
    wanted_B = (asked_B - known_B).clamp_min(0.0) * wishes.show_degree
    values_B3 = torch.stack(
        [left_B / pairs_B, known_B / wishes.nodes, wanted_B / wishes.nodes], dim=1
    )
    return waves(8.0 * values_B3, 2)
