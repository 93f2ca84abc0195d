"""Meshes to and from manifold3d: the one place where its solids are built from arrays."""

from __future__ import annotations

import manifold3d
import numpy as np
import trimesh
from numpy.typing import ArrayLike

from caddis.geometry.errors import NotSolidError


def to_manifold(mesh: trimesh.Trimesh) -> manifold3d.Manifold:
    """Hand a mesh to manifold3d.

    Raises:
        NotSolidError: It is not a closed manifold.
    """
    if not _every_edge_has_its_reverse(mesh):  # the library can crash on open meshes
        raise NotSolidError("not a manifold: an edge without a face at its other side")
    manifold = unchecked_manifold(mesh.vertices, mesh.faces)
    if manifold.status() != manifold3d.Error.NoError or manifold.is_empty():
        raise NotSolidError(f"not a manifold: {manifold.status().name}")
    return manifold


def unchecked_manifold(
    vertices: ArrayLike, faces: ArrayLike, *, single: bool = False
) -> manifold3d.Manifold:
    """Hand arrays to manifold3d as they are; ask `status()` whether it could take them.

    Args:
        vertices: (V, 3).
        faces: (F, 3).
        single: Take the vertices for float32 values: manifold3d's tolerance is then that of
            float32, which decides what it counts as touching.
    """
    # Copies, because the library refuses arrays that may not be written to.
    if single:
        return manifold3d.Manifold(
            manifold3d.Mesh(np.array(vertices, np.float32), np.array(faces, np.uint32))
        )
    return manifold3d.Manifold(
        manifold3d.Mesh64(np.array(vertices, np.float64), np.array(faces, np.uint64))
    )


def from_manifold(manifold: manifold3d.Manifold) -> trimesh.Trimesh:
    """Take a mesh back from manifold3d, vertices float64, faces int64."""
    mesh = manifold.to_mesh64()
    vertices = np.asarray(mesh.vert_properties, dtype=np.float64)[:, :3]
    return trimesh.Trimesh(vertices, np.asarray(mesh.tri_verts, dtype=np.int64), process=False)


def _every_edge_has_its_reverse(mesh: trimesh.Trimesh) -> bool:
    faces = np.asarray(mesh.faces, dtype=np.int64)
    start, end = faces.reshape(-1), np.roll(faces, -1, axis=1).reshape(-1)
    count = len(mesh.vertices)
    return bool(np.array_equal(np.sort(start * count + end), np.sort(end * count + start)))
