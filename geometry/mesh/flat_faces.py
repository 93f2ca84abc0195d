"""Remove faces whose corners are collinear by flipping edges, without moving the surface.

A boolean union leaves such a flat face where a corner of one face lies on the edge of another;
it keeps the mesh closed there. The surface is valid, but every face around that corner touches
the face on the other side of the flat one, which counts as a self-intersection. Flipping the
longest edge of the flat face splits that other face at the corner: the surface stays the same,
and both faces have an area.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.mesh.predicates import orient2d
from caddis.geometry.triangles import corners, doubled_areas

Faces = NDArray[np.int64]
_ROUNDS = 20


def without_flat_faces(vertices: NDArray[np.float64], faces: Faces) -> Faces:
    """Flip the longest edge of each flat face, repeatedly, until no flip is possible.

    Args:
        vertices: (V, 3) float64 that hold float32 values.
        faces: (F, 3) int64.

    Returns:
        (F, 3) faces of the same surface. A flat face remains if the face across its longest
        edge is flat too, or if that edge does not have exactly two faces.
    """
    flat = _flat(vertices, faces, np.arange(len(faces)))
    if not len(flat):
        return faces
    faces = faces.copy()
    for _ in range(_ROUNDS):
        changed = _flip(vertices, faces, flat)
        if not len(changed):
            break
        flat = np.union1d(np.setdiff1d(flat, changed), _flat(vertices, faces, changed))
    return faces


def _flat(vertices: NDArray[np.float64], faces: Faces, which: Faces) -> Faces:
    """Return those of the faces `which` whose corners are exactly collinear."""
    triangles = corners(vertices, faces[which])
    a, b, c = triangles.transpose(1, 0, 2)
    area = doubled_areas(triangles)
    size = np.maximum(((b - a) ** 2).sum(axis=1), ((c - a) ** 2).sum(axis=1))
    rows = np.flatnonzero(area <= 1e-12 * size)  # a coarse filter; the test below is exact
    straight = np.ones(len(rows), dtype=bool)
    for axes in ([0, 1], [1, 2], [2, 0]):
        straight &= orient2d(*(corner[rows][:, axes] for corner in (a, b, c))) == 0
    found: Faces = which[rows[straight]]
    return found


def _flip(vertices: NDArray[np.float64], faces: Faces, flat: Faces) -> Faces:
    """Flip, in place, flat faces that do not share a neighbour; return the changed faces."""
    u, v, middle = _longest_edge_first(vertices, faces[flat])
    neighbour = _faces_with(faces, v, u)
    _, first = np.unique(neighbour, return_index=True)  # each neighbour takes part in one flip
    chosen = np.zeros(len(flat), dtype=bool)
    chosen[first] = True
    rows = np.flatnonzero(chosen & (neighbour >= 0) & ~np.isin(neighbour, flat))
    one, two = flat[rows], neighbour[rows]
    u, v, middle = u[rows], v[rows], middle[rows]
    tip = faces[two].sum(axis=1) - u - v
    faces[one] = np.stack([u, tip, middle], axis=1)
    faces[two] = np.stack([tip, v, middle], axis=1)
    return np.concatenate([one, two])


def _longest_edge_first(vertices: NDArray[np.float64], faces: Faces) -> tuple[Faces, Faces, Faces]:
    ends = np.roll(faces, -1, axis=1)
    longest = np.linalg.norm(vertices[faces] - vertices[ends], axis=2).argmax(axis=1)
    u, v, middle = np.take_along_axis(faces, (longest[:, None] + np.arange(3)) % 3, axis=1).T
    return u, v, middle


def _faces_with(faces: Faces, start: Faces, end: Faces) -> Faces:
    """Return the only face with each half-edge start -> end; -1 where there is not exactly one."""
    count = int(faces.max()) + 1
    keys = (faces * count + np.roll(faces, -1, axis=1)).reshape(-1)
    order = np.argsort(keys, kind="stable")
    wanted = start * count + end
    left = np.searchsorted(keys, wanted, side="left", sorter=order)
    right = np.searchsorted(keys, wanted, side="right", sorter=order)
    one = right - left == 1
    return np.where(one, order[np.minimum(left, len(order) - 1)] // 3, -1)
