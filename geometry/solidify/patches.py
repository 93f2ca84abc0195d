"""Sort a triangle soup into oriented patches, closed ones (solids) and open ones (sheets)."""

from __future__ import annotations

from dataclasses import dataclass

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import NotSolidError
from caddis.geometry.mesh.welded import has_three_corners
from caddis.geometry.triangles import corners, sixfold_volumes

WELD_DISTANCE = 2e-5
"""Vertices closer than this are one (longest side = 1): one step of 16-bit storage."""
GROUND_HEIGHT = 0.02
"""An opening counts as lying on the ground when it is this near to the lowest point."""


@dataclass(frozen=True)
class Patches:
    """A welded mesh whose faces are consistently oriented within each patch.

    Attributes:
        vertices: (V, 3) float64.
        faces: (F, 3) int64; the faces of closed patches point outwards.
        patch: (F,) int64, the patch of each face.
        closed: (F,) bool, whether the face belongs to a closed patch.
        caps: (C, 3, 3) float64 triangles that close patches whose only openings lie on the ground.
        num_closed: Closed patches, those closed by a cap included.
        num_open: Open patches.
    """

    vertices: NDArray[np.float64]
    faces: NDArray[np.int64]
    patch: NDArray[np.int64]
    closed: NDArray[np.bool_]
    caps: NDArray[np.float64]
    num_closed: int
    num_open: int


def find_patches(mesh: trimesh.Trimesh) -> Patches:
    """Weld a mesh in the canonical frame and find its closed patches.

    A patch is a set of faces joined by shared edges, oriented by a breadth-first walk
    (libigl's `bfs_orient`). It is closed when its oriented edges cancel in pairs. A patch
    whose free edges all lie on the ground (a house without a floor, the open foot of a
    chair leg) is closed by a cone over them, which is not visible from outside.
    Closed patches with negative volume are inverted, so that their faces point outwards.

    Raises:
        NotSolidError: No face is left after degenerate and duplicate ones are dropped.
    """
    vertices, faces = _weld(mesh)
    if len(faces) == 0:
        raise NotSolidError("no face with an area")
    faces, patch = igl.bfs_orient(faces)
    faces, patch = np.asarray(faces, dtype=np.int64), np.asarray(patch).reshape(-1)
    count = int(patch.max()) + 1
    free = _free_edges(faces, patch)
    is_open = np.zeros(count, dtype=bool)
    is_open[free[:, 0]] = True
    above = vertices[:, 2] > vertices[:, 2].min() + GROUND_HEIGHT
    hanging = np.zeros(count, dtype=bool)
    hanging[free[above[free[:, 1:]].any(axis=1), 0]] = True
    capped = is_open & ~hanging
    apex, caps = _cones(vertices, free[capped[free[:, 0]]])
    closed = ~hanging
    volume = np.bincount(patch, weights=_volumes(corners(vertices, faces)), minlength=count)
    volume += np.bincount(apex, weights=_volumes(caps), minlength=count)
    inverted = closed & (volume < 0.0)
    faces[inverted[patch]] = faces[inverted[patch]][:, ::-1]
    caps[inverted[apex]] = caps[inverted[apex]][:, ::-1]
    return Patches(
        vertices, faces, patch, closed[patch], caps, int(closed.sum()), int(count - closed.sum())
    )


def _weld(mesh: trimesh.Trimesh) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    # `mesh.welded` merges only equal places; this merges all within one step of a grid.
    grid = np.rint(np.asarray(mesh.vertices) / WELD_DISTANCE).astype(np.int64)
    _, first, inverse = np.unique(grid, axis=0, return_index=True, return_inverse=True)
    faces = np.asarray(inverse).reshape(-1)[np.asarray(mesh.faces, dtype=np.int64)]
    faces = faces[has_three_corners(faces)]
    _, unique = np.unique(np.sort(faces, axis=1), axis=0, return_index=True)
    faces = faces[np.sort(unique)]
    vertices = np.asarray(mesh.vertices, dtype=np.float64)[first]
    return vertices, faces


def _free_edges(faces: NDArray[np.int64], patch: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return (E, 3) rows (patch, from, to): directed edges that no opposite edge cancels."""
    start = faces.reshape(-1)
    end = np.roll(faces, -1, axis=1).reshape(-1)
    owner = np.repeat(patch, 3)
    forward = start < end
    low, high = np.minimum(start, end), np.maximum(start, end)
    keys, inverse = np.unique(np.stack([owner, low, high], axis=1), axis=0, return_inverse=True)
    net = np.bincount(inverse.reshape(-1), weights=np.where(forward, 1.0, -1.0)).astype(np.int64)
    rows = np.repeat(keys, np.abs(net), axis=0)
    backward = np.repeat(net < 0, np.abs(net))
    rows[backward] = rows[backward][:, [0, 2, 1]]
    return rows


def _cones(
    vertices: NDArray[np.float64], free: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Close each patch by triangles from its free edges to their centroid.

    Returns:
        The patch of each triangle (C,) and the triangles (C, 3, 3).
    """
    if len(free) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros((0, 3, 3))
    owner = free[:, 0]
    ends = vertices[free[:, 1:]]
    middle = ends.mean(axis=1)
    total = np.bincount(owner)[:, None].clip(min=1)
    apex = np.stack([np.bincount(owner, weights=middle[:, k]) for k in range(3)], axis=1) / total
    return owner, np.stack([ends[:, 1], ends[:, 0], apex[owner]], axis=1)


def _volumes(triangles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Signed volumes (M,) of the tetrahedra between triangles (M, 3, 3) and the origin."""
    return sixfold_volumes(triangles) / 6.0
