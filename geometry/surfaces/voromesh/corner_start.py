"""Generators at the corners of a grid near a field's zero set: a start that keeps thin walls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.field import Field
from caddis.geometry.surfaces.voromesh.representation import VoroMesh
from caddis.geometry.surfaces.voromesh.samples import Samples
from caddis.geometry.surfaces.voromesh.start import within_walls

Points = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Lengths in cells. Each point of the surface is within .87 of a corner.
_OWNERS = 0.95  # a corner this near to the surface gets a pair of generators
_GUARDS = 1.9  # a farther corner within this distance becomes a generator itself
_HALF_GAP = 0.35  # distance between a generator and the surface
_TIGHT = 0.6  # half of the thickness of walls and slots that the solver must not move
_MARGIN = 2  # margin of the grid around the box


@dataclass(frozen=True)
class Start:
    """Generators, and a mask (n,) of those at walls or slots about a cell thick."""

    voromesh: VoroMesh
    tight: Mask


def corner_pairs(field: Field, samples: Samples, resolution: int, bound: float) -> Start:
    """Place a mirrored pair of generators for each corner of a grid near the zero set.

    A pair stands across the surface at the sample nearest to the corner. Corners a little
    farther away become single generators ("guards"), inside or outside by the field's sign, which
    bound the cells of the pairs. So each wall gets generators on both of its sides, and walls of
    half a cell are reproduced. Pairs fitted to samples alone lose walls thinner than their
    spacing.

    Args:
        field: Negative inside; only its sign is used. Places beyond the box count as outside.
        samples: Samples of its zero set, at least about ten for each square cell.
        resolution: Cells along a side of the box.
        bound: Half-width of the box.

    Returns:
        Generators inside, their mirror images in the same order, and the guards.
    """
    cell = 2.0 * bound / resolution
    corners = _corners_near(samples.points, resolution, bound)
    distance, nearest = cKDTree(samples.points).query(corners, distance_upper_bound=_GUARDS * cell)
    owners = distance <= _OWNERS * cell
    chosen = np.unique(nearest[owners])  # corners may share their nearest sample
    feet, normals = samples.points[chosen], samples.normals[chosen]
    gap = within_walls(feet, normals, _HALF_GAP * cell, samples)
    offset = gap[:, None] * normals
    guards = corners[np.isfinite(distance) & ~owners]
    within = np.abs(guards).max(axis=1, initial=0.0) < bound
    within[within] = field(guards[within].astype(np.float32)) < 0.0
    places = np.concatenate([feet - offset, feet + offset, guards])
    inside = np.concatenate([np.arange(2 * len(feet)) < len(feet), within])
    widest = _TIGHT * cell
    tight = within_walls(feet, normals, widest, samples) < widest
    return Start(VoroMesh(places, inside), np.concatenate([tight, tight, np.zeros_like(within)]))


def _corners_near(points: Points, resolution: int, bound: float) -> Points:
    """(C, 3) corners of the grid within two cells of points (N, 3) along each axis."""
    around = np.array(list(np.ndindex(4, 4, 4))) + _MARGIN - 1
    side = resolution + 2 * _MARGIN + 2
    index = np.floor((points + bound) * (resolution / (2.0 * bound))).astype(np.int64)
    index = np.unique(np.ravel_multi_index(index.clip(0, resolution).T, (side,) * 3))
    near = np.zeros(side**3, dtype=np.bool_)
    for step in np.ravel_multi_index(around.T, (side,) * 3):
        near[index + step] = True
    found = np.stack(np.unravel_index(np.flatnonzero(near), (side,) * 3), axis=1) - _MARGIN
    return np.asarray(found * (2.0 * bound / resolution) - bound)
