"""Uniform random points on a surface."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError


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
    corners = np.asarray(mesh.vertices, dtype=np.float64)[np.asarray(mesh.faces).reshape(-1, 3)]
    edge_a, edge_b = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    cross = np.cross(edge_a, edge_b)
    double_area = np.linalg.norm(cross, axis=1)
    cumulative = np.cumsum(double_area)
    if len(cumulative) == 0 or not cumulative[-1] > 0.0:
        raise EmptyMeshError("a mesh without surface cannot be sampled")
    chosen = np.searchsorted(cumulative, rng.random(count) * cumulative[-1], side="right")
    chosen = chosen.clip(max=len(cumulative) - 1)
    bary = rng.random((count, 2))
    bary = np.where(bary.sum(axis=1, keepdims=True) > 1.0, 1.0 - bary, bary)
    points = corners[chosen, 0] + bary[:, :1] * edge_a[chosen] + bary[:, 1:] * edge_b[chosen]
    return points, cross[chosen] / double_area[chosen, None].clip(min=1e-300)
