"""What the network is trained on: the surface between unlike generators, beside the true one.

VoroLoss (Maruani et al. 2023) with the occupancies known, as `geometry.voromesh.solver` has it.
They stay fixed: were they asked anew for moved generators, one that crosses the surface would only
change its label, nothing would hold it, and the surface would get worse with every step.
"""

from __future__ import annotations

import numpy as np
import torch
from scipy.spatial import cKDTree
from torch import Tensor
from torch.nn import functional

NORMAL_WEIGHT = 0.05
_BETA = 0.1  # cells; farther samples belong to walls that no pair stands in: their pull is bounded


def loss(
    generators: tuple[Tensor, Tensor],
    samples: tuple[Tensor, Tensor],
    beside: tuple[Tensor, Tensor],
) -> Tensor:
    """Return how far the surface is from samples, turned against them, and on the wrong side.

    Args:
        generators: (n, 3) inside and (m, 3) outside, in cells.
        samples: Points (N, 3) of the true surface and its outward normals (N, 3).
        beside: Points (M, 3) near the surface and their signed distances (M,); the surface must
            leave half of each, so that spikes and holes cost something.
    """
    (points, normals), (asked, distance) = samples, beside
    value, unit = between(*generators, points)
    near = functional.smooth_l1_loss(value, torch.zeros_like(value), beta=_BETA)
    turned = (unit - normals).square().sum(dim=1).mean()
    sided = distance.sign() * between(*generators, asked)[0]
    missed = functional.relu(distance.abs() / 2.0 - sided).mean()
    return near + NORMAL_WEIGHT * turned + missed


def between(inside: Tensor, outside: Tensor, points: Tensor) -> tuple[Tensor, Tensor]:
    """Return signed distances (N,) to the nearest unlike pair's bisector, and its normals (N, 3).

    Both are differentiable by the generators; the normals point outwards.
    """
    p, q = (side[_nearest(side, points)] for side in (inside, outside))
    apart = q - p
    unit = apart / torch.linalg.vector_norm(apart, dim=1, keepdim=True).clamp_min(1e-6)
    return ((points - (p + q) / 2.0) * unit).sum(dim=1), unit


def _nearest(places: Tensor, points: Tensor) -> Tensor:
    found = cKDTree(places.detach().numpy()).query(points.numpy())[1]
    return torch.from_numpy(np.asarray(found, dtype=np.int64))
