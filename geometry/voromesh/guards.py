"""Generators that cut off spikes.

Next to creases and in thin walls the bisector of two pairs' generators can run far out of the
surface before a third one ends it. The tip of such a spike is a vertex of the diagram with no
sample near; a generator on the way there, labelled by the side of the samples, takes it away.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geometry.errors import CaddisError
from geometry.voromesh.diagram import diagram
from geometry.voromesh.dual import boundary
from geometry.voromesh.representation import VoroMesh
from geometry.voromesh.samples import Samples

Points = NDArray[np.float64]
Mask = NDArray[np.bool_]

_ROUNDS = 3
_REACH = 0.6  # of the pairs' spacing: vertices farther from the surface are spikes
_NEAR = 1.0  # of the spacing: guards outside stand no farther away
_VOTES = 4  # samples that tell the side of a tip near the surface
# Far away those are of both sides of a thin rim, so the winding number tells, of so many samples;
# it is sure from so many of their distances from the surface.
_VOTERS, _FAR = 4_000, 2.0
_AROUND = 16  # neighbours that show the area of a sample
_TINY = 1e-300  # a place that is a sample


def guarded(voromesh: VoroMesh, samples: Samples, spacing: float, most: int) -> VoroMesh:
    """Add up to `most` generators at the tips of spikes, the farthest first.

    Args:
        voromesh: Generators near the surface.
        samples: Oriented samples of it.
        spacing: The usual distance between neighbouring pairs.
        most: Limit of the additions.
    """
    tree = cKDTree(samples.points)
    limit = len(voromesh) + most
    for _ in range(_ROUNDS):
        if len(voromesh) >= limit:
            break
        try:
            tips = boundary(diagram(voromesh)).vertices
        except CaddisError:
            break
        distance, nearest = tree.query(tips)
        far = np.flatnonzero(distance > _REACH * spacing)
        far = far[np.argsort(-distance[far], kind="stable")]
        far = _apart(tips, far, spacing)[: limit - len(voromesh)]
        if not len(far):
            break
        inside = np.where(
            distance[far] > _sure_from(samples),
            _winding(tips[far], samples) > 0.5,
            _behind(tips[far], samples, tree),
        )
        # Outside, where nothing else is near, a guard at a far tip would only halve the spike.
        share = np.where(inside, 1.0, np.minimum(1.0, _NEAR * spacing / distance[far]))
        foot = samples.points[nearest[far]]
        places = foot + share[:, None] * (tips[far] - foot)
        voromesh = voromesh.merged(VoroMesh(places, inside))
    return voromesh


def _behind(places: Points, samples: Samples, tree: cKDTree) -> Mask:
    """Which places (P, 3) are behind the samples that are nearest to them."""
    nearest = tree.query(places, min(_VOTES, len(samples.points)))[1].reshape(len(places), -1)
    away = places[:, None] - samples.points[nearest]
    return np.asarray(np.einsum("pki,pki->p", away, samples.normals[nearest]) < 0.0)


def _sure_from(samples: Samples) -> float:
    """Distance from the surface from which on the winding number of few samples is sure."""
    return _FAR * float(np.sqrt(_area(samples.thinned(_VOTERS).points)))


def _winding(tips: Points, samples: Samples) -> NDArray[np.float64]:
    """Winding number (T,) of samples that are evenly spread, each for the same area.

    No surface is between a tip and its nearest sample, so it tells the guard's side, too.
    """
    few = samples.thinned(_VOTERS)
    away = few.points - tips[:, None]  # (T, S, 3)
    cubes = np.maximum(np.square(away).sum(axis=2) ** 1.5, _TINY)
    angles = np.einsum("tsi,si->ts", away, few.normals) / cubes
    return np.asarray(angles.sum(axis=1) * _area(few.points) / (4.0 * np.pi))


def _area(points: Points) -> float:
    """Area that each of evenly spread points stands for: that of the disc around its neighbours."""
    count = min(_AROUND, len(points))
    reach = cKDTree(points).query(points, count)[0].reshape(len(points), -1)[:, -1]
    return float(np.pi * np.median(reach) ** 2 / count)


def _apart(points: Points, order: NDArray[np.int64], spacing: float) -> NDArray[np.int64]:
    """Those of `order` that come first in their cell of a grid."""
    cells = np.floor(points[order] / spacing)
    first = np.sort(np.unique(cells, axis=0, return_index=True)[1])
    chosen: NDArray[np.int64] = order[first]
    return chosen
