"""Convert masks and values between the corners and the cells of a grid.

A grid with N corners along an axis has N - 1 cells there; all functions take any number of
dimensions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def over_corners(function: np.ufunc, corners: NDArray[Any]) -> NDArray[Any]:
    """Reduce an array at corners over the 2^D corners of each cell; each axis gets one shorter."""
    for axis in range(corners.ndim):
        corners = _pairs(function, corners, axis)
    return corners


def crossed_cells(inside: Mask) -> Mask:
    """Return which cells have corners both inside and outside."""
    some = over_corners(np.logical_or, inside)
    return np.asarray(some & ~over_corners(np.logical_and, inside))


def corners_of(cells: Mask) -> Mask:
    """Return the corners of the marked cells; each axis gets one longer."""
    for axis in range(cells.ndim):
        cells = _pairs(np.logical_or, _padded(cells, axis), axis)
    return cells


def dilated(cells: Mask) -> Mask:
    """Mark also all cells that share a face, an edge or a corner with a marked cell."""
    for axis in range(cells.ndim):
        wide = _pairs(np.logical_or, _padded(cells, axis), axis)
        count = cells.shape[axis]
        below, above = (wide.take(np.arange(count) + step, axis=axis) for step in (0, 1))
        cells = cells | below | above
    return cells


def _padded(mask: Mask, axis: int) -> Mask:
    width = [(0, 0)] * mask.ndim
    width[axis] = (1, 1)
    return np.pad(mask, width)


def _pairs(function: np.ufunc, array: NDArray[Any], axis: int) -> NDArray[Any]:
    """Combine neighbours along an axis; the result is one shorter."""
    along = np.moveaxis(array, axis, 0)
    return np.moveaxis(function(along[:-1], along[1:]), 0, axis)
