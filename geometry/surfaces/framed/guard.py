"""Take back moves of vertices that would break a sound mesh."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.surfaces.framed.planes import Plane
from caddis.geometry.triangles import corners, doubled_normals

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

_SLIVER = 1e-3  # of the mean area of a face: smaller ones are taken back
_UPRIGHT = 0.1  # a face has turned over if its cosine with its plane is at most this
_CLOSE = 0.002  # faces this near to another plane are tested for intersections
_ENOUGH = 1000  # the search stops at so many intersecting pairs and may miss others
_ROUNDS, _SEARCHES = 60, 5


def guarded(
    part: trimesh.Trimesh,
    wishes: Sequence[Floats],
    region: Indices,
    planes: list[Plane],
    mirrored: tuple[bool, bool, bool],
) -> trimesh.Trimesh:
    """Return a mesh with its vertices moved as far as it stays sound.

    Vertices go back to their next best places, at last to their old ones, where a face turned over
    or lost its area, where they left their side of a mirror plane, and where two faces meet.

    Args:
        part: A mesh without self-intersections.
        wishes: Arrays (V, 3): the best places of its vertices, the second best and so on.
        region: (F,) the plane of each face or -1.
        planes: The planes.
        mirrored: Along which axes coordinates must stay >= 0.

    Returns:
        The same faces on new vertices, which hold float32 values.
    """
    faces = np.asarray(part.faces)
    moves = _Moves([*wishes, np.asarray(part.vertices)], mirrored)
    searched: Floats | None = None
    for _ in range(_SEARCHES):
        _turn_upright(faces, region, planes, moves)
        if searched is None:
            suspects = _suspects(faces, region, planes, moves)
        else:  # all others are already known not to meet
            suspects = (moves.places != searched).any(axis=1)[faces].any(axis=1)
        if not suspects.any():
            break
        found = self_intersections(moves.places, faces, moved=suspects, enough=_ENOUGH)
        if not len(found.pairs):
            break
        searched = moves.places.copy() if len(found.pairs) < _ENOUGH and found.complete else None
        moves.step_back(faces[found.pairs.reshape(-1)])
    else:
        moves.places = moves.before
    return trimesh.Trimesh(moves.places, faces, process=False)


class _Moves:
    """The places of vertices, and the places that they fall back to.

    Attributes:
        places: (V, 3) float64 that hold float32 values, the current places.
        before: (V, 3) the last of the wishes, which are the old places.
    """

    def __init__(self, wishes: list[Floats], mirrored: tuple[bool, bool, bool]) -> None:
        self._wishes = np.stack(wishes).astype(np.float32).astype(np.float64)
        self._step = np.zeros(len(wishes[0]), dtype=np.int64)
        self.before = self._wishes[-1]
        self.places = self._wishes[0].copy()
        for axis in np.flatnonzero(mirrored):
            beyond = (self._wishes[:, :, axis] <= 0.0) & (self.before[:, axis] > 0.0)
            self._step[beyond.any(axis=0)] = len(wishes) - 1
        self._update(np.flatnonzero(self._step))

    @property
    def moved(self) -> Mask:
        """(V,) bool, the vertices that are not at their old places."""
        return np.asarray((self.places != self.before).any(axis=1))

    def step_back(self, vertices: Indices) -> None:
        """Move vertices (numbers in an array of any shape) to their next best places."""
        which = np.unique(vertices)
        self._step[which] = np.minimum(self._step[which] + 1, len(self._wishes) - 1)
        self._update(which)

    def _update(self, which: Indices) -> None:
        self.places[which] = self._wishes[self._step[which], which]


def _turn_upright(faces: Indices, region: Indices, planes: list[Plane], moves: _Moves) -> None:
    """Step vertices back until no face is turned over or has vanished."""
    old = doubled_normals(corners(moves.before, faces))
    length = np.linalg.norm(old, axis=1)
    normals = np.array([plane.normal for plane in planes])
    own = old / np.maximum(length, 1e-30)[:, None]
    wanted = np.where((region >= 0)[:, None], normals[np.maximum(region, 0)], own)
    rows = np.flatnonzero(moves.moved[faces].any(axis=1))
    for _ in range(_ROUNDS):
        new = doubled_normals(corners(moves.places, faces[rows]))
        size = np.linalg.norm(new, axis=1)
        turned = (new * wanted[rows]).sum(axis=1) <= _UPRIGHT * size
        bad = rows[(size < _SLIVER * length.mean()) | turned]
        bad = bad[moves.moved[faces[bad]].any(axis=1)]
        if not len(bad):
            return
        far = np.abs(moves.places - moves.before).sum(axis=1)[faces[bad]]
        moves.step_back(faces[bad, far.argmax(axis=1)])
    moves.places = moves.before


def _suspects(faces: Indices, region: Indices, planes: list[Plane], moves: _Moves) -> Mask:
    """Return which moved faces (F,) may meet another.

    Faces that lie in one plane and have not turned over do not meet each other. Faces may meet
    others if they are near to a second plane, have no plane, or have corners outside their plane.
    """
    normals = np.array([plane.normal for plane in planes])
    offsets = np.array([plane.offset for plane in planes])
    height = np.abs(moves.places @ normals.T - offsets)
    owned = np.maximum(region, 0)
    lies = (region >= 0) & (height[faces, owned[:, None]] < 1e-6).all(axis=1)
    close = height < _CLOSE
    several = (close.sum(axis=1) > 1)[faces].any(axis=1)
    shifted = moves.moved[faces].any(axis=1)
    return np.asarray(shifted & (~lies | several))
