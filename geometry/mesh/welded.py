"""The mesh as a file holds it: float32 coordinates, equal positions merged.

An STL has no vertex list: every reader rebuilds it by merging equal float32 positions. Two
vertices that differ in memory but not in the file become one there, which can collapse faces
and pinch surfaces together, so the gate judges this mesh and not the one in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError, NonFiniteError
from caddis.geometry.triangles import corners, doubled_areas

_Real = TypeVar("_Real", np.float32, np.float64)


@dataclass(frozen=True)
class Welded:
    """A mesh as its file holds it.

    Attributes:
        vertices: (V, 3) float64 that hold float32 values, mm; no two are equal, all are used.
        faces: (F, 3) int64, three different corners each.
        collapsed: Number of faces that were dropped because rounding made two corners equal.
    """

    vertices: NDArray[np.float64]
    faces: NDArray[np.int64]
    collapsed: int

    @property
    def corners(self) -> NDArray[np.float64]:
        """(F, 3, 3) corner positions."""
        return corners(self.vertices, self.faces)

    @property
    def doubled_areas(self) -> NDArray[np.float64]:
        """(F,) twice the area of each face, mm2."""
        return doubled_areas(self.corners)


def weld(mesh: trimesh.Trimesh) -> Welded:
    """Round to float32, merge equal positions, drop the faces that collapse.

    Raises:
        EmptyMeshError: No faces, or all of them collapse.
        NonFiniteError: NaN or infinite coordinates, or coordinates too large for float32.
    """
    faces = np.asarray(mesh.faces, dtype=np.int64)
    if len(faces) == 0:
        raise EmptyMeshError("the mesh has no faces", "", "Give one with faces.")
    with np.errstate(over="ignore"):
        # Adding 0 turns -0 into 0, so that both have the same bytes.
        rounded = np.asarray(mesh.vertices).astype(np.float32) + np.float32(0)
    if not np.isfinite(rounded[faces]).all():
        raise NonFiniteError(
            "the mesh has coordinates that are not finite numbers", "", "Export it again."
        )
    vertices, merged = _unique_rows(rounded)
    faces = merged[faces]
    kept = faces[has_three_corners(faces)]
    if len(kept) == 0:
        raise EmptyMeshError("no face of the mesh has an area", "", "Check its unit and scale.")
    used, kept_flat = np.unique(kept, return_inverse=True)
    return Welded(
        vertices[used].astype(np.float64), kept_flat.reshape(-1, 3), len(faces) - len(kept)
    )


def merge_equal_vertices(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    """Merge vertices with exactly equal coordinates and drop faces that collapse.

    Vertices keep the order of their first occurrence; unlike in `weld` they are not rounded.
    """
    vertices, merged = _unique_rows(np.asarray(mesh.vertices, dtype=np.float64))
    faces = merged[np.asarray(mesh.faces)]
    return trimesh.Trimesh(vertices, faces[has_three_corners(faces)], process=False)


def has_three_corners(faces: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which faces (F, 3) have three different corners."""
    first, second, third = faces.T
    return np.asarray((first != second) & (second != third) & (third != first))


def _unique_rows(rows: NDArray[_Real]) -> tuple[NDArray[_Real], NDArray[np.int64]]:
    """Unique rows in order of first appearance, and the new index of every old row."""
    order = np.lexsort(rows.T)  # stable: the first of a run of equal rows appears first
    ordered = rows[order]
    is_first = np.append(True, (ordered[1:] != ordered[:-1]).any(axis=1))
    first = order[is_first]
    rank = np.argsort(np.argsort(first))
    merged = np.zeros(len(rows), dtype=np.int64)
    merged[order] = rank[np.cumsum(is_first) - 1]
    return rows[np.sort(first)], merged
