"""Generators that cut off spikes.

Next to creases and in thin walls the bisector of two pairs' generators can run far out of the
surface before a third one ends it. The tip of such a spike is a vertex of the diagram with no
sample near; a generator there, labelled by the samples' winding number, takes the tip away.
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

_ROUNDS = 3
_REACH = 0.6  # of the pairs' spacing: vertices farther from the surface are spikes
_NEAR = 1.0  # of the spacing: a guard stands no farther away, or it would halve a long spike
_VOTERS, _KNOWN = 4_000, 200  # samples and generators that tell the side of a tip
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
        foot = samples.points[nearest[far]]
        share = np.minimum(1.0, _NEAR * spacing / distance[far])
        places = foot + share[:, None] * (tips[far] - foot)
        voromesh = voromesh.merged(VoroMesh(places, _inside(places, voromesh, samples)))
    return voromesh


def _inside(tips: Points, voromesh: VoroMesh, samples: Samples) -> NDArray[np.bool_]:
    """Which tips (T, 3) the samples wind around, by half of what they do around generators inside.

    A vote of the nearest samples alone fails beyond thin rims, where they contradict each other.
    """
    few = samples.thinned(_VOTERS)
    known = voromesh.generators[voromesh.occupancy][:_KNOWN]
    return _winding(tips, few) > 0.5 * float(np.median(_winding(known, few)))


def _winding(places: Points, samples: Samples) -> NDArray[np.float64]:
    """Winding number (P,) times a factor: the solid angle of samples of one unknown area."""
    away = samples.points - places[:, None]  # (P, S, 3)
    cubes = np.square(away).sum(axis=2) ** 1.5
    along = np.einsum("psi,si->ps", away, samples.normals)
    return np.asarray((along / np.maximum(cubes, _TINY)).mean(axis=1))


def _apart(points: Points, order: NDArray[np.int64], spacing: float) -> NDArray[np.int64]:
    """Those of `order` that come first in their cell of a grid."""
    cells = np.floor(points[order] / spacing)
    first = np.sort(np.unique(cells, axis=0, return_index=True)[1])
    chosen: NDArray[np.int64] = order[first]
    return chosen
