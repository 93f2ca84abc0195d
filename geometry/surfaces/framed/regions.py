"""Assign the faces of a mesh to its planes."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from caddis.geometry.surfaces.framed.planes import Plane
from caddis.geometry.triangles import centroids, corners, doubled_normals

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

RIPPLE = 0.006
"""How far from its plane a face may lie (longest side = 1)."""
_STEEP = np.cos(np.radians(50.0))  # least cosine between a face and its plane
_LEAN = 0.004  # added distance per 1 - cosine, so that near a crease each plane keeps its faces
_LEAST_AREA = 0.0015  # of a connected region
_BENT = 0.8  # a region is round if its bend exceeds this many standard deviations of the rest
_EVEN = 2e-5  # a region that bends less than this is flat
_BEYOND = 3  # the crease test looks at this many rings of faces beyond the rim of a region
_SMOOTH = 0.7  # there is no crease if the mean cosine of their normals is above this
_WIDE = 0.25  # on a narrower strip a round surface may be within .006 of a plane
_ENOUGH = 24  # a region with fewer inner faces is judged by all of its faces
_ROUNDS = 3


def plane_regions(part: trimesh.Trimesh, planes: list[Plane]) -> Indices:
    """Return for each face (F,) the number of its plane, or -1.

    A face belongs to the plane that is nearest by position and direction. Of the resulting
    connected regions, small and round ones are left out. A region is round if it is narrow and not
    bounded by a crease, or if its heights over its plane follow a paraboloid rather than ripples.
    """
    choice, doubled = _nearest(part, planes)
    pairs = _face_pairs(np.asarray(part.faces))
    region = _connected(part, choice, doubled, planes, pairs)
    return _majority(pairs, region)


def _nearest(part: trimesh.Trimesh, planes: list[Plane]) -> tuple[Indices, Floats]:
    """Return the nearest plane of each face or -1, and normals (F, 3) as long as twice the area."""
    columns = np.ascontiguousarray(part.faces.T)
    doubled = doubled_normals(corners(part.vertices, part.faces))
    length = np.linalg.norm(doubled, axis=1)
    normals = doubled / np.maximum(length, 1e-30)[:, None]
    best, choice = np.full(len(length), RIPPLE), np.full(len(length), -1)
    for number, plane in enumerate(planes):
        facing = normals @ plane.normal
        rows = np.flatnonzero(facing > _STEEP)
        height = np.abs(plane.height(part.vertices))
        far = np.max([height[column[rows]] for column in columns], axis=0)
        far += _LEAN * (1.0 - facing[rows])
        nearer = far < best[rows]
        best[rows[nearer]], choice[rows[nearer]] = far[nearer], number
    return choice, doubled


def _connected(
    part: trimesh.Trimesh, choice: Indices, doubled: Floats, planes: list[Plane], pairs: Indices
) -> Indices:
    """Keep connected regions that are large and not round."""
    length = np.linalg.norm(doubled, axis=1)
    normals = doubled / np.maximum(length, 1e-30)[:, None]
    same = (choice[pairs[:, 0]] == choice[pairs[:, 1]]) & (choice[pairs[:, 0]] >= 0)
    one, two = pairs[same].T
    count = len(choice)
    graph = coo_matrix((np.ones(len(one), np.int8), (one, two)), shape=(count, count))
    _, label = connected_components(graph, directed=False)
    sizes = np.bincount(label, weights=np.where(choice >= 0, length / 2.0, 0.0))
    kept = np.full(count, -1)
    inner = _inner(choice, pairs)
    neighbours = _neighbours(len(choice), pairs)
    order = np.argsort(label, kind="stable")
    starts = np.searchsorted(label[order], np.arange(len(sizes) + 1))
    for number in np.flatnonzero(sizes >= _LEAST_AREA):
        faces = order[starts[number] : starts[number + 1]]
        plane = planes[choice[faces[0]]]
        judged = faces[inner[faces]] if inner[faces].sum() >= _ENOUGH else faces
        centres = centroids(corners(part.vertices, part.faces[judged]))
        narrow = _breadth(centres, float(sizes[number])) < _WIDE
        if narrow and _continues(faces, label, neighbours, normals, plane):
            continue
        if not _is_round(centres, plane):
            kept[faces] = choice[faces]
    return kept


def _inner(choice: Indices, pairs: Indices) -> NDArray[np.bool_]:
    """Return which faces (F,) are at least two faces away from another region."""
    inner = np.ones(len(choice), dtype=np.bool_)
    inner[pairs[choice[pairs[:, 0]] != choice[pairs[:, 1]]]] = False
    inner[pairs[~inner[pairs].all(axis=1)]] = False
    return inner


def _breadth(points: Floats, area: float) -> float:
    """Estimate the width of a region from points (N, 3) on it.

    The width is the area over the longer side of a rectangle whose points have the same variance.
    The estimate for a ring is therefore about the width of its band, not its diameter.
    """
    longer = np.sqrt(12.0 * float(np.linalg.eigvalsh(np.cov(points.T))[2]))
    return area / max(float(longer), 1e-9)


def _continues(
    faces: Indices, label: Indices, neighbours: Indices, normals: Floats, plane: Plane
) -> bool:
    """Tell whether the surface continues smoothly beyond a region, without a crease at its rim."""
    own, ring = label[faces[0]], faces
    for _ in range(_BEYOND):
        ring = np.unique(neighbours[ring])
        ring = ring[(ring >= 0) & (label[ring] != own)]
    return len(ring) > 0 and float((normals[ring] @ plane.normal).mean()) > _SMOOTH


def _is_round(points: Floats, plane: Plane) -> bool:
    """Tell whether the heights of points (N, 3) over a plane are mostly a paraboloid."""
    frame = np.linalg.svd(plane.normal[None])[2][1:]
    at = (points - points.mean(axis=0)) @ frame.T
    axes = np.linalg.eigh(at.T @ at)[1]
    x, y = (at @ axes).T
    scale = max(float(np.ptp(x)), float(np.ptp(y))) / 2.0
    x, y = x / scale, y / scale
    height = plane.height(points)
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)
    found = np.linalg.lstsq(terms, height, rcond=None)[0]
    bend = float((terms[:, 3:] @ found[3:]).std())
    rest = float((height - terms @ found).std())
    return bend > max(_EVEN, _BENT * rest)


def _face_pairs(faces: Indices) -> Indices:
    """Return (E, 2) pairs of faces with a common edge."""
    start, end = faces.reshape(-1), np.roll(faces, -1, axis=1).reshape(-1)
    low, high = np.minimum(start, end), np.maximum(start, end)
    key = low * (int(faces.max()) + 1) + high
    order = np.argsort(key, kind="stable")
    twins = np.flatnonzero(key[order][1:] == key[order][:-1])
    return np.stack([order[twins] // 3, order[twins + 1] // 3], axis=1)


def _neighbours(count: int, pairs: Indices) -> Indices:
    """Return the neighbours (F, 3) of each face, with -1 for a missing one."""
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    place = np.arange(len(both)) - np.searchsorted(both[:, 0], both[:, 0])
    neighbours = np.full((count, 3), -1)
    neighbours[both[:, 0], place] = both[:, 1]
    return neighbours


def _majority(pairs: Indices, region: Indices) -> Indices:
    """Assign each face with two neighbours in one region to that region, and repeat this."""
    both = np.concatenate([pairs, pairs[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    region = region.copy()
    for _ in range(_ROUNDS):
        other = region[both[:, 1]]
        for step in (1, 2):  # a face has at most three neighbours, side by side in the list
            agree = (both[step:, 0] == both[:-step, 0]) & (other[step:] == other[:-step])
            region[both[step:, 0][agree]] = other[step:][agree]
    return region
