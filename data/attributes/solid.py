"""A solid with the measurements shared by the attribute readers: sections, silhouettes, heights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import trimesh
from manifold3d import CrossSection
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from caddis.geometry.mesh.manifold import to_manifold

Floats = NDArray[np.float64]
CELLS = 64
"""Cells along a side of the height map."""
_SPECK = 0.0004  # parts of a section below this share of the box's base are noise


@dataclass(frozen=True)
class Part:
    """One connected part of a cross-section.

    Attributes:
        contour: (N, 2) outer outline.
        area: Area without holes.
        low: (2,) least x and y.
        high: (2,) largest x and y.
    """

    contour: Floats
    area: float
    low: Floats
    high: Floats

    @property
    def size(self) -> Floats:
        """Width and depth of the bounding box, (2,)."""
        return self.high - self.low

    @property
    def middle(self) -> Floats:
        """Centre of the bounding box, (2,)."""
        return (self.low + self.high) / 2

    @cached_property
    def hull_area(self) -> float:
        """Area of the convex hull."""
        return float(CrossSection.hull_points(self.contour).area())


class Solid:
    """A closed mesh in the canonical frame.

    Args:
        mesh: Z up, front towards -y, longest side 1.

    Attributes:
        mesh: The given mesh.
        low: (3,) lowest corner of the box.
        size: (3,) sides of the box.

    Raises:
        NotSolidError: It is not a closed manifold.
    """

    def __init__(self, mesh: trimesh.Trimesh) -> None:
        self.mesh = mesh
        self.low = np.asarray(mesh.bounds[0], dtype=np.float64)
        self.size = np.asarray(mesh.extents, dtype=np.float64)
        self.manifold = to_manifold(mesh)
        self._sections: dict[float, list[Part]] = {}

    @property
    def height(self) -> float:
        """Extent along z."""
        return float(self.size[2])

    def section(self, share: float) -> list[Part]:
        """Return the parts of the cross-section at a share of the height, the largest first."""
        if share not in self._sections:
            speck = _SPECK * float(self.size[0] * self.size[1])
            cut = self.manifold.slice(float(self.low[2] + share * self.size[2]))
            parts = [_part(one) for one in cut.decompose() if one.num_contour() > 0]
            parts = [one for one in parts if one.area > speck]
            self._sections[share] = sorted(parts, key=lambda one: -one.area)
        return self._sections[share]

    @cached_property
    def genus(self) -> int:
        """Number of through-holes: half of 2 - V + E - F, summed over separate surfaces."""
        faces = self.mesh.face_adjacency
        count = len(self.mesh.faces)
        graph = coo_matrix((np.ones(len(faces), dtype=bool), faces.T), shape=(count, count))
        surfaces, _ = connected_components(graph, directed=False)
        return int(self.manifold.genus()) + int(surfaces) - 1

    @cached_property
    def floors(self) -> Floats:
        """Height map (64, 64) of the top: heights above the base that vertical rays hit.

        Index [i, j] is column i along x and j along y. Each cell holds the highest of four rays, so
        that thin walls are not missed, or -1 if none hits.
        """
        steps = (np.arange(2 * CELLS) + 0.5) / (2 * CELLS)
        grid = np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2)
        start = np.column_stack([self.low[:2] + grid * self.size[:2], np.full(len(grid), 1.0)])
        down = np.tile([0.0, 0.0, -1.0], (len(grid), 1))
        hits, ray, _ = self.mesh.ray.intersects_location(start, down, multiple_hits=False)
        heights = np.full(len(grid), -1.0)
        heights[ray] = hits[:, 2] - self.low[2]
        return np.asarray(heights.reshape(CELLS, 2, CELLS, 2).max(axis=(1, 3)))

    def silhouette_holes(self, axis: int) -> list[float]:
        """Return the areas of the holes visible through the solid along an axis.

        Args:
            axis: 0 looks along x, 1 along y, 2 along z.

        Returns:
            Areas as shares of the filled silhouette, the largest first.
        """
        turn = {0: (0.0, 90.0, 0.0), 1: (90.0, 0.0, 0.0), 2: (0.0, 0.0, 0.0)}[axis]
        shadow = self.manifold.rotate(turn).project()
        areas = np.array([signed_area(one) for one in shadow.to_polygons()])
        filled = areas[areas > 0].sum()
        return sorted((-areas[areas < 0] / max(filled, 1e-12)).tolist(), reverse=True)

    @cached_property
    def level_faces(self) -> tuple[Floats, Floats, Floats]:
        """Upward faces: heights above the base (K,), areas (K,), centres (K, 2)."""
        up = self.mesh.face_normals[:, 2] > 0.97
        centres = self.mesh.triangles_center[up]
        return centres[:, 2] - self.low[2], self.mesh.area_faces[up], centres[:, :2]


def _part(section: CrossSection) -> Part:
    polygons = section.to_polygons()
    outer = polygons[0] if len(polygons) == 1 else max(polygons, key=signed_area)
    points = np.asarray(outer, dtype=np.float64)
    return Part(points, float(section.area()), points.min(axis=0), points.max(axis=0))


def signed_area(polygon: Floats) -> float:
    """Return the area of a polygon (N, 2), negative when it runs clockwise."""
    x, y = np.asarray(polygon, dtype=np.float64).T
    inner = np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])
    return float(inner + x[-1] * y[0] - x[0] * y[-1]) / 2
