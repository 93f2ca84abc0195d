"""Finds the faces of a mesh that have faults, so that they can be shown in red."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.gate.walls import walls_under
from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.mesh.welded import weld

_MOST_CROSSING_FACES = 200_000


def faulty_faces(mesh: trimesh.Trimesh, min_wall_mm: float) -> dict[str, NDArray[np.bool_]]:
    """Return masks (F,) by kind of fault: "holes", "crossings" and "thin walls".

    Args:
        mesh: V vertices, F faces, mm.
        min_wall_mm: Walls below this are thin; measured under the middle of each face.
    """
    welded = weld(mesh)
    found = {
        "holes": _faces_at_bad_edges(mesh),
        "crossings": np.zeros(len(mesh.faces), dtype=bool),
        "thin walls": np.zeros(len(mesh.faces), dtype=bool),
    }
    if len(welded.faces) == len(mesh.faces):  # otherwise the indices of its faces differ
        if len(mesh.faces) <= _MOST_CROSSING_FACES:
            found["crossings"][
                np.unique(self_intersections(welded.vertices, welded.faces).pairs)
            ] = True
        if not found["holes"].any():
            middles = np.asarray(mesh.triangles_center, dtype=np.float64)
            normals = np.asarray(mesh.face_normals, dtype=np.float64)
            thickness, _ = walls_under(welded, middles, normals)
            found["thin walls"] = thickness < min_wall_mm
    return found


def _faces_at_bad_edges(mesh: trimesh.Trimesh) -> NDArray[np.bool_]:
    """Return a mask (F,) of faces that touch an end of an edge without exactly two faces."""
    _, edge_of, count = np.unique(
        np.sort(mesh.edges, axis=1), axis=0, return_inverse=True, return_counts=True
    )
    bad = count[edge_of] != 2
    return np.asarray(np.isin(mesh.faces, mesh.edges[bad]).any(axis=1))
