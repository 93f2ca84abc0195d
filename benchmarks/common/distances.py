"""Distances from points to a surface, and the F-score of two surfaces."""

from __future__ import annotations

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def to_surface(points: Floats, mesh: trimesh.Trimesh) -> tuple[Floats, NDArray[np.int64]]:
    """Return the exact distance (N,) of points (N, 3) to a mesh, and the nearest face (N,)."""
    squared, face, _ = igl.point_mesh_squared_distance(
        points, np.array(mesh.vertices, dtype=np.float64), np.array(mesh.faces, dtype=np.int64)
    )
    distance = np.sqrt(np.asarray(squared, dtype=np.float64).ravel().clip(min=0.0))
    return distance, np.asarray(face, dtype=np.int64).ravel()


def f_score(forth: Floats, back: Floats, tau: float) -> float:
    """Return the F-score of distances from each of two surfaces to the other one."""
    precision, recall = float((forth < tau).mean()), float((back < tau).mean())
    both = precision + recall
    return 2.0 * precision * recall / both if both else 0.0
