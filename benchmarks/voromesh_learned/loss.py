"""What the network is trained on: VoroLoss, the surface between unlike cells, and labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from torch import Tensor
from torch.nn import functional

from geometry.voromesh.loss import voro_loss

_VOTES = 4  # samples that tell the side of a generator


@dataclass(frozen=True)
class Weights:
    """Weights of the terms; lengths are in cells.

    Attributes:
        voro: VoroLoss as in the paper: any face counts.
        unlike: Distance of samples to the surface between the nearest generators inside and
            outside, as `geometry.voromesh.solver` has it.
        normal: Squared error of that surface's normal.
        label: Binary cross-entropy of the occupancy.
    """

    voro: float = 5.0
    unlike: float = 20.0
    normal: float = 0.05
    label: float = 0.05


def loss(
    places: Tensor, logits: Tensor, points: Tensor, normals: Tensor, weights: Weights
) -> Tensor:
    """Return the weighted sum of the terms.

    Args:
        places: (n, 3) predicted generators.
        logits: (n,) of being inside.
        points: (N, 3) samples of the surface.
        normals: (N, 3) outward.
        weights: Of the terms.
    """
    labels = sides(places.detach().numpy(), points.numpy(), normals.numpy())
    total = weights.label * functional.binary_cross_entropy_with_logits(
        logits, torch.from_numpy(labels.astype(np.float32))
    )
    if weights.voro:
        total = total + weights.voro * voro_loss(points, places)
    if (weights.unlike or weights.normal) and labels.any() and not labels.all():
        value, unit = between_unlike(places, labels, points)
        # Far samples belong to walls that no generator stands in: their pull is bounded.
        near = functional.huber_loss(value, torch.zeros_like(value), delta=0.5)
        turned = (unit - normals).square().sum(dim=1).mean()
        total = total + weights.unlike * near + weights.normal * turned
    return total


def sides(
    places: NDArray[np.float32], points: NDArray[np.float32], normals: NDArray[np.float32]
) -> NDArray[np.bool_]:
    """Tell which places (n, 3) lie behind their nearest samples: (n,), True inside."""
    near = cKDTree(points).query(places, min(_VOTES, len(points)))[1].reshape(len(places), -1)
    along = np.einsum("nkd,nkd->n", places[:, None] - points[near], normals[near])
    return np.asarray(along < 0.0)


def between_unlike(
    places: Tensor, labels: NDArray[np.bool_], points: Tensor
) -> tuple[Tensor, Tensor]:
    """Return signed distances (N,) to the nearest unlike pair's bisector, and its normals (N, 3).

    Both are differentiable by `places`; the normals point outwards.
    """
    inside, outside = np.flatnonzero(labels), np.flatnonzero(~labels)
    held, queries = places.detach().numpy(), points.numpy()
    p = places[torch.from_numpy(inside[cKDTree(held[inside]).query(queries)[1]])]
    q = places[torch.from_numpy(outside[cKDTree(held[outside]).query(queries)[1]])]
    apart = q - p
    length = torch.linalg.vector_norm(apart, dim=1).clamp_min(1e-6)
    unit = apart / length[:, None]
    return ((points - (p + q) / 2.0) * unit).sum(dim=1), unit
