"""Features of a growing web for the autoregressive model: one row per node.

Row i depends only on nodes 0 to i and the edges between them.

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
    """Return (B, N) the earliest neighbour of each node; 0 if no neighbour precedes it.

    In breadth-first order it is the node from which the traversal came.
    """
    return adjacency_BNN.tril(-1).to(torch.uint8).argmax(dim=2)


def walk_features(positions_BN3: Tensor, adjacency_BNN: Tensor, wishes: Wishes) -> Tensor:
    """Return (B, N, WALK_FEATURES).

    A row holds the position relative to the first node; the steps to the parent and to the mean of
    the earlier neighbours; the number of these, the edges per node so far, and the edges still
    wanted per remaining node; and the shares of the thread so far along the axes.

    Args:
        positions_BN3: Relative to the first node, in mean edge lengths.
        adjacency_BNN: Only its lower half is read.
        wishes: Conditions of the webs; N may be less than their numbers of nodes.
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
    """Return (B, N, 3) orientation shares of all edges up to each node; 1/3 if there are none."""
    along_BNN3 = positions_BN3[:, :, None] - positions_BN3[:, None]
    weight_BNN = before_BNN / distances(positions_BN3)
    thread_BN3 = (along_BNN3.square() * weight_BNN[..., None]).sum(dim=2).cumsum(dim=1)
    return (thread_BN3 + 1e-6) / (thread_BN3 + 1e-6).sum(dim=2, keepdim=True)
