"""Uniform random points on a surface."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError
from caddis.geometry.triangles import corners, doubled_areas, unit_normals


def sample_surface(
    mesh: trimesh.Trimesh, count: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw points uniformly by area, with the normals of their faces.

    Triangles are drawn in proportion to their area, points inside them by
    reflected uniform barycentric coordinates (Osada et al. 2002, "Shape distributions").

    Args:
        mesh: A triangle mesh, V vertices and F faces.
        count: Number of points N.
        rng: Source of randomness; the same state gives the same points.

    Returns:
        Points (N, 3) and unit normals (N, 3), both float64.

    Raises:
        EmptyMeshError: The mesh has no face of positive area.
    """
    triangles = corners(mesh.vertices, mesh.faces)
    cumulative = np.cumsum(doubled_areas(triangles))
    if len(cumulative) == 0 or not cumulative[-1] > 0.0:
        raise EmptyMeshError("a mesh without surface cannot be sampled")
    chosen = np.searchsorted(cumulative, rng.random(count) * cumulative[-1], side="right")
    chosen = chosen.clip(max=len(cumulative) - 1)
    bary = rng.random((count, 2))
    bary = np.where(bary.sum(axis=1, keepdims=True) > 1.0, 1.0 - bary, bary)
    drawn = triangles[chosen]
    edges = drawn[:, 1:] - drawn[:, :1]
    points = drawn[:, 0] + bary[:, :1] * edges[:, 0] + bary[:, 1:] * edges[:, 1]
    return points, unit_normals(drawn)
