"""Triangles back to polygons, without giving up a clean surface."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.surfaces.voromesh.cleanup import passes
from caddis.geometry.surfaces.voromesh.polygons import PolygonMesh

Points = NDArray[np.float64]
Indices = NDArray[np.int64]

_TRIES = 8


def merged(mesh: trimesh.Trimesh, groups: Indices) -> PolygonMesh:
    """Join the triangles of each group into one polygon where that is safe.

    A group becomes one polygon if it is a disk, all its vertices lie on its rim, and the rim
    is convex seen along its normal; other groups are joined piece by piece as long as the pieces
    are such polygons (Hertel and Mehlhorn 1983). The fans that readers
    make of the polygons (from the first corner) are tested exactly as the triangles were, and
    polygons whose fans fail are taken apart again.

    Args:
        mesh: A clean triangle mesh.
        groups: (F,) number of the plane that each triangle lies in.

    Returns:
        Polygons whose `mesh()` is clean; vertices that hold float32 values.
    """
    vertices, faces = np.asarray(mesh.vertices), np.asarray(mesh.faces)
    order = np.argsort(groups, kind="stable")
    cuts = np.flatnonzero(np.diff(groups[order])) + 1
    pieces = [piece for group in np.split(order, cuts) for piece in _pieces(vertices, faces, group)]
    members = {int(piece[0]): piece for piece in pieces}
    rims = {first: _rim(vertices, faces[piece]) for first, piece in members.items()}
    whole = {first: rim for first, rim in rims.items() if rim is not None}
    for _ in range(_TRIES):
        result, owners = _assembled(vertices, faces, members, whole)
        bad = _offenders(result, owners)
        if not bad and passes(result.mesh()):
            return result
        if not bad:
            break
        whole = {first: rim for first, rim in whole.items() if first not in bad}
    return _assembled(vertices, faces, members, {})[0]


def _pieces(vertices: Points, faces: Indices, group: Indices) -> list[Indices]:
    """Parts of a group of triangles that are convex disks, joined greedily along their edges."""
    if len(group) == 1 or _rim(vertices, faces[group]) is not None:
        return [group]
    piece = {int(one): [int(one)] for one in group}
    owner = {int(one): int(one) for one in group}
    edge_of: dict[tuple[int, int], int] = {}
    for one in group.tolist():
        a, b, c = faces[one].tolist()
        for start, end in ((a, b), (b, c), (c, a)):
            edge_of[start, end] = one
    for (start, end), one in edge_of.items():
        other = edge_of.get((end, start))
        if other is None or owner[one] == owner[other]:
            continue
        first, second = owner[one], owner[other]
        union = piece[first] + piece[second]
        if _rim(vertices, faces[union]) is not None:
            piece[first] = union
            for member in piece.pop(second):
                owner[member] = first
    return [np.array(one, dtype=np.int64) for one in piece.values()]


def _rim(vertices: Points, triangles: Indices) -> list[int] | None:
    """The corners around a group, or None if it is no convex disk with all vertices on its rim."""
    if len(triangles) == 1:
        return [int(corner) for corner in triangles[0]]
    start, end = triangles.reshape(-1), np.roll(triangles, -1, axis=1).reshape(-1)
    edges = set(zip(start.tolist(), end.tolist(), strict=True))
    outer = {a: b for a, b in edges if (b, a) not in edges}
    rim = [min(outer)] if outer else []
    while rim and len(rim) <= len(outer) and outer.get(rim[-1], rim[0]) != rim[0]:
        rim.append(outer[rim[-1]])
    # A disk of T triangles without inner vertices has T + 2 corners.
    if len(rim) != len(triangles) + 2 or len(set(rim)) != len(rim):
        return None
    corners = vertices[rim]
    normal = np.cross(corners, np.roll(corners, -1, axis=0)).sum(axis=0)
    along = np.roll(corners, -1, axis=0) - corners
    turns = np.cross(np.roll(along, 1, axis=0), along) @ normal
    return rim if (turns > 0.0).all() else None


def _assembled(
    vertices: Points, faces: Indices, members: dict[int, Indices], whole: dict[int, list[int]]
) -> tuple[PolygonMesh, Indices]:
    """The polygons, and for each triangle of their fans the group that it belongs to."""
    polygons: list[list[int]] = []
    owners: list[int] = []
    for first, one in members.items():
        parts = [whole[first]] if first in whole else faces[one].tolist()
        polygons += parts
        owners += [first] * sum(len(part) - 2 for part in parts)
    starts = np.concatenate([[0], np.cumsum([len(part) for part in polygons])]).astype(np.int64)
    corners = np.array([corner for part in polygons for corner in part], dtype=np.int64)
    return PolygonMesh(vertices, corners, starts), np.array(owners, dtype=np.int64)


def _offenders(polygons: PolygonMesh, owners: Indices) -> set[int]:
    faces = polygons.triangles()[0]
    corners = polygons.vertices[faces]
    area = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    pairs = self_intersections(polygons.vertices, faces).pairs
    flat = np.flatnonzero(~area.any(axis=1))
    return {int(one) for one in owners[np.concatenate([pairs.reshape(-1), flat])]}
