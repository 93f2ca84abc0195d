"""Query points on both sides of the surface with the signed distances that are known there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.surfaces.gridpull.samples import OrientedSamples

Floats = NDArray[np.float64]

_MOST = 100_000  # points that queries start from; more would add nothing on a coarse grid
_TRUSTED = 0.3  # least trust in the normal of such a point
_NEARER = 0.85  # of the step: a query with a point nearer than that belongs to another sheet


@dataclass(frozen=True)
class Queries:
    """Places with a known signed distance.

    Attributes:
        places: (Q, 3) canonical.
        distances: (Q,) in spacings, 1 or -1.
        weights: (Q,) share of a cell's surface that each one stands for, times its trust.
    """

    places: Floats
    distances: Floats
    weights: Floats


def offset_queries(samples: OrientedSamples, share: Floats, spacing: float) -> Queries:
    """Place queries one spacing off the points along their normals, on both sides.

    The distance of a query is that step, unless another point is nearer, as inside a thin wall
    or between two parts; such queries are left out.

    Args:
        samples: N oriented points.
        share: (N,) share of a cell's surface that each point stands for.
        spacing: Of the grid.
    """
    every = -(-len(samples.points) // _MOST)
    chosen = np.arange(0, len(samples.points), every)  # the points are in the order of their cells
    chosen = chosen[samples.trust[chosen] > _TRUSTED]
    points, steps = samples.points[chosen], spacing * samples.normals[chosen]
    places = np.concatenate([points + steps, points - steps])
    distances = np.repeat([1.0, -1.0], len(chosen))
    nearest, _ = cKDTree(samples.points).query(places, workers=-1)
    own = nearest >= _NEARER * spacing
    weights = np.tile(every * share[chosen] * samples.trust[chosen], 2)
    return Queries(places[own], distances[own], weights[own])
