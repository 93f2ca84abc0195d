"""Make a closed surface of the values on a grid, and drop shells without enough points."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from caddis.geometry.errors import NoSurfaceError, NotSolidError
from caddis.geometry.grid import Grid
from caddis.geometry.surfaces.marching_cubes import mesh_from_grid

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

_NEAR = 1.5  # spacings from a vertex within which a point supports it
_MIN_SHARE = 0.002  # of the points: fewer make a speck
_MIN_SUPPORT = 12  # points


def surface(values: NDArray[np.float32], lattice: Grid) -> trimesh.Trimesh:
    """Mesh the zero set by marching cubes, in canonical coordinates; closed and manifold.

    Raises:
        NotSolidError: The values do not change sign: the points enclose nothing.
    """
    try:
        mesh = mesh_from_grid(values, (values.shape[0] - 1) / 2.0)  # spacing 1, centred on x
    except NoSurfaceError as error:
        raise NotSolidError(
            "the points enclose nothing", "", "A flat or open scan has no inside."
        ) from error
    index = np.asarray(mesh.vertices) + (values.shape[0] - 1) / 2.0
    return trimesh.Trimesh(lattice.low + index * lattice.spacing, mesh.faces, process=False)


def supported(mesh: trimesh.Trimesh, points: Floats, spacing: float) -> trimesh.Trimesh:
    """Keep the largest shell and every other shell, cavities included, that points lie on.

    Another shell is kept under two conditions. At least 12 points, and 0.2 % of all, are within
    1.5 spacings of its vertices and nearer to it than to other shells; the points of a thin wall
    are thus not counted for a bubble inside the wall. And at least half of its vertices are within
    three spacings of a point.

    Args:
        mesh: A closed mesh.
        points: (N, 3) in the mesh's frame.
        spacing: Of the grid that the mesh comes from.

    Raises:
        NotSolidError: No shell has a volume.
    """
    faces = np.asarray(mesh.faces, dtype=np.int64)
    vertices = np.asarray(mesh.vertices)
    shell = _shells(faces, len(vertices))
    sizes = np.bincount(shell)
    kept = np.zeros(len(sizes), dtype=np.bool_)
    largest = int(sizes.argmax())
    kept[largest] = True
    rest = np.flatnonzero(shell != largest)
    if len(rest):
        distance, nearest = cKDTree(vertices).query(points, distance_upper_bound=_NEAR * spacing)
        touched = shell[nearest[np.isfinite(distance)]]
        support = np.bincount(touched, minlength=len(sizes))
        away, _ = cKDTree(points).query(vertices[rest], distance_upper_bound=2 * _NEAR * spacing)
        covered = np.bincount(shell[rest], weights=np.isfinite(away), minlength=len(sizes))
        enough = max(_MIN_SUPPORT, _MIN_SHARE * len(points))
        kept |= (support >= enough) & (covered >= 0.5 * sizes)
    chosen = faces[kept[shell[faces[:, 0]]]]
    used = np.zeros(len(vertices), dtype=np.bool_)
    used[chosen] = True
    result = trimesh.Trimesh(vertices[used], (np.cumsum(used) - 1)[chosen], process=False)
    if not result.volume > 0.0:
        raise NotSolidError("the points enclose nothing", "", "A flat or open scan has no inside.")
    return result


def _shells(faces: Indices, count: int) -> Indices:
    """Number the connected component of each vertex."""
    start, end = faces[:, [0, 1]].ravel(), faces[:, [1, 2]].ravel()
    links = coo_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1], dtype=np.int64)
