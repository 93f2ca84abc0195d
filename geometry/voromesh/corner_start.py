"""Generators at the corners of a grid near a field's zero set: a start that keeps thin walls."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geometry.field import Field
from geometry.voromesh.representation import VoroMesh
from geometry.voromesh.samples import Samples
from geometry.voromesh.start import within_walls

Points = NDArray[np.float64]
Indices = NDArray[np.int64]

# Lengths in cells. Each point of the surface is within .87 of a corner.
_OWNERS = 0.95  # from the surface up to which a corner has a pair
_GUARDS = 1.9  # up to which a farther corner is a generator itself
_HALF_GAP = 0.35  # between a generator and the surface


def corner_pairs(field: Field, samples: Samples, cell: float) -> VoroMesh:
    """Place a mirrored pair of generators for each corner of a grid near the zero set.

    A pair stands across the surface at the sample nearest to the corner. Corners a little
    farther away stay as generators, inside or outside as the field says, and cut off what would
    run away from the surface. So each wall gets generators on both of its sides: walls of half a
    cell come out right, where pairs fitted to samples alone lose those thinner than their
    spacing.

    Args:
        field: Negative inside; only its sign is asked for.
        samples: Of its zero set, at least some ten for each square cell.
        cell: Length of the grid's cells; a corner is at the origin.

    Returns:
        Generators inside, their mirror images in the same order, and the guards.
    """
    corners = _corners_near(samples.points, cell) * cell
    distance, nearest = cKDTree(samples.points).query(corners, distance_upper_bound=_GUARDS * cell)
    owners = distance <= _OWNERS * cell
    chosen = nearest[owners]
    feet, normals = samples.points[chosen], samples.normals[chosen]
    offset = within_walls(feet, normals, _HALF_GAP * cell, samples)[:, None] * normals
    guards = corners[np.isfinite(distance) & ~owners]
    places = np.concatenate([feet - offset, feet + offset, guards])
    inside = np.arange(2 * len(feet)) < len(feet)
    return VoroMesh(places, np.concatenate([inside, field(guards.astype(np.float32)) < 0.0]))


def _corners_near(points: Points, cell: float) -> Indices:
    """(C, 3) corners of the grid within two cells of points (N, 3) along each axis."""
    cells = np.unique(np.floor(points / cell).astype(np.int64), axis=0)
    around = np.argwhere(np.ones((4, 4, 4))) - 1
    return np.asarray(np.unique((cells[:, None] + around).reshape(-1, 3), axis=0))
