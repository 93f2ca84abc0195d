"""Remove short edges from a closed mesh, and check a mesh in float32 coordinates."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError, NonFiniteError
from caddis.geometry.mesh.clean import is_clean
from caddis.geometry.mesh.manifold import from_manifold, unchecked_manifold

Points = NDArray[np.float64]
Faces = NDArray[np.int64]


def without_short_edges(vertices: Points, faces: Faces, tolerance: float) -> trimesh.Trimesh:
    """Merge edges shorter than `tolerance`, and vertices that lie within it of their surface.

    manifold3d collapses an edge only where the surface stays closed and manifold and no
    triangle turns over.

    Args:
        vertices: (V, 3).
        faces: (F, 3) of a closed manifold mesh.
        tolerance: How far the surface may move, in the mesh's unit.

    Returns:
        A closed manifold mesh, which has no faces if the whole is smaller than the tolerance.
    """
    return from_manifold(unchecked_manifold(vertices, faces).simplify(tolerance))


def rounded(vertices: Points) -> Points:
    """Return vertices (V, 3) as float64 that hold the float32 values of a file."""
    with np.errstate(over="ignore"):
        return vertices.astype(np.float32).astype(np.float64)


def passes(mesh: trimesh.Trimesh) -> bool:
    """Tell whether the mesh, rounded to float32 and welded as STL is, is a clean solid."""
    try:
        return is_clean(mesh)
    except (EmptyMeshError, NonFiniteError):
        return False
