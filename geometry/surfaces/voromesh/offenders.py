"""Find faces that meet others or have no area, and the faces to test again after a movement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.triangles import centroids, corners, doubled_normals

Points = NDArray[np.float64]
Faces = NDArray[np.int64]
Mask = NDArray[np.bool_]


def offenders(vertices: Points, faces: Faces, suspects: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return those faces that have no area, or meet another one.

    Meeting is tested exactly for vertices that hold float32 values.

    Args:
        vertices: (V, 3).
        faces: (F, 3).
        suspects: (S,) numbers of the faces to test; the others are assumed to be sound.

    Returns:
        Sorted face numbers (B,).
    """
    normals = doubled_normals(corners(vertices, faces[suspects]))
    flat = suspects[~normals.any(axis=1)]
    pairs = self_intersections(vertices, faces[suspects], enough=1_000_000).pairs
    return np.union1d(flat, suspects[pairs.reshape(-1)])


def near(vertices: Points, faces: Faces, changed: Mask) -> NDArray[np.int64]:
    """Return the numbers of the faces `changed` (F,) and of all that they may reach.

    These are the faces whose bounding spheres meet theirs, with room for a movement by as much as
    a face's size.
    """
    triangles = corners(vertices, faces)
    centres = centroids(triangles)
    radii = np.sqrt(np.square(triangles - centres[:, None]).sum(axis=2).max(axis=1))
    reach = 2.0 * radii[changed] + 2.0 * float(np.quantile(radii, 0.99))
    chosen = changed | (radii > np.quantile(radii, 0.99))
    for hits in cKDTree(centres).query_ball_point(centres[changed], reach):
        chosen[hits] = True
    return np.flatnonzero(chosen)
