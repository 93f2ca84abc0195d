"""Signed distances to a solid, for many points at once."""

from __future__ import annotations

import logging

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import MissingDependencyError
from caddis.geometry.surfaces.poisson import open3d

_LOG = logging.getLogger(__name__)
_RAYS = 3


def solid_distance(mesh: trimesh.Trimesh, points: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return the exact signed distance to a solid, negative inside.

    As `geometry.field.SolidField`, but the sign is that of `inside`: three times as fast, and
    only right for meshes whose faces do not cross.

    Args:
        mesh: A closed mesh, faces outwards.
        points: (N, 3).

    Returns:
        (N,) float32.
    """
    squared = igl.point_mesh_squared_distance(
        np.ascontiguousarray(points, dtype=np.float64),
        np.array(mesh.vertices, dtype=np.float64), np.array(mesh.faces, dtype=np.int64),
    )[0]  # fmt: skip
    sign = np.where(inside(mesh, points), -1.0, 1.0)
    return np.asarray(sign * np.sqrt(np.asarray(squared).reshape(-1)), dtype=np.float32)


def inside(mesh: trimesh.Trimesh, points: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Tell which points lie inside a solid.

    Three rays from each point decide by how often they cross the surface, the majority counts
    (Open3D, whose loading needs system libraries). Where it cannot be loaded, generalised winding
    numbers decide (Barill et al. 2018), 17 times slower; on a solid both say the same.

    Args:
        mesh: A closed mesh, faces outwards, without faces that cross.
        points: (N, 3).

    Returns:
        (N,) bool.
    """
    vertices = np.asarray(mesh.vertices)
    faces = np.asarray(mesh.faces)
    try:
        loaded = open3d()
    except MissingDependencyError as error:
        _LOG.info("%s; winding numbers decide what is inside", error)
        winding = igl.fast_winding_number(
            np.array(vertices, dtype=np.float64), np.array(faces, dtype=np.int64),
            np.ascontiguousarray(points, dtype=np.float64),
        )  # fmt: skip
        return np.asarray(winding).reshape(-1) > 0.5
    tensor = loaded.core.Tensor
    scene = loaded.t.geometry.RaycastingScene(1)
    scene.add_triangles(tensor(vertices.astype(np.float32)), tensor(faces.astype(np.uint32)))
    queries = tensor(np.ascontiguousarray(points, dtype=np.float32))
    return np.asarray(scene.compute_occupancy(queries, nthreads=1, nsamples=_RAYS).numpy() > 0.5)
