"""A coarse surface that is clean by construction, used when all else fails."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray
from skimage.measure import marching_cubes

from caddis.geometry.errors import NoSurfaceError
from caddis.geometry.field import Field

_FINEST_BITS = 20  # of a float32's 24: log2 of the largest coordinate over the grid's step


def midpoint_surface(
    field: Field, low: NDArray[np.float64], high: NDArray[np.float64], cells: int
) -> trimesh.Trimesh:
    """March the signs of a field on a grid, with each vertex at the middle of its grid edge.

    The grid's step is a power of two and its corners are multiples of it, so every vertex
    is a float32 exactly. Two neighbouring cells draw the same lines on their common face
    (Lorensen's table), and a test shows that no faces cross in any of the 256 cases of a cell.
    So there is neither rounding nor a crossing.

    Args:
        field: Negative inside.
        low: (3,) lowest corner of a box that holds the solid.
        high: (3,) highest corner.
        cells: About how many cells along the longest side.

    Raises:
        NoSurfaceError: No corner of the grid lies inside.
    """
    extent = float((high - low).max())
    farthest = max(float(np.abs(low).max()), float(np.abs(high).max()), extent)
    step = 2.0 ** np.ceil(np.log2(max(extent / cells, farthest * 2.0**-_FINEST_BITS)))
    first = np.floor(low / step).astype(np.int64) - 1
    last = np.ceil(high / step).astype(np.int64) + 1
    axes = [np.arange(a, b + 1) * step for a, b in zip(first, last, strict=True)]
    corners = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    inside = (np.asarray(field(corners.reshape(-1, 3))) < 0).reshape(corners.shape[:3])
    for axis in range(3):
        np.moveaxis(inside, axis, 0)[[0, -1]] = False
    if not inside.any():
        raise NoSurfaceError("the solid is smaller than a step of the grid")
    signs = np.where(inside, np.float32(-1.0), np.float32(1.0))
    vertices, faces, _, _ = marching_cubes(  # type: ignore[no-untyped-call]
        signs, 0.0, method="lorensen", gradient_direction="descent", allow_degenerate=True
    )
    halves = np.round(2.0 * vertices.astype(np.float64))
    return trimesh.Trimesh(
        (2 * first + halves) * (step / 2.0), faces.astype(np.int64), process=False
    )
