"""Exact distances to a surface at the grid nodes near it."""

from __future__ import annotations

from dataclasses import dataclass

import igl
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from caddis.geometry.grid import Grid, Index
from caddis.geometry.solidify.patches import Patches
from caddis.geometry.triangles import areas, corners, unit_normals

_SAMPLES_PER_CELL = 8.0
_REACH = 1.9
"""Distance from the surface, in grid steps, within which thickening can change the zero set."""
_LAYERS = 2
"""Nodes up to this many steps from a touched node are measured: all nodes within 1.5 steps."""


@dataclass(frozen=True)
class SurfaceBand:
    """The unsigned distance on a grid, exact in a band around the surface.

    Attributes:
        grid: The nodes.
        distance: One float32 a node; outside the band a constant larger than any in it.
        index: Three arrays (B,), the grid indices of the nodes of the band.
        closest: (B, 3) float64, their nearest surface points.
        outward: (B, 3) float64, unit vectors from there to the node (face normals if it is on it).
        face: (B,) int64, the nearest faces.
    """

    grid: Grid
    distance: NDArray[np.float32]
    index: Index
    closest: NDArray[np.float64]
    outward: NDArray[np.float64]
    face: NDArray[np.int64]

    @property
    def near(self) -> NDArray[np.bool_]:
        """(B,) bool, nodes so near to the surface that a thickened wall might reach them."""
        return self.distance[self.index] < _REACH * self.grid.spacing


def surface_band(patches: Patches, grid: Grid) -> SurfaceBand:
    """Measure the distance to a surface at the grid nodes near it (libigl's AABB tree)."""
    triangles = corners(patches.vertices, patches.faces)
    touched = np.zeros(grid.shape, dtype=np.uint8)
    touched[grid.nearest(_cover(triangles, grid.spacing))] = 1
    index = np.nonzero(ndimage.maximum_filter(touched, size=2 * _LAYERS + 1))
    nodes = grid.nodes(index)
    squared, face, closest = igl.point_mesh_squared_distance(nodes, patches.vertices, patches.faces)
    distance = np.full(grid.shape, 2.0, dtype=np.float32)
    length = np.sqrt(np.asarray(squared).reshape(-1).clip(min=0.0))
    distance[index] = length
    face = np.asarray(face, dtype=np.int64).reshape(-1)
    towards = (nodes - closest) / length[:, None].clip(min=1e-12)
    on_surface = length < 1e-4 * grid.spacing
    towards[on_surface] = unit_normals(triangles[face[on_surface]])
    return SurfaceBand(grid, distance, index, np.asarray(closest), towards, face)


def signed_by_faces(
    patches: Patches, points: NDArray[np.float64], rough: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Measure exact distances to the surface and give them a sign.

    The sign comes from the side of the nearest face where that belongs to a closed patch, and
    from `rough` where it belongs to an open one.

    Args:
        patches: The surface.
        points: (N, 3) where to measure.
        rough: (N,) signed distances interpolated on the grid.
    """
    squared, face, closest = igl.point_mesh_squared_distance(
        np.ascontiguousarray(points), patches.vertices, patches.faces
    )
    face = np.asarray(face).reshape(-1)
    normal = unit_normals(corners(patches.vertices, patches.faces[face]))
    facing = np.einsum("ij,ij->i", points - closest, normal)
    side = np.where(patches.closed[face], facing, rough)
    return np.asarray(np.sqrt(np.asarray(squared).reshape(-1).clip(min=0.0)) * np.sign(side))


def _cover(triangles: NDArray[np.float64], spacing: float) -> NDArray[np.float64]:
    """Place points on triangles (F, 3, 3) so densely that dilation finds every node nearby.

    The barycentric coordinates are quasi-random (Roberts' R2 sequence), so no seed is needed.
    """
    edge_a, edge_b = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    longest = np.sqrt(np.maximum((edge_a**2).sum(axis=1), (edge_b**2).sum(axis=1)))
    count = np.ceil(_SAMPLES_PER_CELL * areas(triangles) / spacing**2 + 2.0 * longest / spacing)
    count = count.astype(np.int64) + 1
    face = np.repeat(np.arange(len(triangles)), count)
    number = np.arange(len(face), dtype=np.float64)
    bary = np.stack([number * 0.7548776662466927, number * 0.5698402909980532], axis=1) % 1.0
    bary = np.where(bary.sum(axis=1, keepdims=True) > 1.0, 1.0 - bary, bary)
    points = triangles[face, 0] + bary[:, :1] * edge_a[face] + bary[:, 1:] * edge_b[face]
    return np.concatenate([points, triangles.reshape(-1, 3)])
