"""Find faces of a mesh that meet outside the corners and edges that they share.

No library served: manifold3d and trimesh have no such test; that of libigl needs CGAL (GPL),
and its triangle test without CGAL rounds; pymeshlab is GPL. This test is exact for the float32
values that a file holds (see predicates.py), needs only numpy and takes about 0.2 s for 20,000
faces on one core. Faces that touch count as meeting, as in CGAL's `does_self_intersect`, so a
mesh that passes is an embedded surface without any tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.mesh.box_pairs import overlapping_pairs
from caddis.geometry.mesh.predicates import orient2d, orient3d
from caddis.geometry.mesh.separating_planes import Planes, planes_of
from caddis.geometry.triangles import doubled_normals

Corners = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]
Signs = NDArray[np.int8]
Edge = tuple[int, int]

# Row k: the two axes onto which a triangle is projected if its normal is longest along axis k.
_FLAT_AXES = np.array([[1, 2], [2, 0], [0, 1]])


@dataclass(frozen=True)
class SelfIntersections:
    """Result of the search: (M, 2) pairs of faces, and whether every candidate was tested."""

    pairs: Indices
    complete: bool


def self_intersections(
    vertices: Corners,
    faces: Indices,
    *,
    moved: Mask | None = None,
    enough: int = 1000,
    most_candidates: int = 15_000_000,
) -> SelfIntersections:
    """Find pairs of faces that meet outside the corners and edges that they share.

    Faces without area are skipped. Call `without_flat_faces` first: it turns most of them into
    faces that have an area.

    Args:
        vertices: (V, 3) float64 that hold float32 values, equal positions merged.
        faces: (F, 3) int64 with three different corners each.
        moved: (F,) bool, faces that have moved. Only pairs with at least one of them are tested,
            which saves most of the time if few faces of a clean surface have moved. None tests
            all pairs.
        enough: Stop after about this many pairs; one is already too many.
        most_candidates: Stop after this many pairs of overlapping boxes, which bounds the
            time on adversarial input (10 per face are usual, so 1.5M faces are still searched
            completely).

    Returns:
        The sorted pairs, first < second; `complete` is False if the search stopped early.
    """
    corners = vertices[faces]
    solid = np.flatnonzero(doubled_normals(corners).any(axis=1))
    if not len(solid):
        return SelfIntersections(np.zeros((0, 2), dtype=np.int64), complete=True)
    low = corners[solid].min(axis=1).astype(np.float32)
    high = corners[solid].max(axis=1).astype(np.float32)
    planes = planes_of(vertices, faces)
    found: list[Indices] = []
    seen = count = 0
    complete = True
    for candidates in overlapping_pairs(low, high):
        pairs = solid[candidates]
        if moved is not None:
            pairs = pairs[moved[pairs].any(axis=1)]
        hits = pairs[_meet(planes, vertices, faces, pairs)]
        found.append(hits)
        seen += len(pairs)
        count += len(hits)
        if count >= enough or seen >= most_candidates:
            complete = False
            break
    pairs = np.concatenate([np.zeros((0, 2), dtype=np.int64), *found])
    return SelfIntersections(pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))], complete)


def _meet(planes: Planes, vertices: Corners, faces: Indices, pairs: Indices) -> Mask:
    """Tell for each pair (M,) whether its faces meet outside their shared corners and edges."""
    hits = np.zeros(len(pairs), dtype=bool)
    near = np.flatnonzero(_may_meet(planes, *pairs.T))
    one, two = faces[pairs[near, 0]], faces[pairs[near, 1]]
    same = one[:, :, None] == two[:, None, :]  # (M, 3, 3): corner i of one is corner j of two
    shared = same.sum(axis=(1, 2))
    hits[near] = shared == 3  # the same face twice
    for count, test in ((0, _meet_unconnected), (1, _meet_at_corner), (2, _meet_at_edge)):
        rows = np.flatnonzero(shared == count)
        if len(rows):
            hits[near[rows]] = test(vertices, one[rows], two[rows], same[rows])
    return hits


def _may_meet(planes: Planes, first: Indices, second: Indices) -> Mask:
    """Tell for each pair (M,) whether neither face's plane separates the two faces."""
    one, two = planes.faces[:, first], planes.faces[:, second]
    in_two = np.stack([(corner == one).any(axis=0) for corner in two])  # (3, M)
    in_one = np.stack([(corner == two).any(axis=0) for corner in one])
    left = np.flatnonzero(~planes.separate(first, second, in_two) | in_two.all(axis=0))
    apart = planes.separate(second[left], first[left], in_one[:, left])
    may = np.zeros(len(first), dtype=bool)
    may[left] = ~apart | in_two[:, left].all(axis=0)
    return may


def _meet_unconnected(vertices: Corners, one: Indices, two: Indices, _same: Mask) -> Mask:
    """Faces without a common corner meet if an edge of either meets the other face."""
    return _edges_meet(vertices, one, two, (0, 1, 2), ((0, 1), (1, 2), (2, 0)))


def _meet_at_corner(vertices: Corners, one: Indices, two: Indices, same: Mask) -> Mask:
    """Faces with one common corner meet elsewhere if the edge opposite it meets the other face."""
    one = _rolled(one, same.any(axis=2).argmax(axis=1))
    two = _rolled(two, same.any(axis=1).argmax(axis=1))
    return _edges_meet(vertices, one, two, (1, 2), ((1, 2),))


def _edges_meet(
    vertices: Corners, one: Indices, two: Indices, free: Sequence[int], edges: Sequence[Edge]
) -> Mask:
    """Tell for each pair (M,) whether one of the `edges` of either face meets the other face.

    Args:
        vertices: (V, 3).
        one: (M, 3) faces.
        two: (M, 3) faces.
        free: The corners that are not shared; a shared one lies in both planes.
        edges: Pairs of corners; these edges of both faces are tested.
    """
    hits = np.zeros(len(one), dtype=bool)
    sides_of_two = _sides(vertices, one, two, free)
    rows = np.flatnonzero(_straddles(sides_of_two, free))
    sides_of_one = np.zeros((3, len(rows)), dtype=np.int8)
    tilted = np.flatnonzero(sides_of_two[:, rows].any(axis=0))  # coplanar faces keep zeros
    tilted_rows = rows[tilted]
    sides_of_one[:, tilted] = _sides(vertices, two[tilted_rows], one[tilted_rows], free)
    both = _straddles(sides_of_one, free)
    rows, sides_of_one = rows[both], sides_of_one[:, both]
    for face, other, sides in ((one, two, sides_of_two[:, rows]), (two, one, sides_of_one)):
        for i, j in edges:
            left = np.flatnonzero(~hits[rows])
            some = rows[left]
            p, q = vertices[other[some, i]], vertices[other[some, j]]
            ends = sides[i, left], sides[j, left]
            hits[some] = _segment_meets_face(p, q, *ends, vertices[face[some]])
    return hits


def _sides(vertices: Corners, face: Indices, other: Indices, free: Sequence[int]) -> Signs:
    """Return (3, M) the side of the plane of `face` on which each corner of `other` lies."""
    a, b, c = (vertices[face[:, k]] for k in range(3))
    sides = np.zeros((3, len(face)), dtype=np.int8)
    for k in free:
        sides[k] = orient3d(a, b, c, vertices[other[:, k]])
    return sides


def _straddles(sides: Signs, free: Sequence[int]) -> Mask:
    chosen = sides[list(free)]
    straddles: Mask = (chosen.min(axis=0) <= 0) & (chosen.max(axis=0) >= 0)
    return straddles


def _meet_at_edge(vertices: Corners, one: Indices, two: Indices, same: Mask) -> Mask:
    """Faces with a common edge meet elsewhere only if one is folded flat onto the other."""
    one = _rolled(one, (~same.any(axis=2)).argmax(axis=1))  # apex first, then the edge
    apex = _rolled(two, (~same.any(axis=1)).argmax(axis=1))[:, 0]
    hits = np.zeros(len(one), dtype=bool)
    tip, u, v = one.T
    flat = orient3d(vertices[tip], vertices[u], vertices[v], vertices[apex]) == 0
    rows = np.flatnonzero(flat)
    if len(rows):
        u, v, tip, apex = u[rows], v[rows], tip[rows], apex[rows]
        axes = _flat_axes(vertices[one[rows]])
        a, b, c, d = (np.take_along_axis(vertices[k], axes, axis=1) for k in (u, v, tip, apex))
        hits[rows] = orient2d(a, b, c) == orient2d(a, b, d)
    return hits


def _rolled(faces: Indices, first: Indices) -> Indices:
    """Rotate the corners of each face so that corner `first` comes first; the winding stays."""
    return np.take_along_axis(faces, (first[:, None] + np.arange(3)) % 3, axis=1)


def _segment_meets_face(p: Corners, q: Corners, start: Signs, end: Signs, face: Corners) -> Mask:
    """Tell for each row (M,) whether the closed segment p-q and the closed face share a point.

    Args:
        p: (M, 3) first end.
        q: (M, 3) second end.
        start: (M,) side of the face's plane on which p lies.
        end: (M,) side on which q lies.
        face: (M, 3, 3) corners.
    """
    hits = np.zeros(len(p), dtype=bool)
    in_plane = (start == 0) & (end == 0)
    flat = np.flatnonzero(in_plane)
    if len(flat):
        hits[flat] = _flat_segment_meets_face(p[flat], q[flat], face[flat])
    rows = np.flatnonzero((start * end <= 0) & ~in_plane)
    if len(rows):
        # The line p-q passes through the face if all edges turn around it in the same direction.
        p, q, (a, b, c) = p[rows], q[rows], face[rows].transpose(1, 0, 2)
        turns = np.stack([orient3d(p, q, a, b), orient3d(p, q, b, c), orient3d(p, q, c, a)])
        hits[rows] = (turns.min(axis=0) >= 0) | (turns.max(axis=0) <= 0)
    return hits


def _flat_segment_meets_face(p: Corners, q: Corners, corners: Corners) -> Mask:
    """Test a segment in the plane of the face: an end lies in the face, or an edge crosses it."""
    axes = _flat_axes(corners)
    p, q = np.take_along_axis(p, axes, axis=1), np.take_along_axis(q, axes, axis=1)
    a, b, c = (np.take_along_axis(corners[:, k], axes, axis=1) for k in range(3))
    hits = np.zeros(len(p), dtype=bool)
    for point in (p, q):
        turns = np.stack([orient2d(a, b, point), orient2d(b, c, point), orient2d(c, a, point)])
        hits |= (turns.min(axis=0) >= 0) | (turns.max(axis=0) <= 0)
    for u, v in ((a, b), (b, c), (c, a)):
        from_segment = orient2d(p, q, u), orient2d(p, q, v)
        from_edge = orient2d(u, v, p), orient2d(u, v, q)
        # Collinear segments are skipped. If they overlap, either an end of p-q lies in the face
        # or a corner of the face lies on p-q, and the other edge at that corner finds it.
        on_line = (from_segment[0] == 0) & (from_segment[1] == 0)
        crosses = from_segment[0] * from_segment[1] <= 0
        hits |= crosses & (from_edge[0] * from_edge[1] <= 0) & ~on_line
    return hits


def _flat_axes(corners: Corners) -> Indices:
    """Return (M, 2) the axes of the coordinate plane in which each face's projection is largest."""
    axes: Indices = _FLAT_AXES[np.abs(doubled_normals(corners)).argmax(axis=1)]
    return axes
