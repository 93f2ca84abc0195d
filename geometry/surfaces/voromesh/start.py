"""Start positions of generators: mirrored pairs across the surface."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.surfaces.voromesh.representation import VoroMesh
from caddis.geometry.surfaces.voromesh.samples import Samples

Points = NDArray[np.float64]
Indices = NDArray[np.int64]

_LLOYD_STEPS = 6
_SAMPLES_PER_CLUSTER = 24  # enough for Lloyd's centres
_HALF_GAP = 0.5  # of the usual distance to the nearest other centre
_WALL_SHARE = 0.5  # a pair's half gap shrinks by this until it fits into its wall
_SHRINKINGS = 5


def mirrored_pairs(samples: Samples, pairs: int, rng: np.random.Generator) -> VoroMesh:
    """Place `pairs` generators inside and as many outside, mirrored in the surface.

    The centres are spread by Lloyd's algorithm (1982) over the samples and snapped to the
    nearest one; a pair stands on its normal, at equal distance. Its bisector is then the tangent
    plane, so the diagram is a tangent polygon mesh before any fitting.

    Args:
        samples: Oriented samples.
        pairs: How many, at most one for each sample.
        rng: Source of the first centres.

    Returns:
        2 * pairs generators: those behind the normals first (inside), then their mirror
        images in the same order (outside).
    """
    chosen = _spread(samples.points, min(pairs, len(samples.points)), rng)
    centres, normals = samples.points[chosen], samples.normals[chosen]
    tree = cKDTree(centres)
    gap = float(np.median(tree.query(centres, 2)[0][:, 1])) if len(centres) > 1 else 1.0
    offset = within_walls(centres, normals, _HALF_GAP * gap, samples)[:, None] * normals
    return VoroMesh(
        np.concatenate([centres - offset, centres + offset]),
        np.arange(2 * len(centres)) < len(centres),
    )


def _spread(points: Points, count: int, rng: np.random.Generator) -> Indices:
    """(count,) different samples near the centres of `count` clusters of equal spread."""
    few = rng.permutation(len(points))[: max(count * _SAMPLES_PER_CLUSTER, count)]
    cloud = points[few]
    centres = cloud[:count]
    for _ in range(_LLOYD_STEPS):
        owner = cKDTree(centres).query(cloud)[1]
        size = np.bincount(owner, minlength=count)
        total = np.stack([np.bincount(owner, cloud[:, k], count) for k in range(3)], axis=1)
        centres = np.where(size[:, None] > 0, total / size[:, None].clip(min=1), centres)
    nearest = cKDTree(cloud).query(centres)[1]
    chosen: Indices = np.unique(few[nearest])
    return chosen


def within_walls(
    centres: Points, normals: Points, half_gap: float, samples: Samples
) -> NDArray[np.float64]:
    """Return half gaps (P,), shrunk where a generator would be nearer to the far side of its wall.

    The same holds for slots.

    Args:
        centres: (P, 3) on the surface.
        normals: (P, 3).
        half_gap: Largest half gap.
        samples: Samples of the surface.
    """
    tree = cKDTree(samples.points)
    result = np.full(len(centres), half_gap)
    for side in (-1.0, 1.0):
        for _ in range(_SHRINKINGS):
            tips = centres + side * result[:, None] * normals
            distance, nearest = tree.query(tips)
            facing = np.einsum("ij,ij->i", normals, samples.normals[nearest]) < -0.3
            crowded = facing & (distance < 0.95 * result)
            if not crowded.any():
                break
            result[crowded] *= _WALL_SHARE
    return result
