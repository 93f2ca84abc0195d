"""Tangent planes of raw points: unoriented normals, areas and the thickness of neighbourhoods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]

_BATCH = 1 << 15
_UNTRUSTED = 0.25  # thickness over radius from which on a normal is not trusted at all
_LEAST_TRUST = 0.02
_LARGEST_AREA = 4.0  # in medians: a point next to a hole must not stand for the hole


@dataclass(frozen=True)
class Planes:
    """Local tangent planes.

    Attributes:
        normals: (N, 3) unit, of either side.
        areas: (N,) area of the surface that each point stands for.
        radius: (N,) distance to the farthest neighbour used.
        thickness: (N,) root mean square distance of the neighbours to the plane.
        neighbours: (N, k) int64, the point itself first.
    """

    normals: Floats
    areas: Floats
    radius: Floats
    thickness: Floats
    neighbours: NDArray[np.int64]

    def bounded_areas(self) -> Floats:
        """Return areas (N,) without the excess of points next to holes."""
        return np.asarray(self.areas.clip(max=_LARGEST_AREA * np.median(self.areas)))

    def trust(self, noise: float) -> Floats:
        """Return how far each normal can be trusted, 0.02 to 1 (N,).

        Where the neighbours are thicker than the noise, the plane runs through an edge or a
        thin part and its normal belongs to neither side.
        """
        excess = np.sqrt(np.maximum(self.thickness**2 - noise**2, 0.0))
        share = excess / (_UNTRUSTED * np.where(self.radius > 0.0, self.radius, 1.0))
        return np.asarray(np.maximum(1.0 - share, 0.0) ** 2).clip(min=_LEAST_TRUST)


def tangent_planes(points: Floats, count: int) -> Planes:
    """Fit a plane to the `count` nearest neighbours of each point (Hoppe et al. 1992).

    The area is that of the disc with the neighbours in it, divided by their number.

    Args:
        points: (N, 3) float64.
        count: Neighbours k, the point included; at most N are used.
    """
    count = min(count, len(points))
    distance, index = cKDTree(points).query(points, k=count, workers=-1)
    normals, thickness = np.zeros_like(points), np.zeros(len(points))
    for start in range(0, len(points), _BATCH):
        chosen = slice(start, start + _BATCH)
        offsets = points[index[chosen]] - points[chosen, None]
        offsets -= offsets.mean(axis=1, keepdims=True)
        values, vectors = np.linalg.eigh(np.einsum("nki,nkj->nij", offsets, offsets) / count)
        normals[chosen] = vectors[:, :, 0]
        thickness[chosen] = np.sqrt(values[:, 0].clip(min=0.0))
    radius = distance[:, -1]
    return Planes(normals, np.pi * radius**2 / count, radius, thickness, index)
