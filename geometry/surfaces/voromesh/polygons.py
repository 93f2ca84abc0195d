"""Meshes of polygons with any number of corners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

Points = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class PolygonMesh:
    """Polygons over shared vertices, counter-clockwise seen from outside.

    Attributes:
        vertices: (V, 3) float64.
        corners: (C,) vertex of each corner, polygon after polygon.
        starts: (P + 1,) where each polygon begins in `corners`; the last entry is C.
    """

    vertices: Points
    corners: Indices
    starts: Indices

    def __len__(self) -> int:
        """Return the number of polygons P."""
        return len(self.starts) - 1

    @property
    def sizes(self) -> Indices:
        """(P,) number of corners of each polygon."""
        return np.diff(self.starts)

    def triangles(self) -> Indices:
        """Cut each polygon into a fan from its first corner: faces (F, 3), no new vertices."""
        sizes = self.sizes
        owner = np.repeat(np.arange(len(self)), sizes - 2)
        first = self.starts[:-1][owner]
        within = np.arange(len(owner)) - np.repeat(np.cumsum(sizes - 2) - (sizes - 2), sizes - 2)
        second = first + 1 + within
        return self.corners[np.stack([first, second, second + 1], axis=1)]

    def mesh(self) -> trimesh.Trimesh:
        """Return the triangles as a mesh."""
        return trimesh.Trimesh(self.vertices, self.triangles(), process=False)
