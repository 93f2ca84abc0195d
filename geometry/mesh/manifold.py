"""Convert meshes to and from manifold3d; only this module builds its solids from arrays."""

from __future__ import annotations

import manifold3d
import numpy as np
import trimesh
from numpy.typing import ArrayLike

from caddis.geometry.errors import NotSolidError


def to_manifold(mesh: trimesh.Trimesh) -> manifold3d.Manifold:
    """Convert a mesh to a manifold3d solid.

    Raises:
        NotSolidError: The mesh is not a closed manifold.
    """
    if not _every_edge_has_its_reverse(mesh):  # the library can crash on open meshes
        raise NotSolidError("not a manifold: an edge has a face on one side only")
    manifold = unchecked_manifold(mesh.vertices, mesh.faces)
    if manifold.status() != manifold3d.Error.NoError or manifold.is_empty():
        raise NotSolidError(f"not a manifold: {manifold.status().name}")
    return manifold


def unchecked_manifold(
    vertices: ArrayLike, faces: ArrayLike, *, single: bool = False
) -> manifold3d.Manifold:
    """Build a manifold3d solid from unchecked arrays; its `status()` says whether they are valid.

    Args:
        vertices: (V, 3).
        faces: (F, 3).
        single: Store the vertices as float32. manifold3d then uses the tolerance of float32
            when it decides whether surfaces touch.
    """
    # Copies, because the library refuses read-only arrays.
    if single:
        return manifold3d.Manifold(
            manifold3d.Mesh(np.array(vertices, np.float32), np.array(faces, np.uint32))
        )
    return manifold3d.Manifold(
        manifold3d.Mesh64(np.array(vertices, np.float64), np.array(faces, np.uint64))
    )


def from_manifold(manifold: manifold3d.Manifold) -> trimesh.Trimesh:
    """Convert a manifold3d solid to a mesh; vertices float64, faces int64."""
    mesh = manifold.to_mesh64()
    vertices = np.asarray(mesh.vert_properties, dtype=np.float64)[:, :3]
    return trimesh.Trimesh(vertices, np.asarray(mesh.tri_verts, dtype=np.int64), process=False)


def _every_edge_has_its_reverse(mesh: trimesh.Trimesh) -> bool:
    faces = np.asarray(mesh.faces, dtype=np.int64)
    start, end = faces.reshape(-1), np.roll(faces, -1, axis=1).reshape(-1)
    count = len(mesh.vertices)
    return bool(np.array_equal(np.sort(start * count + end), np.sort(end * count + start)))
