"""Walls of at least a stated thickness, and no hidden cavities, in a field on a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from geometry.field import GridField
from geometry.patches import Patches
from geometry.shell import SurfaceBand, signed_by_faces


def thicken(
    patches: Patches, band: SurfaceBand, sign: NDArray[np.int8], thickness: float
) -> NDArray[np.float32]:
    """Signed distance on the grid, thin walls grown to `thickness`, hidden cavities filled.

    A probe that comes out at the back of the wall, a depth d below the surface, is d - w from
    it where the wall is w thick; so `thickness` - d + its distance is what is missing.
    """
    signed = band.distance * sign
    field = GridField(signed, band.grid.low, band.grid.high)
    near = np.flatnonzero(band.near)
    index = tuple(axis[near] for axis in band.index)
    foot, outward = band.closest[near], band.outward[near] * sign[index][:, None]
    sizes = {"thickness": thickness, "spacing": band.grid.spacing}
    missing = _missing_behind(patches, field, foot, outward, **sizes)
    flush = band.distance[index] < 1e-3 * band.grid.spacing  # which side is behind is chance
    other = _missing_behind(patches, field, foot[flush], -outward[flush], **sizes)
    missing[flush] = np.minimum(missing[flush], other)
    signed[index] -= missing.astype(np.float32) / 2.0
    pools, count = ndimage.label(signed > 0.0)
    if count > 1:
        hidden = (pools > 0) & (pools != pools[0, 0, 0])
        signed[hidden] = -band.grid.spacing / 2.0
    return signed


def _missing_behind(
    patches: Patches,
    field: GridField,
    foot: NDArray[np.float64],
    outward: NDArray[np.float64],
    *,
    thickness: float,
    spacing: float,
) -> NDArray[np.float64]:
    """How much thinner than `thickness` the wall is behind surface points (N, 3)."""
    missing = np.zeros(len(foot))
    left = np.arange(len(foot))
    for depth in (0.4 * thickness, thickness):
        probe = foot[left] - outward[left] * depth
        height = signed_by_faces(patches, probe, field(probe.astype(np.float32)), spacing)
        out = height > 0.0
        missing[left[out]] = np.minimum(thickness - depth + height[out], thickness)
        left = left[~out]
    return missing
