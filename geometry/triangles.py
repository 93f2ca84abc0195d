"""Corners, areas, normals, centroids and signed volumes of triangles."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_LEAST_LENGTH = 1e-300
"""Least divisor of a normal, so that a triangle without area gets a zero normal and not NaN."""


def corners(vertices: ArrayLike, faces: ArrayLike) -> Floats:
    """Return the corners of faces (F, 3) on vertices (V, 3) as float64 (F, 3, 3), xyz last."""
    places = np.asarray(vertices, dtype=np.float64)
    return np.asarray(places[np.asarray(faces).reshape(-1, 3)])


def doubled_normals(triangles: Floats) -> Floats:
    """Return the normals (F, 3) of triangles (F, 3, 3), each with twice the area as its length.

    They point to the side from which the corners run counter-clockwise. Nothing is divided, so
    a normal is exactly zero only where the computed area is zero.
    """
    first = triangles[:, 0]
    return np.cross(triangles[:, 1] - first, triangles[:, 2] - first)


def areas(triangles: Floats) -> Floats:
    """Return the areas (F,) of triangles (F, 3, 3), in their unit squared."""
    return doubled_areas(triangles) / 2.0


def doubled_areas(triangles: Floats) -> Floats:
    """Return twice the areas (F,) of triangles (F, 3, 3), for ratios and for sorting."""
    return np.asarray(np.linalg.norm(doubled_normals(triangles), axis=1))


def unit_normals(triangles: Floats) -> Floats:
    """Return the normals (F, 3) of length 1 of triangles (F, 3, 3); zero where there is no area."""
    normals = doubled_normals(triangles)
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.asarray(normals / np.maximum(length, _LEAST_LENGTH))


def centroids(triangles: Floats) -> Floats:
    """Return the means (F, 3) of the corners of triangles (F, 3, 3)."""
    return np.asarray(triangles.mean(axis=1))


def sixfold_volumes(triangles: Floats) -> Floats:
    """Return six times the signed volumes (F,) of the tetrahedra on triangles and the origin.

    By the divergence theorem, their sum over a closed surface with outward faces is six times the
    volume that it encloses.
    """
    turned = np.cross(triangles[:, 1], triangles[:, 2])
    return np.asarray(np.einsum("ij,ij->i", triangles[:, 0], turned))
