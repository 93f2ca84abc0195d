"""Find the planes that large parts of a mesh scatter about.

Faces are gathered into patches, one for each of the six axis directions in each cell of a coarse
grid. The moments of patches can be added, so a plane grows from the largest patch by whole
patches. This is region growing (Besl and Jain 1988, "Segmentation through variable-order surface
fitting") with a few hundred patches in place of all faces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.triangles import centroids, corners, doubled_normals

Floats = NDArray[np.float64]

_PATCH = 0.06  # side of a patch: wider than ripples are long
_ALIGNED = np.cos(np.radians(18.0))  # normals of patches of one plane
_NEAR = 0.005  # largest distance of their middles from the plane
_ROUGH = 0.003  # root mean square distance of a patch's faces from their own plane
_LEAST_AREA = 0.004
_MOST_PLANES = 48
_LEVEL = 0.0025  # a plane that tilts less than this over its width is made level with the axes


@dataclass(frozen=True)
class Plane:
    """Points p with normal . p = offset.

    Attributes:
        normal: (3,) of length 1, outwards.
        offset: Distance from the origin along the normal.
    """

    normal: Floats
    offset: float

    def height(self, points: Floats) -> Floats:
        """Return how far points (N, 3) lie above the plane."""
        return np.asarray(points @ self.normal - self.offset)


@dataclass(frozen=True)
class _Patches:
    """Sums over the faces of P patches: area, area * centre, its products, area * normal."""

    area: Floats
    first: Floats
    second: Floats
    normal: Floats

    def plane(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> Plane:
        """Fit a plane to chosen patches."""
        area = self.area[chosen].sum()
        middle = self.first[chosen].sum(axis=0) / area
        spread = self.second[chosen].sum(axis=0) / area - np.outer(middle, middle)
        normal = np.linalg.eigh(spread)[1][:, 0]
        normal = normal * (np.sign(normal @ self.normal[chosen].sum(axis=0)) or 1.0)
        level = _levelled(normal, np.sqrt(12.0 * np.maximum(np.diag(spread), 0.0)))
        return Plane(level, float(level @ middle))

    def roughness(self) -> Floats:
        """Return (P,) the root mean square distance of the faces of each patch from its plane."""
        middle = self.first / self.area[:, None]
        spread = self.second / self.area[:, None, None] - middle[:, :, None] * middle[:, None, :]
        return np.asarray(np.sqrt(np.maximum(np.linalg.eigvalsh(spread)[:, 0], 0.0)))


def find_planes(mesh: trimesh.Trimesh) -> list[Plane]:
    """Return up to 48 planes that large parts of a mesh scatter about, the largest first."""
    patches = _patches(mesh)
    mean = patches.first / patches.area[:, None]
    rough = patches.roughness()
    length = np.linalg.norm(patches.normal, axis=1)
    direction = patches.normal / np.maximum(length, 1e-12)[:, None]
    free = (rough < _ROUGH) & (length > 0.8 * patches.area)
    planes: list[Plane] = []
    while free.any() and len(planes) < _MOST_PLANES:
        seed = int(np.where(free, patches.area * (1.0 - rough / _ROUGH), -1.0).argmax())
        plane, chosen = patches.plane(np.array([seed])), np.zeros(len(free), dtype=np.bool_)
        for _ in range(4):
            near = np.abs(plane.height(mean)) < _NEAR
            chosen = free & near & (direction @ plane.normal > _ALIGNED)
            if not chosen.any():
                break
            plane = patches.plane(chosen)
        if patches.area[chosen].sum() >= _LEAST_AREA:
            planes.append(plane)
        free &= ~chosen
        free[seed] = False
    return planes


def _patches(mesh: trimesh.Trimesh) -> _Patches:
    triangles = corners(mesh.vertices, mesh.faces)
    doubled = doubled_normals(triangles)
    area = np.linalg.norm(doubled, axis=1) / 2.0
    centre = centroids(triangles)
    axis = np.abs(doubled).argmax(axis=1)
    sense = 2 * axis + (doubled[np.arange(len(axis)), axis] > 0)
    cell = np.floor(centre / _PATCH).astype(np.int64)
    cell -= cell.min(axis=0)
    size = cell.max(axis=0) + 1
    key = ((cell[:, 0] * size[1] + cell[:, 1]) * size[2] + cell[:, 2]) * 6 + sense
    _, patch = np.unique(key, return_inverse=True)
    products = centre[:, :, None] * centre[:, None, :]
    return _Patches(
        _sums(patch, area),
        _sums(patch, area[:, None] * centre),
        _sums(patch, area[:, None, None] * products),
        _sums(patch, doubled / 2.0),
    )


def _sums(patch: NDArray[np.int64], values: Floats) -> Floats:
    """Sum rows of values (F, ...) over patches."""
    columns = values.reshape(len(values), -1).T
    sums = [np.bincount(patch, weights=column) for column in columns]
    return np.stack(sums, axis=1).astype(np.float64).reshape(-1, *values.shape[1:])


def _levelled(normal: Floats, widths: Floats) -> Floats:
    """Make a normal that is nearly parallel or perpendicular to an axis exactly so."""
    main = int(np.abs(normal).argmax())
    tilt = np.abs(normal) * np.where(np.arange(3) == main, np.inf, widths)
    level = np.where(tilt < _LEVEL, 0.0, normal)
    return np.asarray(level / np.linalg.norm(level))
