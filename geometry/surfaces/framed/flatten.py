"""Flatten rippled flat faces by moving vertices onto the planes that the faces scatter about."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.sparse import coo_matrix

from caddis.geometry.surfaces.framed.guard import guarded
from caddis.geometry.surfaces.framed.planes import Plane, find_planes
from caddis.geometry.surfaces.framed.regions import RIPPLE, plane_regions

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mirrored = tuple[bool, bool, bool]

CORNER = 0.009
"""Largest move of a vertex onto the line or the corner where planes meet."""
_FADING, _KEPT = 6, 0.8  # moves spread over 6 edges and are multiplied by .8 at each
_PARALLEL = 0.15  # planes at a smaller angle (as a singular value) have no reliable line or corner


def flattened(part: trimesh.Trimesh, mirrored: Mirrored) -> trimesh.Trimesh:
    """Move vertices onto the planes that large parts of a mesh scatter about.

    A vertex between two planes moves to their line, one between three to their corner, and one
    in a mirror plane stays in it. Parts that bend to one side count as round and are not moved.
    Moves fade out around flat parts, so that no step remains where these end without a crease.
    Where faces would turn over, vanish or meet, their vertices keep their places.

    Args:
        part: The kept part of a mesh, closed but for the mirror planes.
        mirrored: Along which axes coordinates are >= 0 and the mesh is open at 0.

    Returns:
        The same faces on moved vertices; no vertex moves by more than .009.
    """
    planes = find_planes(part)
    if not planes:
        return part
    region = plane_regions(part, planes)
    wishes = [_projected(part, region, planes, mirrored, most) for most in (3, 1)]
    wishes = [_faded(part, region, wish, mirrored) for wish in wishes]
    return guarded(part, wishes, region, planes, mirrored)


def _faded(part: trimesh.Trimesh, region: Indices, wish: Floats, mirrored: Mirrored) -> Floats:
    """Move vertices around flat parts along with these, less with each edge between them."""
    vertices, faces = np.asarray(part.vertices), np.asarray(part.faces)
    loose = np.ones(len(vertices), dtype=np.bool_)
    loose[faces[region >= 0]] = False
    near = faces[loose[faces].any(axis=1)]
    start, end = near.reshape(-1), np.roll(near, -1, axis=1).reshape(-1)
    start, end = np.concatenate([start, end]), np.concatenate([end, start])
    start, end = start[loose[start]], end[loose[start]]
    count = np.maximum(np.bincount(start, minlength=len(vertices)), 1)
    ones = np.ones(len(start))
    means = coo_matrix((ones / count[start], (start, end)), shape=(len(vertices),) * 2).tocsr()
    moves = wish - vertices
    for _ in range(_FADING):
        moves = np.where(loose[:, None], _KEPT * (means @ moves), moves)
    for axis in np.flatnonzero(mirrored):
        moves[vertices[:, axis] == 0.0, axis] = 0.0
    return np.asarray(vertices + moves)


def _projected(
    part: trimesh.Trimesh, region: Indices, planes: list[Plane], mirrored: Mirrored, most: int
) -> Floats:
    """Return the vertices moved onto the planes of their faces, at most the `most` nearest."""
    owned = region >= 0
    keys = part.faces[owned] * len(planes) + region[owned][:, None]
    rows, kinds = np.divmod(np.unique(keys), len(planes))
    normals = np.array([plane.normal for plane in planes])
    offsets = np.array([plane.offset for plane in planes])
    vertices = np.asarray(part.vertices)
    gap = np.abs(np.einsum("ni,ni->n", normals[kinds], vertices[rows]) - offsets[kinds])
    order = np.lexsort((gap, rows))
    rows, kinds = rows[order], kinds[order]
    first = np.searchsorted(rows, np.arange(len(vertices)))
    number = np.minimum(np.bincount(rows, minlength=len(vertices)), most)
    fixed = [int(axis) for axis in np.flatnonzero(mirrored)]
    result = vertices.copy()
    for count in range(1, most + 1):
        chosen = np.flatnonzero(number == count)
        if len(chosen):
            which = kinds[first[chosen][:, None] + np.arange(count)]
            result[chosen] = _onto(vertices[chosen], normals[which], offsets[which], fixed)
    return result


def _onto(points: Floats, normals: Floats, offsets: Floats, fixed: list[int]) -> Floats:
    """Move points (N, 3) by the shortest way onto K planes each, which come nearest first.

    Where a point would move too far, the farthest plane is left out.

    Args:
        points: (N, 3).
        normals: (N, K, 3).
        offsets: (N, K).
        fixed: Axes along which a coordinate that is 0 stays 0.
    """
    count = normals.shape[1]
    moved = points + _least_move(points, normals, offsets, fixed)
    far = ~(np.linalg.norm(moved - points, axis=1) <= (RIPPLE if count == 1 else CORNER))
    if far.any():
        less = normals[far, :-1], offsets[far, :-1]
        moved[far] = _onto(points[far], *less, fixed) if count > 1 else points[far]
    return moved


def _least_move(points: Floats, normals: Floats, offsets: Floats, fixed: list[int]) -> Floats:
    """Return the shortest moves (N, 3) that meet all planes, within mirror planes."""
    free = np.ones_like(points)
    for axis in fixed:
        free[points[:, axis] == 0.0, axis] = 0.0
    gap = offsets - np.einsum("nki,ni->nk", normals, points)
    inverse = np.linalg.pinv(normals * free[:, None, :], rcond=_PARALLEL)
    return np.asarray(np.einsum("nik,nk->ni", inverse, gap) * free)
