"""Winding numbers of a closed surface on a regular grid, by counting crossings along columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.grid import Grid

_PAIRS_AT_ONCE = 2_000_000
_JITTER = (np.pi * 1e-4, np.e * 1e-4)
"""Shift of the columns in x and y, in spacings, so that no ray meets an edge."""


def column_winding(triangles: NDArray[np.float64], grid: Grid) -> NDArray[np.int32]:
    """Count how often a closed oriented surface winds around each node of a grid.

    For a closed surface the winding number of a point is the sum of the signed crossings
    of any ray that starts there (Jacobson et al. 2013); here the rays go up along Z, so
    that a whole column of nodes shares one.

    Args:
        triangles: (M, 3, 3) corners of a closed surface, faces outwards.
        grid: The nodes.

    Returns:
        int32 of the grid's shape: 0 outside, 1 inside, more where solids overlap.
    """
    steps = np.zeros((*grid.shape[:2], grid.shape[2] + 1), dtype=np.int32)
    local = (triangles - grid.low) / grid.spacing
    local[:, :, 0] -= _JITTER[0]
    local[:, :, 1] -= _JITTER[1]
    first = np.ceil(local[:, :, :2].min(axis=1)).astype(np.int64).clip(min=0)
    last = (
        np.floor(local[:, :, :2].max(axis=1))
        .astype(np.int64)
        .clip(max=np.array(grid.shape[:2]) - 1)
    )
    span = (last - first + 1).clip(min=0)
    pairs = span[:, 0] * span[:, 1]
    chunk = np.cumsum(pairs) // _PAIRS_AT_ONCE
    for number in np.unique(chunk[pairs > 0]):
        chosen = np.flatnonzero((chunk == number) & (pairs > 0))
        _count_crossings(local[chosen], first[chosen], span[chosen], steps)
    return np.asarray(np.cumsum(steps[:, :, :0:-1], axis=2)[:, :, ::-1], dtype=np.int32)


def _count_crossings(
    local: NDArray[np.float64],
    first: NDArray[np.int64],
    span: NDArray[np.int64],
    steps: NDArray[np.int32],
) -> None:
    """Add to `steps[i, j, k]` the crossings of column (i, j) between nodes k - 1 and k."""
    pairs = span[:, 0] * span[:, 1]
    owner = np.repeat(np.arange(len(local)), pairs)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    column = first[owner] + np.stack([within // span[owner, 1], within % span[owner, 1]], axis=1)
    offset = local[:, :, :2][owner] - column[:, None, :]
    a, b, c = offset[:, 0], offset[:, 1], offset[:, 2]
    weights = np.stack([_cross(b, c), _cross(c, a), _cross(a, b)], axis=1)
    area = weights.sum(axis=1)
    hit = ((weights > 0.0).all(axis=1) | (weights < 0.0).all(axis=1)) & (area != 0.0)
    owner, column, weights, area = owner[hit], column[hit], weights[hit], area[hit]
    height = (weights * local[owner, :, 2]).sum(axis=1) / area
    level = np.ceil(height).astype(np.int64).clip(0, steps.shape[2] - 1)
    np.add.at(
        steps, (column[:, 0], column[:, 1], level), np.where(area > 0.0, 1, -1).astype(np.int32)
    )


def _cross(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
