"""Thicken walls to a least thickness and fill hidden cavities, in a field on a grid."""

from __future__ import annotations

import igl
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from caddis.geometry.field import GridField
from caddis.geometry.solidify.near_distances import SurfaceBand, signed_by_faces
from caddis.geometry.solidify.patches import Patches


def thicken_field(
    patches: Patches, band: SurfaceBand, sign: NDArray[np.int8], thickness: float
) -> NDArray[np.float32]:
    """Return signed distances on the grid: thin walls grown, near bodies joined, cavities filled.

    A probe goes to a depth d below the surface. If the wall is only w thick, the probe comes out
    behind it, at the distance d - w from its back. The missing thickness is then `thickness` - d
    plus that distance.
    """
    walls = _Walls(patches, band, sign, thickness)
    near = np.flatnonzero(band.near)
    index = tuple(axis[near] for axis in band.index)
    foot, outward = band.closest[near], band.outward[near] * sign[index][:, None]
    missing = walls.missing_behind(foot, outward)
    flush = band.distance[index] < 1e-3 * band.grid.spacing  # on the surface: the side is arbitrary
    other = walls.missing_behind(foot[flush], -outward[flush])
    missing[flush] = np.minimum(missing[flush], other)
    signed = band.distance * sign
    signed[index] -= missing.astype(np.float32) / 2.0
    return _without_cavities(_joined(signed, band.grid.spacing), band.grid.spacing)


class _Walls:
    """Measures walls by probes behind surface points."""

    def __init__(
        self, patches: Patches, band: SurfaceBand, sign: NDArray[np.int8], thickness: float
    ) -> None:
        self._patches, self._thickness = patches, thickness
        self._well_inside = -0.5 * band.grid.spacing
        self._sign = GridField(sign.astype(np.float32), band.grid.low, band.grid.high)
        self._rough = GridField(band.distance * sign, band.grid.low, band.grid.high)

    def missing_behind(
        self, foot: NDArray[np.float64], outward: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the thickness that the walls behind surface points (N, 3) lack, (N,)."""
        missing = np.zeros(len(foot))
        left = np.arange(len(foot))
        for depth in (0.4 * self._thickness, self._thickness):
            probe = foot[left] - outward[left] * depth
            height = self._height(probe)
            out = height > 0.0
            missing[left[out]] = np.minimum(self._thickness - depth + height[out], self._thickness)
            left = left[~out]
        return missing

    def _height(self, probe: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return signed distances, measured exactly only where the grid leaves the side open."""
        rough = self._rough(probe.astype(np.float32))
        deep = rough < self._well_inside
        deep |= self._sign(probe.astype(np.float32)) < -0.99  # every node around is inside
        height = np.full(len(probe), -1.0)
        height[~deep] = signed_by_faces(self._patches, probe[~deep], rough[~deep])
        doubtful = np.flatnonzero((height > 0.0) & (rough < 0.0))  # above an inner wall?
        height[doubtful[self._wound_around(probe[doubtful])]] = -1.0
        return height

    def _wound_around(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether closed patches wind around points (N, 3), exactly."""
        closed = self._patches.faces[self._patches.closed]
        if len(points) == 0 or len(closed) == 0:
            return np.zeros(len(points), dtype=bool)
        used, faces = np.unique(closed, return_inverse=True)
        corners = np.ascontiguousarray(self._patches.vertices[used])
        winding = igl.fast_winding_number(corners, faces.reshape(-1, 3).astype(np.int64), points)
        return np.asarray(np.abs(np.asarray(winding).reshape(-1)) > 0.5, dtype=np.bool_)


def _joined(signed: NDArray[np.float32], spacing: float) -> NDArray[np.float32]:
    """Join bodies that are at most a grid step apart, which would not print as separate ones."""
    bodies, count = ndimage.label(signed < 0.0)
    if count > 1:
        high = ndimage.maximum_filter(bodies, size=3)
        low = (
            count + 1 - ndimage.maximum_filter(np.where(bodies > 0, count + 1 - bodies, 0), size=3)
        )
        signed[(signed >= 0.0) & (high > 0) & (low < high)] = -0.25 * spacing
    return signed


def _without_cavities(signed: NDArray[np.float32], spacing: float) -> NDArray[np.float32]:
    pools, count = ndimage.label(signed > 0.0)
    if count > 1:
        signed[(pools > 0) & (pools != pools[0, 0, 0])] = -0.5 * spacing
    return signed
