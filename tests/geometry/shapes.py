"""Solids and ways to break them, for the tests of the gate and of the repairs."""

import numpy as np
import trimesh


def box(size=(20.0, 20.0, 20.0), at=(0.0, 0.0, 0.0)):
    """A box on the bed, its lowest corner at `at`."""
    solid = trimesh.creation.box(size)
    solid.apply_translation(np.array(size) / 2.0 + at)
    return solid


def ball(radius=10.0, at=(0.0, 0.0, 0.0), subdivisions=3):
    solid = trimesh.creation.icosphere(subdivisions=subdivisions, radius=radius)
    solid.apply_translation(at)
    return solid


def turned(mesh):
    """Inside out."""
    return trimesh.Trimesh(mesh.vertices, mesh.faces[:, ::-1], process=False)


def without_faces(mesh, numbers):
    return trimesh.Trimesh(mesh.vertices, np.delete(mesh.faces, numbers, axis=0), process=False)


def together(*meshes):
    """Side by side in one mesh, nothing united."""
    return trimesh.util.concatenate(list(meshes))


def bow_tie():
    """Two tetrahedra that touch in one corner."""
    corners = np.array([[0, 0, 0], [10, 0, 0], [0, 10, 0], [0, 0, 10]], dtype=float)
    one = trimesh.Trimesh(corners, [[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], process=False)
    two = trimesh.Trimesh(-corners, one.faces[:, ::-1], process=False)
    return together(one, two)


def spindle():
    """A torus whose tube is thicker than its ring: one closed shell that crosses itself."""
    return trimesh.creation.torus(5.0, 8.0, major_sections=24, minor_sections=12)


def cup(height=30.0):
    """A box of 1.6 mm walls without a lid: closed and solid."""
    outer = box((24.0, 24.0, height))
    inner = box((20.8, 20.8, height), at=(1.6, 1.6, 1.6))
    return trimesh.boolean.difference([outer, inner], engine="manifold")
