"""Decide which nodes of a grid lie inside a set of closed and open patches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from caddis.geometry.solidify.near_distances import SurfaceBand
from caddis.geometry.solidify.patches import Patches
from caddis.geometry.triangles import corners, unit_normals

_INSIDE, _UNKNOWN, _OUTSIDE = -1, 0, 1
_MAX_CONTRADICTIONS = 0.02
_DEPTH_NOISE = 0.25
"""Depths below this share of a grid step count as zero, because rounding can cause them."""


def distrust(patches: Patches, band: SurfaceBand, winding: NDArray[np.int32]) -> Patches:
    """Mark closed patches as open if their faces contradict the winding numbers.

    If a node has winding number zero and yet lies behind its nearest face, the patch of that face
    crosses itself (a thin wall whose inner skin pokes out), so it does not bound a solid.
    """
    normal = unit_normals(corners(patches.vertices, patches.faces[band.face]))
    behind = np.einsum("ij,ij->i", band.outward, normal) < -0.3
    free = (winding[band.index] == 0) & (band.distance[band.index] > 0.1 * band.grid.spacing)
    patch = patches.patch[band.face]
    count = int(patches.patch.max()) + 1
    wrong = np.bincount(patch[free & behind], minlength=count)
    share = wrong / np.bincount(patch[free], minlength=count).clip(min=1)
    return replace(patches, closed=patches.closed & (share <= _MAX_CONTRADICTIONS)[patches.patch])


def inside_or_outside(
    patches: Patches, band: SurfaceBand, winding: NDArray[np.int32], closing: float
) -> NDArray[np.int8]:
    """Label every grid node -1 (inside) or +1 (outside)."""
    label = _flood(band.distance, closing)
    outside = label == _OUTSIDE
    label[winding != 0] = _UNKNOWN  # so that the walk below does not fill gaps beside solids
    near = label[band.index]
    undecided = near == _UNKNOWN
    for step in (1.8 * closing, 1.3 * closing):
        walk = band.grid.nearest(band.closest[undecided] + band.outward[undecided] * step)
        near[undecided] = np.where(band.distance[walk] > 0.8 * step, label[walk], _UNKNOWN)
        undecided = near == _UNKNOWN
    deep = _depth(band, outside, undecided) > _DEPTH_NOISE * band.grid.spacing
    sheet = ~patches.closed[band.face[undecided]]
    near[undecided] = np.where(deep & sheet, _INSIDE, _OUTSIDE)
    label[band.index] = near
    label[winding != 0] = _INSIDE
    return label


def _flood(distance: NDArray[np.float32], closing: float) -> NDArray[np.int8]:
    """Flood from the border through nodes further than `closing` from the surface."""
    clear = distance > closing
    pools, _ = ndimage.label(clear)
    label = np.where(clear, np.int8(_INSIDE), np.int8(_UNKNOWN))
    label[clear & (pools == pools[0, 0, 0])] = _OUTSIDE
    return label


def _depth(
    band: SurfaceBand, outside: NDArray[np.bool_], chosen: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the depth of nodes below the surface as seen from outside, by morphological closing.

    It is the distance to the nearest node that the flood reached, less that node's distance
    from the surface. It is negative for nodes above the surface.
    """
    seen = ndimage.distance_transform_edt(~outside, return_distances=False, return_indices=True)
    index = tuple(axis[chosen] for axis in band.index)
    nearest = tuple(axis[index] for axis in seen)
    offset = np.stack(index, axis=1) - np.stack(nearest, axis=1)
    length = np.linalg.norm(offset, axis=1) * band.grid.spacing
    return np.asarray(length - band.distance[nearest])
