"""VoroLoss in torch: how far samples are from the faces of a Voronoi diagram.

Maruani et al. 2023, equation 3: for a sample x with nearest generator p, the squared distance
to the nearest bisector plane of p and one of its neighbours, averaged over the samples. No
diagram is built: the nearest bisector seen from within a cell is a face of that cell.
"""

from __future__ import annotations

import numpy as np
import torch
from scipy.spatial import cKDTree
from torch import Tensor

NEIGHBOURS = 10
"""Bisectors that are tried for each sample, as in the paper's code."""

_CHUNK = 1 << 24  # distances held at once on a device without trees


def neighbours(points: Tensor, generators: Tensor, count: int = NEIGHBOURS) -> Tensor:
    """Return the generators nearest to each point, nearest first.

    A k-d tree on the CPU, all distances in chunks on other devices.

    Args:
        points: (N, 3).
        generators: (n, 3), on the same device.
        count: Neighbours k besides the nearest; fewer where there are no more.

    Returns:
        (N, min(k + 1, n)) int64.
    """
    k = min(count + 1, len(generators))
    if points.device.type == "cpu":
        tree = cKDTree(generators.detach().numpy())
        found = tree.query(points.detach().numpy(), k)[1]
        return torch.from_numpy(np.asarray(found, dtype=np.int64).reshape(len(points), k))
    return by_brute_force(points, generators, k)


def by_brute_force(points: Tensor, generators: Tensor, k: int) -> Tensor:
    """Return the `k` nearest generators (N, k) by sorting all distances."""
    with torch.no_grad():
        rows = max(_CHUNK // max(len(generators), 1), 1)
        chunks = [
            torch.cdist(part, generators).topk(k, dim=1, largest=False).indices
            for part in torch.tensor_split(points, -(-len(points) // rows) or 1)
        ]
    return torch.cat(chunks)


def bisector_distances(points: Tensor, generators: Tensor, near: Tensor) -> Tensor:
    """Return the squared distance of each point to its nearest bisector.

    Args:
        points: (N, 3).
        generators: (n, 3); the result is differentiable by them.
        near: (N, k + 1) generators near each point, the nearest first, k at least 1.

    Returns:
        (N,); 0 where a neighbour coincides with the nearest generator.
    """
    p = generators[near[:, 0]]
    apart = generators[near[:, 1:]] - p[:, None]
    length = torch.linalg.vector_norm(apart, dim=2).clamp_min(torch.finfo(points.dtype).tiny)
    along = torch.einsum("nd,nkd->nk", points - p, apart) / length
    squares: Tensor = (along - length / 2.0).square()
    return squares.amin(dim=1)


def voro_loss(points: Tensor, generators: Tensor, near: Tensor | None = None) -> Tensor:
    """Return the mean squared distance of samples to the diagram's faces.

    Args:
        points: (N, 3).
        generators: (n, 3), n at least 2, usually with `requires_grad`.
        near: (N, k + 1) from `neighbours`, to use them in several steps; None searches again.

    Returns:
        A scalar, differentiable by `generators` (and by `points`).
    """
    near = neighbours(points, generators) if near is None else near
    return bisector_distances(points, generators, near).mean()
