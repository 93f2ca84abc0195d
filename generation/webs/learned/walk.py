"""A growing web as the autoregressive model sees it: one row of features a node.

All of them look back only: row i follows from nodes 0 to i and the edges between them.

Shape letters: B batch, N nodes, F features.
"""

from __future__ import annotations

import torch
from torch import Tensor

from caddis.generation.webs.learned.pairs import distances
from caddis.generation.webs.learned.wishes import Wishes, waves

_PLACE_BANDS, _STEP_BANDS, _COUNT_BANDS = 4, 3, 2
WALK_FEATURES = (
    3 * (1 + 2 * _PLACE_BANDS) + 2 * 3 * (1 + 2 * _STEP_BANDS) + 3 * (1 + 2 * _COUNT_BANDS) + 3
)


def parents(adjacency_BNN: Tensor) -> Tensor:
    """Return (B, N) the earliest neighbour of each node; 0 where there is none before it.

    In breadth-first order it is the node from which the walk came.
    """
    return adjacency_BNN.tril(-1).to(torch.uint8).argmax(dim=2)


def walk_features(positions_BN3: Tensor, adjacency_BNN: Tensor, wishes: Wishes) -> Tensor:
    """Return (B, N, WALK_FEATURES).

    A row holds where the node is, seen from the first; the steps to its parent and to the mean of
    its earlier neighbours; how many of these it has, how many a node there are so far, and how
    many are still wanted for each node to come; and how the thread so far is shared by the axes.

    Args:
        positions_BN3: Relative to the first node, in mean edge lengths.
        adjacency_BNN: Only its lower half is read.
        wishes: Of the webs; N may be less than is asked for.
    """
    before_BNN = adjacency_BNN.tril(-1).to(positions_BN3.dtype)
    count_BN = before_BNN.sum(dim=2)
    index_BN3 = parents(adjacency_BNN)[..., None].expand_as(positions_BN3)
    step_BN3 = positions_BN3.gather(1, index_BN3) - positions_BN3
    mean_BN3 = before_BNN @ positions_BN3 / count_BN.clamp_min(1.0)[..., None]
    turn_BN3 = (mean_BN3 - positions_BN3) * (count_BN > 0)[..., None]
    counts_BN3 = _counts(count_BN, wishes)
    return torch.cat(
        [
            waves(positions_BN3, _PLACE_BANDS),
            waves(step_BN3, _STEP_BANDS),
            waves(turn_BN3, _STEP_BANDS),
            waves(counts_BN3, _COUNT_BANDS),
            3.0 * _shares_so_far(positions_BN3, before_BNN) - 1.0,
        ],
        dim=2,
    )


def _counts(count_BN: Tensor, wishes: Wishes) -> Tensor:
    done_N = torch.arange(1, count_BN.shape[1] + 1, device=count_BN.device)
    edges_BN = count_BN.cumsum(dim=1)
    asked_B = wishes.degree * wishes.nodes / 2.0
    left_BN = (wishes.nodes[:, None] - done_N).clamp_min(1)
    wanted_BN = ((asked_B[:, None] - edges_BN) / left_BN).clamp(0.0, 4.0)
    wanted_BN = wanted_BN * wishes.show_degree[:, None]
    return torch.stack([count_BN, edges_BN / done_N, wanted_BN], dim=2)


def _shares_so_far(positions_BN3: Tensor, before_BNN: Tensor) -> Tensor:
    """Return (B, N, 3) the orientation shares of all edges up to each node; 1/3 before any."""
    along_BNN3 = positions_BN3[:, :, None] - positions_BN3[:, None]
    weight_BNN = before_BNN / distances(positions_BN3)
    thread_BN3 = (along_BNN3.square() * weight_BNN[..., None]).sum(dim=2).cumsum(dim=1)
    return (thread_BN3 + 1e-6) / (thread_BN3 + 1e-6).sum(dim=2, keepdim=True)
