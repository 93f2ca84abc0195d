"""Sample a field on a fine grid, but only near its zero set."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geometry.errors import NonFiniteError
from geometry.field import Field

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]

_COARSEST_CELLS = 24  # the first pass has 24 to 47 cells a side
_BATCH = 1 << 17  # points in one call of the field


def sample_near_surface(field: Field, resolution: int, bound: float, lipschitz: float) -> Values:
    """Return field values on the (resolution + 1)^3 corners of a grid over [-bound, bound]^3.

    Where the surface cannot pass, the value is that of a coarser corner nearby:
    its sign is right, its size is not. Everything that marching cubes reads, the
    corners of cells with a sign change, is the field's own value.

    Coarse to fine: no point of a cell is farther from its nearest corner than half
    the cell's diagonal d, so if |f(x) - f(y)| <= `lipschitz` |x - y| and every corner
    has |f| > `lipschitz` d / 2, the cell holds no zero and is not refined. A signed
    distance has constant 1, a learned one a little more. Where a field breaks the
    assumption the surface is still followed: a sign change against a corner that
    was not evaluated has its cell evaluated, until the surface closes. So only
    a whole component can be missed, never a part of one.

    Args:
        field: Signed distance, points (N, 3) float32 -> (N,).
        resolution: Cells along a side.
        bound: Half-width of the box.
        lipschitz: Bound of the field's slope.

    Returns:
        Array (resolution + 1,) * 3 float32, indexed [x, y, z].

    Raises:
        NonFiniteError: The field returned NaN or infinity.
    """
    ticks = np.linspace(-bound, bound, resolution + 1).astype(np.float32)
    step = 1
    while resolution // (2 * step) >= _COARSEST_CELLS:
        step *= 2
    index = _lattice(resolution, step)
    values = np.zeros((len(index),) * 3, dtype=np.float32)
    known = np.zeros(values.shape, dtype=np.bool_)
    _evaluate(field, ticks[index], ~known, values, known)
    while step > 1:
        reach = lipschitz * np.sqrt(3.0) * step * bound / resolution
        active = _crossed(values) | (_over_corners(np.minimum, np.abs(values)) <= reach)
        step //= 2
        index = _lattice(resolution, step)
        active, values, known = _refined(active, values, known, len(index))
        _evaluate(field, ticks[index], _corners(active) & ~known, values, known)
    while (open_cells := _crossed(values) & ~_over_corners(np.logical_and, known)).any():
        _evaluate(field, ticks, _corners(open_cells) & ~known, values, known)
    return values


def sample_everywhere(field: Field, resolution: int, bound: float) -> Values:
    """Return the field's values on all (resolution + 1)^3 corners: the plain twin, for tests."""
    ticks = np.linspace(-bound, bound, resolution + 1).astype(np.float32)
    values = np.zeros((len(ticks),) * 3, dtype=np.float32)
    _evaluate(field, ticks, np.ones(values.shape, np.bool_), values, np.zeros(values.shape, bool))
    return values


def _lattice(resolution: int, step: int) -> NDArray[np.int64]:
    """Return every `step`-th corner index and always the last, so the last cell may be thinner."""
    return np.append(np.arange(0, resolution, step), resolution)


def _evaluate(
    field: Field, ticks: NDArray[np.float32], wanted: Mask, values: Values, known: Mask
) -> None:
    """Fill `values` and `known` in place where `wanted`."""
    flat = np.flatnonzero(wanted)
    for start in range(0, len(flat), _BATCH):
        chosen = flat[start : start + _BATCH]
        points = np.stack([ticks[i] for i in np.unravel_index(chosen, wanted.shape)], axis=1)
        answer = np.asarray(field(points), dtype=np.float32)
        if not np.isfinite(answer).all():
            raise NonFiniteError("the field returned NaN or infinity, so there is no surface")
        values.reshape(-1)[chosen] = answer
    known |= wanted


def _refined(active: Mask, values: Values, known: Mask, corners: int) -> tuple[Mask, Values, Mask]:
    """Carry cells and corners over to the lattice of half the step with `corners` a side.

    A corner that is new takes the value of a coarse corner of a cell that it lies in.
    """
    for axis in range(3):
        active = np.repeat(active, 2, axis=axis).take(np.arange(corners - 1), axis=axis)
    at = np.arange(corners)
    source = np.minimum((at + 1) // 2, len(values) - 1)
    old = (at % 2 == 0) | (at == corners - 1)
    values, known = (array[np.ix_(source, source, source)] for array in (values, known))
    known &= old[:, None, None] & old[None, :, None] & old[None, None, :]
    return active, values, known


def _over_corners(function: np.ufunc, corners: NDArray[Any]) -> NDArray[Any]:
    """Reduce a corner array (n + 1)^3 over the eight corners of each cell, to n^3."""
    for axis in range(3):
        corners = _pairs(function, corners, axis)
    return corners


def _pairs(function: np.ufunc, array: NDArray[Any], axis: int) -> NDArray[Any]:
    """Combine neighbours along an axis; the result is one shorter."""
    count = array.shape[axis]
    along = np.moveaxis(array, axis, 0)
    return np.moveaxis(function(along[: count - 1], along[1:]), 0, axis)


def _crossed(values: Values) -> Mask:
    """Return which cells have corners inside and outside."""
    inside = values < 0
    return np.asarray(_over_corners(np.logical_or, inside) & ~_over_corners(np.logical_and, inside))


def _corners(cells: Mask) -> Mask:
    """Return the corners (n + 1)^3 of the marked cells n^3."""
    for axis in range(3):
        width = [(0, 0)] * 3
        width[axis] = (1, 1)
        cells = _pairs(np.logical_or, np.pad(cells, width), axis)
    return cells
