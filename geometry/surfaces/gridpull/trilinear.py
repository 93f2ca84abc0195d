"""Trilinear interpolation on a regular grid as sparse matrices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]

_CORNERS = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)])


def corner_weights(
    coordinates: Floats, shape: tuple[int, int, int]
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """Return the eight nodes around each point, their weights and the weights' gradients.

    Args:
        coordinates: (N, 3) in units of the grid's spacing; those outside are clamped to its
            border cells and extrapolated from there.
        shape: Nodes along each axis, at least two.

    Returns:
        Flat C-order node numbers (N, 8), weights (N, 8), and derivatives of the weights
        (3, N, 8) per spacing.
    """
    low = np.clip(np.floor(coordinates), 0, np.array(shape) - 2).astype(np.int64)
    share = (coordinates - low).astype(np.float32)
    base = (low[:, 0] * shape[1] + low[:, 1]) * shape[2] + low[:, 2]
    steps = (_CORNERS[:, 0] * shape[1] + _CORNERS[:, 1]) * shape[2] + _CORNERS[:, 2]
    factor = np.where(_CORNERS == 1, share[:, None, :], np.float32(1.0) - share[:, None, :])
    slope = np.where(_CORNERS == 1, np.float32(1.0), np.float32(-1.0))
    weights = factor[..., 0] * factor[..., 1] * factor[..., 2]
    gradients = np.stack(
        [
            slope[:, 0] * factor[..., 1] * factor[..., 2],
            factor[..., 0] * slope[:, 1] * factor[..., 2],
            factor[..., 0] * factor[..., 1] * slope[:, 2],
        ]
    )
    return base[:, None] + steps, weights, gradients


def rows(nodes: NDArray[np.int64], values: NDArray[np.float32], columns: int) -> csr_array:
    """Return the sparse matrix (N, columns) with `values` (N, k) at columns `nodes` (N, k)."""
    count, width = nodes.shape
    starts = np.arange(0, count * width + 1, width)
    return csr_array((values.ravel(), nodes.ravel(), starts), shape=(count, columns))
