"""Query points inside thin walls, in narrow gaps and at creases, where uniform points are rare.

A plate that fills a thousandth of its box gets two of 2,048 uniform points. The points made here
follow the surface instead, so that a thin part weighs as much as a thick one of the same area.
Creases get their own points as in Dora (Chen et al. 2024).
"""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.mesh.sampling import sample_surface

_DEEPEST = 0.1  # largest depth below the surface, as a share of the longest side
_GAP = 0.06  # a gap wider than this is open space
_CREASE = np.radians(25.0)  # an edge is sharp if its two faces differ by more than this angle
_CREASE_SIGMA = 0.006
_SKIN = 1e-4

Floats = NDArray[np.float64]


def wall_points(mesh: trimesh.Trimesh, count: int, rng: np.random.Generator) -> Floats:
    """Draw points through the thickness of the wall, under random points of the surface.

    Args:
        mesh: A solid in the canonical frame.
        count: Number of points N.
        rng: Random stream.

    Returns:
        (N, 3) float64 at depth t u below the surface; u is uniform in (0, 1), and t is the
        thickness of the wall, at most 0.1.
    """
    return _before_the_next_face(mesh, count, rng, side=-1.0, most=_DEEPEST)


def gap_points(mesh: trimesh.Trimesh, count: int, rng: np.random.Generator) -> Floats:
    """Draw points in the gap between a random point of the surface and the surface opposite.

    Arguments and result are those of `wall_points`, but the points lie outside the solid, at most
    0.06 from the surface.
    """
    return _before_the_next_face(mesh, count, rng, side=1.0, most=_GAP)


def crease_points(mesh: trimesh.Trimesh, count: int, rng: np.random.Generator) -> Floats:
    """Draw points near sharp edges, by length; near the surface if there are no sharp edges.

    Args:
        mesh: A solid in the canonical frame.
        count: Number of points N.
        rng: Random stream.

    Returns:
        (N, 3) float64 with Gaussian noise of standard deviation 0.006.
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
    """Draw points (count, 3) along the outward (side 1) or inward (side -1) normals.

    Each point is uniform between a surface point and the next face on its ray, at most `most` away.
    """
    points, normals = sample_surface(mesh, count, rng)
    reach = _free_path(mesh, points, side * normals, most) * rng.random(count)
    return np.asarray(points + side * normals * reach[:, None])


def _free_path(mesh: trimesh.Trimesh, start: Floats, direction: Floats, most: float) -> Floats:
    """Return the length of each ray (N, 3) up to the next face, at most `most`; (N,)."""
    length = np.full(len(start), most)
    origin = start + _SKIN * direction  # so that the ray does not hit the face that it starts from
    hits, ray, _ = mesh.ray.intersects_location(origin, direction, multiple_hits=False)
    length[ray] = np.minimum(most, _SKIN + np.linalg.norm(hits - origin[ray], axis=1))
    return length
