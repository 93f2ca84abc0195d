"""Places for samples: along a curve, over a surface, or inside a solid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import cKDTree

from caddis.generation.webs.curves import Curve
from caddis.geometry.errors import ConfigError, NotSolidError
from caddis.geometry.field import SolidField
from caddis.geometry.mesh.sampling import sample_surface

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

_CANDIDATES = 30  # random points per place
_NEIGHBOURS = 4


@dataclass(frozen=True, eq=False)
class Places:
    """S places for samples.

    Attributes:
        centres: (S, 3) float64, mm.
        frames: (S, 3, 3) rotations; the third column is the direction of the curve, or the
            normal of the surface.
        spacing: Distance between neighbouring places, mm.
        seams: (P, 2) int64, pairs of places whose samples are joined; they connect all places.
    """

    centres: Floats
    frames: Floats
    spacing: float
    seams: Indices


def along_curve(curve: Curve, count: int) -> Places:
    """Place samples evenly along a curve; each is joined to the next.

    Raises:
        ConfigError: `count` is below 2.
    """
    centres, frames = curve.stations(count)
    seams = np.stack([np.arange(count - 1), np.arange(1, count)], axis=1)
    if curve.closed and count > 2:
        seams = np.concatenate([seams, [[count - 1, 0]]])
    return Places(centres, frames, curve.length / (count - 1 + curve.closed), seams)


def on_surface(mesh: trimesh.Trimesh, count: int, seed: int) -> Places:
    """Place samples over a surface, as far apart as possible, aligned with its normals.

    Raises:
        ConfigError: `count` is below 2.
        EmptyMeshError: The mesh has no face of positive area.
    """
    rng = np.random.default_rng(seed)
    points, normals = sample_surface(mesh, max(count, 2) * _CANDIDATES, rng)
    chosen = _spread(points, count)
    return _joined(points[chosen], np.array([_frame(one) for one in normals[chosen]]))


def inside(mesh: trimesh.Trimesh, count: int, seed: int) -> Places:
    """Place samples in a closed solid, as far apart as possible, all upright.

    Raises:
        ConfigError: `count` is below 2.
        EmptyMeshError: The mesh has no faces.
        NotSolidError: The mesh encloses no volume.
    """
    rng = np.random.default_rng(seed)
    field = SolidField(mesh)
    low, high = np.asarray(mesh.bounds, np.float64)
    found: list[Floats] = []
    wanted, total = max(count, 2) * _CANDIDATES, 0
    for _ in range(64):
        tried = rng.uniform(low, high, size=(wanted, 3))
        found.append(tried[field(tried.astype(np.float32)) < 0.0])
        total += len(found[-1])
        if total >= wanted:
            break
    if total < count:
        raise NotSolidError("the mesh encloses no volume to fill", "", "Give a closed solid.")
    points = np.concatenate(found)
    centres = points[_spread(points, count)]
    return _joined(centres, np.broadcast_to(np.eye(3), (len(centres), 3, 3)))


def _spread(points: Floats, count: int) -> Indices:
    """Choose points by farthest-first traversal (Gonzalez 1985), from the first."""
    if count < 2:
        raise ConfigError("at least 2 places are needed", f"count={count}")
    chosen = [0]
    gap = np.linalg.norm(points - points[0], axis=1)
    while len(chosen) < count:
        chosen.append(int(gap.argmax()))
        gap = np.minimum(gap, np.linalg.norm(points - points[chosen[-1]], axis=1))
    return np.array(chosen)


def _frame(normal: Floats) -> Floats:
    aside = np.cross(np.eye(3)[np.abs(normal).argmin()], normal)
    aside /= np.linalg.norm(aside)
    return np.stack([aside, np.cross(normal, aside), normal], axis=1)


def _joined(centres: Floats, frames: Floats) -> Places:
    """Join each place to its nearest neighbours, and by a spanning tree that connects all."""
    apart = np.linalg.norm(centres[:, None] - centres, axis=2)
    tree = np.argwhere(minimum_spanning_tree(apart).toarray() > 0.0)
    near = cKDTree(centres).query(centres, k=min(_NEIGHBOURS, len(centres)))[1]
    pairs = np.stack([np.repeat(near[:, 0], near.shape[1] - 1), near[:, 1:].ravel()], axis=1)
    seams = np.unique(np.sort(np.concatenate([tree, pairs]), axis=1), axis=0)
    nearest = np.sort(apart, axis=1)[:, 1]
    return Places(centres, frames, float(nearest.mean()), seams[seams[:, 0] != seams[:, 1]])
