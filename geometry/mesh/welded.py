"""The mesh as a file holds it: float32 coordinates, equal positions merged.

An STL has no vertex list: every reader rebuilds it by merging equal float32 positions. Two
vertices that differ in memory but not in the file become one there, which can collapse faces
and pinch surfaces together, so the gate judges this mesh and not the one in memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError, NonFiniteError


@dataclass(frozen=True)
class Welded:
    """A mesh as its file holds it.

    Attributes:
        vertices: (V, 3) float64 that hold float32 values, mm; no two are equal, all are used.
        faces: (F, 3) int64, three different corners each.
        collapsed: How many faces of the input have two equal corners in the file.
    """

    vertices: NDArray[np.float64]
    faces: NDArray[np.int64]
    collapsed: int

    @property
    def corners(self) -> NDArray[np.float64]:
        """(F, 3, 3) corner positions."""
        corners: NDArray[np.float64] = self.vertices[self.faces]
        return corners

    @property
    def doubled_areas(self) -> NDArray[np.float64]:
        """(F,) twice the area of each face, mm2."""
        corners = self.corners
        cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        areas: NDArray[np.float64] = np.linalg.norm(cross, axis=1)
        return areas


def weld(mesh: trimesh.Trimesh) -> Welded:
    """Round to float32, merge equal positions, drop the faces that collapse.

    Raises:
        EmptyMeshError: No faces, or none that is left.
        NonFiniteError: NaN or infinite coordinates, or ones beyond float32.
    """
    faces = np.asarray(mesh.faces, dtype=np.int64)
    if len(faces) == 0:
        raise EmptyMeshError("the mesh has no faces", "", "Give one with faces.")
    with np.errstate(over="ignore"):
        # Adding 0 turns -0 into 0: both are the same place.
        rounded = np.asarray(mesh.vertices).astype(np.float32) + np.float32(0)
    if not np.isfinite(rounded[faces]).all():
        raise NonFiniteError(
            "the mesh has coordinates that are not finite numbers", "", "Export it again."
        )
    vertices, merged = _unique_rows(rounded)
    faces = merged[faces]
    first, second, third = faces.T
    kept = faces[(first != second) & (second != third) & (third != first)]
    if len(kept) == 0:
        raise EmptyMeshError(
            "no face of the mesh has an area", "", "Is it scaled to almost nothing?"
        )
    used, kept_flat = np.unique(kept, return_inverse=True)
    return Welded(
        vertices[used].astype(np.float64), kept_flat.reshape(-1, 3), len(faces) - len(kept)
    )


def _unique_rows(rows: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Unique rows in order of first appearance, and the new index of every old row."""
    order = np.lexsort(rows.T)
    ordered = rows[order]
    fresh = np.ones(len(rows), dtype=bool)
    fresh[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    group = np.cumsum(fresh) - 1
    first = np.full(group[-1] + 1, len(rows), dtype=np.int64)
    np.minimum.at(first, group, order)
    rank = np.argsort(np.argsort(first))
    merged = np.zeros(len(rows), dtype=np.int64)
    merged[order] = rank[group]
    return rows[np.sort(first)], merged
