"""Mesh the zero set of samples on a grid; the mesh is closed and manifold for any values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import trimesh
from numpy.typing import NDArray
from skimage.measure import marching_cubes

from caddis.geometry.errors import NoSurfaceError

Ticks = NDArray[np.float64]
_MARGIN = 0.02  # a vertex stays this share of a cell away from the grid's corners


def mesh_from_grid(values: NDArray[np.float32], bound: float) -> trimesh.Trimesh:
    """Mesh signed-distance samples on a regular grid that begins at -bound on every axis.

    Args:
        values: (X, Y, Z) samples, indexed [x, y, z], negative inside.
        bound: The last sample along x lies there; the spacing is the same along all axes.

    Returns:
        A closed outward oriented mesh as `mesh_on_ticks` makes it.

    Raises:
        NoSurfaceError: The samples do not change sign.
    """
    spacing = 2.0 * bound / (len(values) - 1)
    ticks = [np.arange(count, dtype=np.float64) * spacing - bound for count in values.shape]
    return mesh_on_ticks(values, ticks)


def mesh_on_ticks(
    values: NDArray[np.float32],
    ticks: Sequence[Ticks],
    *,
    mirrored: tuple[bool, bool, bool] = (False, False, False),
) -> trimesh.Trimesh:
    """Mesh signed-distance samples on a grid with ticks of its own along each axis.

    The triangles depend on the signs alone, through Lorensen's table, which is
    consistent on every face that two cells share; so the mesh is closed and edge and
    vertex manifold for any values, ties and zeros included (a test goes through all
    sign patterns of two neighbouring cells). Each vertex lies on a grid edge, placed
    by linear interpolation and kept `_MARGIN` of a cell away from both ends: no two
    vertices coincide and no face degenerates, in float32 either.

    Args:
        values: (X, Y, Z) samples, negative inside.
        ticks: X, Y and Z increasing coordinates.
        mirrored: Along which axes the solid is cut open at the first tick, because its mirror
            image beyond that tick's plane is to be added. Vertices there keep exactly the
            coordinate of the tick.

    Returns:
        An outward oriented mesh, vertices (V, 3) float64, closed but for those planes. Where
        the solid reaches the border of the grid elsewhere it is cut flat there.

    Raises:
        NoSurfaceError: The samples do not change sign.
    """
    inside = closed_inside(values, mirrored)
    signs = np.where(inside, np.float32(-1.0), np.float32(1.0))
    corners, faces, _, _ = marching_cubes(  # type: ignore[no-untyped-call]
        signs, 0.0, method="lorensen", gradient_direction="descent", allow_degenerate=True
    )
    vertices = _interpolated(corners.astype(np.float64), values, inside, ticks)
    return trimesh.Trimesh(vertices, faces.astype(np.int64), process=False)


def closed_inside(values: NDArray[np.floating], open_at: Sequence[bool]) -> NDArray[np.bool_]:
    """Return which samples are inside, with the border of the grid set outside.

    Args:
        values: Samples in any number D of dimensions, negative inside.
        open_at: D flags: the first samples along these axes stay as they are.

    Raises:
        NoSurfaceError: The samples do not change sign.
    """
    inside = values < 0
    if inside.all() or not inside.any():
        side = "inside" if inside.all() else "outside"
        raise NoSurfaceError(f"the field never changes sign: every sample is {side}")
    for axis, is_open in enumerate(open_at):
        border = np.moveaxis(inside, axis, 0)
        border[-1] = False
        border[0] &= is_open
    if not inside.any():
        raise NoSurfaceError("the field is inside only on the border of its box")
    return np.asarray(inside)


def _interpolated(
    midpoints: NDArray[np.float64],
    values: NDArray[np.float32],
    inside: NDArray[np.bool_],
    ticks: Sequence[Ticks],
) -> NDArray[np.float64]:
    """Return where the field is zero on the grid edges with given middles (V, 3) in cells."""
    axis = np.abs(midpoints - np.round(midpoints)).argmax(axis=1)
    rows = np.arange(len(midpoints))
    low = np.round(midpoints).astype(np.int64)
    low[rows, axis] = np.floor(midpoints[rows, axis]).astype(np.int64)
    high = low.copy()
    high[rows, axis] += 1
    at_low, at_high = (_clamped(values, inside, corner) for corner in (low, high))
    start, end = (
        np.stack([along[index] for along, index in zip(ticks, corner.T, strict=True)], axis=1)
        for corner in (low, high)
    )
    first, last = start[rows, axis], end[rows, axis]
    margin = _MARGIN * (last - first)
    # Written so that a mirrored edge gives the mirrored zero, to the last bit.
    zero = (first * at_high - last * at_low) / (at_high - at_low)
    start[rows, axis] = np.clip(zero, first + margin, last - margin)
    return np.asarray(start)


def _clamped(
    values: NDArray[np.float32], inside: NDArray[np.bool_], corner: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the values at corners (V, 3), raised to zero where the border was set outside."""
    index = tuple(corner.T)
    chosen = values[index].astype(np.float64)
    return np.asarray(np.where(inside[index], chosen, np.maximum(chosen, 0.0)))
