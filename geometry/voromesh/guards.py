"""Generators that cut off spikes.

Next to creases and in thin walls the bisector of two pairs' generators can run far out of the
surface before a third one ends it. The tip of such a spike is a vertex of the diagram with no
sample near; a generator there, labelled by the side of the nearest sample, takes the tip away.
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

_ROUNDS = 3
_REACH = 0.6  # of the pairs' spacing: vertices farther from the surface are spikes
_VOTES = 4  # samples that tell the side of a tip


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
        distance, nearest = tree.query(tips, min(_VOTES, len(samples.points)))
        distance = distance.reshape(len(tips), -1)
        nearest = nearest.reshape(len(tips), -1)
        far = np.flatnonzero(distance[:, 0] > _REACH * spacing)
        far = far[np.argsort(-distance[far, 0], kind="stable")]
        far = _apart(tips, far, spacing)[: limit - len(voromesh)]
        if not len(far):
            break
        away = tips[far, None] - samples.points[nearest[far]]
        side = np.einsum("nki,nki->n", away, samples.normals[nearest[far]])
        voromesh = voromesh.merged(VoroMesh(tips[far], side < 0.0))
    return voromesh


def _apart(
    points: NDArray[np.float64], order: NDArray[np.int64], spacing: float
) -> NDArray[np.int64]:
    """Those of `order` that come first in their cell of a grid."""
    cells = np.floor(points[order] / spacing)
    first = np.sort(np.unique(cells, axis=0, return_index=True)[1])
    chosen: NDArray[np.int64] = order[first]
    return chosen
