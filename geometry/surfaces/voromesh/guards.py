"""Generators that cut off spikes.

Next to creases and in thin walls the bisector of two pairs' generators can extend far beyond the
surface before a third one bounds it. The tip of such a spike is a vertex of the diagram far from
all samples. A further generator (a "guard") near the tip, labelled by the samples' winding number,
removes the spike.
"""

from __future__ import annotations

import igl
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.errors import CaddisError
from caddis.geometry.surfaces.voromesh.diagram import diagram
from caddis.geometry.surfaces.voromesh.dual import boundary
from caddis.geometry.surfaces.voromesh.representation import VoroMesh
from caddis.geometry.surfaces.voromesh.samples import Samples

Points = NDArray[np.float64]

_ROUNDS = 3
_REACH = 0.6  # in spacings of the pairs: vertices farther from the surface are spikes
_NEAR = 1.0  # in spacings: largest distance of outside guards from the surface
_SAMPLES_PER_GENERATOR = 3  # for the winding number, whose octree is slow with more
_FINEST = 2.0**20  # samples are rounded to the extent over this
_AROUND = 16  # neighbours that show the area of a sample


def guarded(voromesh: VoroMesh, samples: Samples, spacing: float, most: int) -> VoroMesh:
    """Add up to `most` generators at the tips of spikes, the farthest first.

    Args:
        voromesh: Generators near the surface.
        samples: Oriented samples of it.
        spacing: The usual distance between neighbouring pairs.
        most: Largest number of generators to add.
    """
    tree = cKDTree(samples.points)
    few = samples.thinned(_SAMPLES_PER_GENERATOR * len(voromesh))
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
        inside = _winding(tips[far], few) > 0.5
        # Outside, where nothing else is near, a guard at a far tip would only halve the spike.
        share = np.where(inside, 1.0, np.minimum(1.0, _NEAR * spacing / distance[far]))
        foot = samples.points[nearest[far]]
        places = foot + share[:, None] * (tips[far] - foot)
        voromesh = voromesh.merged(VoroMesh(places, inside))
    return voromesh


def _winding(places: Points, samples: Samples) -> NDArray[np.float64]:
    """Winding number (P,) of samples that are evenly spread (Barill et al. 2018, in libigl).

    A vote of the nearest samples would fail beyond thin rims, where samples of both sides are near.
    """
    low, extent = samples.points.min(axis=0), float(np.ptp(samples.points, axis=0).max())
    # libigl's octree divides until points are apart: coincident ones would fill the memory.
    keys = np.round((samples.points - low) / (extent or 1.0) * _FINEST)
    chosen = np.unique(keys, axis=0, return_index=True)[1]
    points, normals = keys[chosen] / _FINEST, samples.normals[chosen]
    count = min(_AROUND, len(points))
    reach = cKDTree(points).query(points, count)[0].reshape(len(points), -1)[:, -1]
    areas = np.full(len(points), np.pi * np.median(reach) ** 2 / count)
    unit = (places - low) / (extent or 1.0)
    return np.asarray(igl.fast_winding_number(points, normals, areas, unit)).reshape(-1)


def _apart(points: Points, order: NDArray[np.int64], spacing: float) -> NDArray[np.int64]:
    """Return the entries of `order` that come first in their cell of a grid."""
    cells = np.floor(points[order] / spacing)
    first = np.sort(np.unique(cells, axis=0, return_index=True)[1])
    chosen: NDArray[np.int64] = order[first]
    return chosen
