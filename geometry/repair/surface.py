"""Repairs of single faces: duplicates, winding and holes."""

from __future__ import annotations

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.mesh.welded import weld
from caddis.geometry.repair.result import Repaired
from caddis.geometry.triangles import areas, corners, sixfold_volumes

Faces = NDArray[np.int64]

# A hole is closed if the area of its lid is below this share of the surface; with a larger
# opening the surface counts as a sheet. A missing side of a cube has a share of 0.2.
_LID_SHARE = 0.25
_MOST_PATCHES = 2000


def drop_useless_faces(mesh: trimesh.Trimesh) -> Repaired:
    """Round and weld as a file would, drop faces without area and repeated faces."""
    welded = weld(mesh)
    changes = []
    if welded.collapsed:
        changes.append(f"dropped {welded.collapsed:,} faces whose corners coincide")
    _, first = np.unique(np.sort(welded.faces, axis=1), axis=0, return_index=True)
    repeated = len(welded.faces) - len(first)
    if repeated:
        changes.append(f"dropped {repeated:,} faces that were there twice")
    faces = welded.faces[np.sort(first)]
    return Repaired(trimesh.Trimesh(welded.vertices, faces, process=False), tuple(changes))


def orient(mesh: trimesh.Trimesh) -> Repaired:
    """Flip faces so that neighbours are wound consistently and outermost shells face outwards.

    A closed shell inside another keeps its orientation: if it faces inwards it is a cavity.
    """
    faces = np.array(mesh.faces, dtype=np.int64)
    turned, patch = igl.bfs_orient(faces)
    turned = np.asarray(turned, dtype=np.int64)
    for number in _inside_out_patches(mesh, turned, faces, np.asarray(patch)):
        turned[patch == number] = turned[patch == number][:, ::-1]
    changed = int((_parity(turned) != _parity(faces)).sum())
    if not changed:
        return Repaired(mesh)
    return Repaired(
        trimesh.Trimesh(mesh.vertices, turned, process=False),
        (f"turned {changed:,} of {len(faces):,} faces over, so that all look outwards",),
    )


def _inside_out_patches(
    mesh: trimesh.Trimesh, turned: Faces, before: Faces, patch: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the numbers of the patches whose faces must all be flipped.

    `bfs_orient` winds the faces of a patch consistently, but in an arbitrary direction. The
    outermost patches must have a positive volume; the others keep the winding that most of
    their faces had before.
    """
    count = int(patch.max()) + 1
    triangles = corners(mesh.vertices, turned)
    low, high = np.full((count, 3), np.inf), np.full((count, 3), -np.inf)
    np.minimum.at(low, patch, triangles.min(axis=1))
    np.maximum.at(high, patch, triangles.max(axis=1))
    sixfold = sixfold_volumes(triangles - ((low + high) / 2.0)[patch][:, None])
    volume = np.bincount(patch, weights=sixfold, minlength=count)
    agree = np.where(_parity(turned) == _parity(before), 1.0, -1.0)
    votes = np.bincount(patch, weights=agree, minlength=count)
    wrong = []
    if count > _MOST_PATCHES:  # too many to test which patch lies inside which
        return np.flatnonzero(volume < 0.0)
    for number in range(count):
        around = (low <= low[number]).all(axis=1) & (high >= high[number]).all(axis=1)
        around[number] = False
        measure = votes if around.any() else volume
        if measure[number] < 0.0:
            wrong.append(number)
    return np.array(wrong, dtype=np.int64)


def _parity(faces: Faces) -> NDArray[np.bool_]:
    """Return (F,) bool, the winding: whether numbers ascend after the lowest corner number."""
    rolled = np.take_along_axis(faces, (faces.argmin(axis=1)[:, None] + np.arange(3)) % 3, axis=1)
    parity: NDArray[np.bool_] = rolled[:, 1] < rolled[:, 2]
    return parity


def fill_holes(mesh: trimesh.Trimesh) -> Repaired:
    """Close holes whose lid has less than a quarter of the area of the surface.

    Holes of three or four edges get one or two triangles, larger ones a fan around the
    mean of their rim.
    """
    vertices, faces = np.asarray(mesh.vertices), np.asarray(mesh.faces, dtype=np.int64)
    surface = float(areas(corners(vertices, faces)).sum())
    points, lids, length = [vertices], [faces], 0.0
    count = len(vertices)
    for rim in _rims(faces):
        ring = vertices[rim]
        centre = ring.mean(axis=0, keepdims=True)
        lid = _lid(rim, ring, count)
        local_lid = _lid(np.arange(len(rim)), ring, len(rim))
        area = areas(corners(np.concatenate([ring, centre]), local_lid))
        if area.sum() >= _LID_SHARE * surface:
            continue
        lids.append(lid)
        length += float(np.linalg.norm(ring - np.roll(ring, -1, axis=0), axis=1).sum())
        if len(rim) > 4:
            points.append(centre)
            count += 1
    if len(lids) == 1:
        return Repaired(mesh)
    closed = trimesh.Trimesh(np.concatenate(points), np.concatenate(lids), process=False)
    added = len(closed.faces) - len(faces)
    change = f"closed {len(lids) - 1:,} holes, {length:,.1f} mm round, with {added:,} faces"
    return Repaired(closed, (change,))


def _rims(faces: Faces) -> list[NDArray[np.int64]]:
    """Return simple loops of open edges, each in the winding direction of its lid."""
    start, end = faces.reshape(-1), np.roll(faces, -1, axis=1).reshape(-1)
    count = int(faces.max()) + 1
    forward, backward = start * count + end, end * count + start
    is_open = ~np.isin(forward, backward)
    # The lid traverses the open edges in the reverse direction of the faces around it.
    sources, targets = end[is_open], start[is_open]
    if len(np.unique(sources)) < len(sources):
        keep = np.bincount(sources, minlength=count)[sources] == 1  # skip rims that touch
        sources, targets = sources[keep], targets[keep]
    following = dict(zip(sources.tolist(), targets.tolist(), strict=True))
    rims = []
    while following:
        first, current = following.popitem()
        rim = [first]
        while current != first and current in following:
            rim.append(current)
            current = following.pop(current)
        if current == first and len(rim) >= 3:
            rims.append(np.array(rim, dtype=np.int64))
    return rims


def _lid(rim: NDArray[np.int64], ring: NDArray[np.float64], centre: int) -> Faces:
    """Return faces that cover a hole.

    Args:
        rim: (R,) vertex numbers around the hole.
        ring: (R, 3) positions of these vertices.
        centre: Number of the vertex at the mean of the rim, used if R is above 4.
    """
    if len(rim) == 3:
        return rim[None]
    if len(rim) == 4:  # along the shorter diagonal
        across = np.linalg.norm(ring[2] - ring[0]) <= np.linalg.norm(ring[3] - ring[1])
        rim = rim if across else np.roll(rim, -1)
        return np.stack([rim[[0, 1, 2]], rim[[0, 2, 3]]])
    return np.stack([rim, np.roll(rim, -1), np.full(len(rim), centre)], axis=1)
