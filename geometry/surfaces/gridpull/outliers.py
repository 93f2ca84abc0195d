"""Find points that do not lie on a surface."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.surfaces.gridpull.normals import Planes

Floats = NDArray[np.float64]

_LONELIER_THAN_NEIGHBOURS = 2.5
_LONELIER_THAN_USUAL = 3.0
_THICK = 0.2  # of the neighbourhood's radius: no plane runs through the points
_ABOVE_THICKNESS, _ABOVE_RADIUS = 4.0, 0.5


def outliers(points: Floats, planes: Planes) -> NDArray[np.bool_]:
    """Return which points are stray, (N,) bool.

    A point is stray in three cases: its neighbours are much farther away than theirs are; they are
    farther than usual and do not lie in a plane; or the point is far from most of its neighbours'
    planes, by several times their thickness and half of their radius. Points of a sparsely
    scanned part are kept. Strays hide each other, so call this again once those found are removed.

    Args:
        points: (N, 3).
        planes: Their tangent planes.
    """
    around = np.median(planes.radius[planes.neighbours], axis=1)
    lonely = planes.radius > _LONELIER_THAN_NEIGHBOURS * around
    sparse = planes.radius > _LONELIER_THAN_USUAL * np.median(planes.radius)
    nowhere = sparse & (planes.thickness > _THICK * planes.radius)
    return np.asarray(lonely | nowhere | _far_from_planes(points, planes, around))


def _far_from_planes(points: Floats, planes: Planes, around: Floats) -> NDArray[np.bool_]:
    others = planes.neighbours[:, 1:]
    offsets = points[:, None] - points[others]
    height = np.median(np.abs(np.einsum("nki,nki->nk", offsets, planes.normals[others])), axis=1)
    thickness = np.median(planes.thickness[others], axis=1)
    return np.asarray((height > _ABOVE_THICKNESS * thickness) & (height > _ABOVE_RADIUS * around))
