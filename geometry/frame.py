"""The canonical frame (Z up, front along -Y, centred, longest side 1) and the printer's bed."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError

BOX_HALF_WIDTH = 0.55
"""Fields are evaluated in the cube [-0.55, 0.55]^3: the unit box and a margin."""


def canonical_transform(vertices: NDArray[np.floating]) -> tuple[NDArray[np.float64], float]:
    """Find the shift and scale that bring points into the canonical frame.

    Args:
        vertices: (V, 3) points in any unit.

    Returns:
        `centre` (3,) and `scale`, so that `(vertices - centre) * scale` has its
        bounding box centred at the origin with longest side 1.

    Raises:
        EmptyMeshError: No points, or all points coincide.
        NonFiniteError: A coordinate is NaN or infinite.
    """
    points = np.asarray(vertices, dtype=np.float64).reshape(-1, 3)
    if len(points) == 0:
        raise EmptyMeshError("a mesh without vertices")
    if not np.isfinite(points).all():
        raise NonFiniteError("a coordinate is NaN or infinite")
    low, high = points.min(axis=0), points.max(axis=0)
    longest = float((high - low).max())
    if longest <= 0.0:
        raise EmptyMeshError("all vertices coincide")
    return (low + high) / 2.0, 1.0 / longest


def to_canonical(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    """Return a copy of `mesh` in the canonical frame, shifted and scaled but not turned.

    Raises:
        EmptyMeshError: The mesh has no extent.
        NonFiniteError: A coordinate is NaN or infinite.
    """
    centre, scale = canonical_transform(mesh.vertices)
    return trimesh.Trimesh((mesh.vertices - centre) * scale, mesh.faces, process=False)


def place_on_bed(mesh: trimesh.Trimesh, height_mm: float) -> trimesh.Trimesh:
    """Scale a mesh to a height and stand it on the bed.

    Args:
        mesh: A mesh with Z up, in any unit.
        height_mm: Wanted extent along Z, above 0.

    Returns:
        A copy in millimetres: z from 0 to `height_mm`, centre of the bounding box over the origin.

    Raises:
        ConfigError: `height_mm` is not a positive number.
        EmptyMeshError: The mesh is empty or has no height.
        NonFiniteError: A coordinate is NaN or infinite.
    """
    if not (np.isfinite(height_mm) and height_mm > 0.0):
        raise ConfigError("the height must be above 0 mm", f"height_mm={height_mm}")
    centre, _ = canonical_transform(mesh.vertices)
    tall = float(np.ptp(mesh.vertices[:, 2]))
    if tall <= 0.0:
        raise EmptyMeshError("a mesh without height cannot be scaled to a height")
    vertices = (mesh.vertices - centre) * (height_mm / tall)
    vertices[:, 2] += height_mm / 2.0
    return trimesh.Trimesh(vertices, mesh.faces, process=False)


def place_in_box(mesh: trimesh.Trimesh, sides_mm: NDArray[np.float64]) -> trimesh.Trimesh:
    """Scale each axis of a mesh on its own to a wished box, and stand it on the bed.

    Args:
        mesh: A mesh with Z up, in any unit, with an extent along every axis.
        sides_mm: (3,) wished extents along x, y and z.

    Returns:
        A copy in millimetres: z from 0 to the last side, centre of the box over the origin.

    Raises:
        EmptyMeshError: The mesh has no extent along an axis.
    """
    low, high = mesh.bounds
    extents = high - low
    if not (extents > 0.0).all():
        raise EmptyMeshError("a flat mesh cannot be scaled to a box")
    vertices = (mesh.vertices - (low + high) / 2.0) * (sides_mm / extents)
    vertices[:, 2] += sides_mm[2] / 2.0
    return trimesh.Trimesh(vertices, mesh.faces, process=False)
