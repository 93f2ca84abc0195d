"""Features of pairs of nodes: their distance, and whether another node lies between them.

Shape letters: B batch, N nodes, F features.
"""

from __future__ import annotations

import torch
from torch import Tensor

_CENTRES, _FARTHEST = 12, 4.0
PAIR_FEATURES = _CENTRES + 2


def distances(positions_BN3: Tensor) -> Tensor:
    """Return distances (B, N, N); slightly above 0 on the diagonal."""
    gap_BNN3 = positions_BN3[:, :, None] - positions_BN3[:, None]
    return (gap_BNN3.square().sum(dim=3) + 1e-8).sqrt()


def pair_features(positions_BN3: Tensor, mask_BN: Tensor) -> Tensor:
    """Return features (B, N, N, PAIR_FEATURES) of all pairs, symmetric.

    They are Gaussian bumps of the distance (in mean edge lengths), its logarithm, and the detour:
    how much longer the path over the best third node is. If a node lies on the line, the detour is
    0.
    """
    gap_BNN = distances(positions_BN3)
    centres_F = torch.linspace(0.0, _FARTHEST, _CENTRES, device=gap_BNN.device)
    width = _FARTHEST / (_CENTRES - 1)
    bumps_BNNF = (-0.5 * ((gap_BNN[..., None] - centres_F) / width) ** 2).exp()
    others = [gap_BNN.log().clamp(-3.0, 3.0), _detour(gap_BNN, mask_BN)]
    return torch.cat([bumps_BNNF, torch.stack(others, dim=3)], dim=3)


def _detour(gap_BNN: Tensor, mask_BN: Tensor) -> Tensor:
    """Return (B, N, N) log(shortest path over a third node / distance), at most 1."""
    count = gap_BNN.shape[1]
    hidden_BNN = ~mask_BN[:, None] | torch.eye(count, dtype=torch.bool, device=gap_BNN.device)
    leg_BNN = gap_BNN.masked_fill(hidden_BNN, 1e3)
    best_BNN = torch.full_like(gap_BNN, 1e3)
    for third in range(count):
        over_BNN = leg_BNN[:, :, third, None] + leg_BNN[:, None, :, third]
        best_BNN = torch.minimum(best_BNN, over_BNN)
    return (best_BNN / gap_BNN).log().clamp(0.0, 1.0)
