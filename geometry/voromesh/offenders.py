"""Which faces of a mesh spoil it, and which must be looked at again when some have moved."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geometry.gate.self_intersection import self_intersections

Points = NDArray[np.float64]
Faces = NDArray[np.int64]
Mask = NDArray[np.bool_]


def offenders(vertices: Points, faces: Faces, suspects: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return those of the faces `suspects` that have no area, or meet another one of them.

    The test is exact for vertices (V, 3) that hold float32 values.
    """
    corners = vertices[faces[suspects]]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat = suspects[~cross.any(axis=1)]
    pairs = self_intersections(vertices, faces[suspects], enough=1_000_000).pairs
    return np.union1d(flat, suspects[pairs.reshape(-1)])


def near(vertices: Points, faces: Faces, changed: Mask) -> NDArray[np.int64]:
    """Return the changed faces (F,) and all whose bounding spheres meet theirs."""
    corners = vertices[faces]
    centres = corners.mean(axis=1)
    radii = np.sqrt(np.square(corners - centres[:, None]).sum(axis=2).max(axis=1))
    # Changed faces move again before the test, by no more than they already have.
    reach = 2.0 * radii[changed] + 2.0 * float(np.quantile(radii, 0.99))
    chosen = changed | (radii > np.quantile(radii, 0.99))
    for hits in cKDTree(centres).query_ball_point(centres[changed], reach):
        chosen[hits] = True
    return np.flatnonzero(chosen)
