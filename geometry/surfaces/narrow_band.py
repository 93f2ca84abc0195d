"""Sample a field on a fine grid, but only near its zero set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.cells import corners_of, crossed_cells, over_corners
from caddis.geometry.errors import NonFiniteError
from caddis.geometry.field import Field

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]
Ticks = NDArray[np.float32]
Spacings = NDArray[np.float64]

_COARSEST_CELLS = 24  # the first pass has 24 to 47 cells a side
_BATCH = 1 << 17  # points in one call of the field


def sample_near_surface(field: Field, resolution: int, bound: float, lipschitz: float) -> Values:
    """Return field values on the (resolution + 1)^3 corners of a grid over [-bound, bound]^3.

    `sample_on_ticks` on a cube.

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
    return sample_on_ticks(field, (ticks, ticks, ticks), lipschitz)


def sample_on_ticks(field: Field, ticks: Sequence[Ticks], lipschitz: float) -> Values:
    """Return field values on a grid of boxes in any number D of dimensions.

    Where the surface cannot pass, the value is copied from a coarser corner nearby,
    so its sign is right and its size is not. The corners of cells with a sign change, which
    marching cubes reads, always have the field's own value.

    Coarse to fine: no point of a cell is farther from its nearest corner than half
    the cell's diagonal d, so if |f(x) - f(y)| <= `lipschitz` |x - y| and every corner
    has |f| > `lipschitz` d / 2, the cell holds no zero and is not refined. A signed
    distance has constant 1, a learned one a little more. Where a field is steeper than
    that, the surface is still followed: every cell with a sign change is evaluated at all
    of its corners, until no unevaluated corner is left on such a cell. So only a whole
    component can be missed, never a part of one.

    Args:
        field: Signed distance, points (N, D) float32 -> (N,).
        ticks: D arrays of evenly spaced, increasing coordinates, each with a spacing of its own.
        lipschitz: Bound of the field's slope.

    Returns:
        Array (len(ticks[0]), ..., len(ticks[D - 1])) float32.

    Raises:
        NonFiniteError: The field returned NaN or infinity.
    """
    spacing = np.array([float(axis[-1] - axis[0]) / (len(axis) - 1) for axis in ticks])
    size = _coarsest_size(ticks, spacing)
    steps = _steps(spacing, size)
    index = _lattices(ticks, steps)
    values = np.zeros([len(axis) for axis in index], dtype=np.float32)
    known = np.zeros(values.shape, dtype=np.bool_)
    _evaluate(field, _chosen(ticks, index), ~known, values, known)
    while max(steps) > 1:
        reach = lipschitz * float(np.linalg.norm(steps * spacing)) / 2.0
        active = crossed_cells(values < 0) | (over_corners(np.minimum, np.abs(values)) <= reach)
        before, size = steps, size / 2.0
        steps = _steps(spacing, size)
        index = _lattices(ticks, steps)
        for axis in np.flatnonzero(steps < before):
            active, values, known = _refined(active, values, known, len(index[axis]), int(axis))
        _evaluate(field, _chosen(ticks, index), corners_of(active) & ~known, values, known)
    while (open_cells := crossed_cells(values < 0) & ~over_corners(np.logical_and, known)).any():
        _evaluate(field, ticks, corners_of(open_cells) & ~known, values, known)
    return values


def _coarsest_size(ticks: Sequence[Ticks], spacing: Spacings) -> float:
    """Return the size of a cell of the first pass: the longest side has 24 to 47 of them."""
    cells = max((len(axis) - 1) * step for axis, step in zip(ticks, spacing, strict=True))
    finest = float(spacing.max())
    size = finest
    while cells / (2.0 * size) >= _COARSEST_CELLS - 1e-6:
        size *= 2.0
    return size


def _steps(spacing: Spacings, size: float) -> NDArray[np.int64]:
    """Return for each axis the largest power of two of fine cells that stays within `size`."""
    exponents = np.floor(np.log2(np.maximum(size / spacing, 1.0)) + 1e-6)
    return np.asarray(2**exponents, dtype=np.int64)


def _lattices(ticks: Sequence[Ticks], steps: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    return [_lattice(len(axis) - 1, int(step)) for axis, step in zip(ticks, steps, strict=True)]


def _lattice(resolution: int, step: int) -> NDArray[np.int64]:
    """Return every `step`-th corner index and always the last, so the last cell may be thinner."""
    return np.append(np.arange(0, resolution, step), resolution)


def _chosen(ticks: Sequence[Ticks], index: list[NDArray[np.int64]]) -> list[Ticks]:
    return [axis[which] for axis, which in zip(ticks, index, strict=True)]


def _evaluate(
    field: Field, ticks: Sequence[Ticks], wanted: Mask, values: Values, known: Mask
) -> None:
    """Fill `values` and `known` in place where `wanted`."""
    flat = np.flatnonzero(wanted)
    for start in range(0, len(flat), _BATCH):
        chosen = flat[start : start + _BATCH]
        at = np.unravel_index(chosen, wanted.shape)
        points = np.stack([axis[i] for axis, i in zip(ticks, at, strict=True)], axis=1)
        answer = np.asarray(field(points), dtype=np.float32)
        if not np.isfinite(answer).all():
            raise NonFiniteError("the field returned NaN or infinity, so there is no surface")
        values.reshape(-1)[chosen] = answer
    known |= wanted


def _refined(
    active: Mask, values: Values, known: Mask, corners: int, axis: int
) -> tuple[Mask, Values, Mask]:
    """Carry cells and corners over to the lattice with half the step along one axis.

    That lattice has `corners` corners along the axis. A new corner takes the value of a corner of
    the coarse cell in which it lies.
    """
    active = np.repeat(active, 2, axis=axis).take(np.arange(corners - 1), axis=axis)
    at = np.arange(corners)
    source = np.minimum((at + 1) // 2, values.shape[axis] - 1)
    old = (at % 2 == 0) | (at == corners - 1)
    values, known = values.take(source, axis=axis), known.take(source, axis=axis)
    np.moveaxis(known, axis, 0)[~old] = False
    return active, values, known
