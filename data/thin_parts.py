"""Query points where uniform ones hardly ever fall: inside thin walls, in narrow gaps, at creases.

A plate that fills one part in a thousand of its box holds two of 2,048 uniform points. These
points follow the surface instead, so that a thin part weighs as much as a thick one of the same
area. Creases get points of their own as in Dora (Chen et al. 2024).
"""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.mesh.sampling import sample_surface

_DEEPEST = 0.1  # of the longest side: points farther inside say nothing about the surface
_GAP = 0.06  # a gap wider than this is open space
_CREASE = np.radians(25.0)  # the least angle between two faces whose edge is sharp
_CREASE_SIGMA = 0.006
_SKIN = 1e-4

Floats = NDArray[np.float64]


def wall_points(mesh: trimesh.Trimesh, count: int, rng: np.random.Generator) -> Floats:
    """Draw points evenly through the wall under random points of the surface.

    Args:
        mesh: A solid in the canonical frame.
        count: Number of points N.
        rng: Random stream.

    Returns:
        (N, 3) float64; at depth t u, with u uniform in (0, 1) and t the wall's thickness, at
        most 0.1.
    """
    return _before_the_next_face(mesh, count, rng, side=-1.0, most=_DEEPEST)


def gap_points(mesh: trimesh.Trimesh, count: int, rng: np.random.Generator) -> Floats:
    """Draw points evenly through the space in front of random points of the surface.

    Args and result as of `wall_points`, outside the solid, at most 0.06 from the surface.
    """
    return _before_the_next_face(mesh, count, rng, side=1.0, most=_GAP)


def crease_points(mesh: trimesh.Trimesh, count: int, rng: np.random.Generator) -> Floats:
    """Draw points beside sharp edges, evenly by length; by the surface where there are none.

    Args:
        mesh: A solid in the canonical frame.
        count: Number of points N.
        rng: Random stream.

    Returns:
        (N, 3) float64, moved by Gaussian noise of 0.006.
    """
    sharp = mesh.face_adjacency_angles > _CREASE
    edges = mesh.face_adjacency_edges[sharp]
    noise = rng.normal(size=(count, 3)) * _CREASE_SIGMA
    ends = np.asarray(mesh.vertices)[edges]  # (E, 2, 3)
    length = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1)
    if not length.sum() > 0.0:
        return sample_surface(mesh, count, rng)[0] + noise
    chosen = rng.choice(len(ends), count, p=length / length.sum())
    share = rng.random((count, 1))
    return np.asarray(ends[chosen, 0] * (1 - share) + ends[chosen, 1] * share + noise)


def _before_the_next_face(
    mesh: trimesh.Trimesh, count: int, rng: np.random.Generator, *, side: float, most: float
) -> Floats:
    """Draw points (count, 3) on rays along the normal (side 1) or against it (side -1)."""
    points, normals = sample_surface(mesh, count, rng)
    reach = _free_path(mesh, points, side * normals, most) * rng.random(count)
    return np.asarray(points + side * normals * reach[:, None])


def _free_path(mesh: trimesh.Trimesh, start: Floats, direction: Floats, most: float) -> Floats:
    """Return how far rays (N, 3) run before they meet the surface again, at most `most`, (N,)."""
    length = np.full(len(start), most)
    origin = start + _SKIN * direction  # or the ray would meet the face it starts from
    hits, ray, _ = mesh.ray.intersects_location(origin, direction, multiple_hits=False)
    length[ray] = np.minimum(most, _SKIN + np.linalg.norm(hits - origin[ray], axis=1))
    return length
