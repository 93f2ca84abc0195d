"""Marching cubes over the few corners of a grid that lie near or inside a solid.

A strut web fills a few thousandths of its box. Only the corners that are listed are visited, so
time and memory grow with the surface and not with the box.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import trimesh
from numpy.typing import NDArray
from skimage.measure import marching_cubes

from caddis.geometry.errors import ConfigError, NoSurfaceError
from caddis.geometry.grid import Grid

Indices = NDArray[np.int64]
_MARGIN = 0.02  # a vertex stays this share of a cell away from the grid's corners
CELL_CORNERS = np.array([[x, y, z] for z in (0, 1) for y in (0, 1) for x in (0, 1)])
"""(8, 3) offsets of a cell's corners; the n-th is the n-th bit of a sign pattern."""


@dataclass(frozen=True, eq=False)
class SparseGrid(Grid):
    """A grid of which K nodes have a value: the corners of cells.

    Attributes:
        index: (K,) int64, their numbers, increasing.
        values: (K,) float32, negative inside; corners that are not listed are outside.
    """

    index: Indices
    values: NDArray[np.float32]


def mesh_from_sparse_grid(grid: SparseGrid) -> trimesh.Trimesh:
    """Mesh the zero set of a sparse grid; see `geometry.surfaces.marching_cubes.mesh_from_grid`.

    The triangles are the same as from the full grid: Lorensen's table is applied to the signs, and
    each vertex lies on a grid edge by linear interpolation, kept `_MARGIN` of a cell away from its
    ends. So the mesh is closed and manifold for any values, in float32 too.

    Args:
        grid: Every corner next to an inside corner must be listed, because the vertices are
            interpolated from it (a missing corner counts as one spacing outside). Inside corners
            must not lie on the border.

    Returns:
        A closed outward oriented mesh, vertices (V, 3) float64, in the units of the grid.

    Raises:
        NoSurfaceError: No corner is inside.
        ConfigError: The solid reaches the border of the grid.
    """
    cells, cases = cut_cells(grid)
    keys = triangle_edges(cells, cases, grid.strides)
    edges, faces = np.unique(keys, return_inverse=True)
    vertices = on_edges(edges, grid)
    return trimesh.Trimesh(vertices, faces.reshape(-1, 3).astype(np.int64), process=False)


def cut_cells(grid: SparseGrid) -> tuple[Indices, Indices]:
    """Return the lowest corners (M,) of the cells with a sign change, and their sign patterns (M,).

    Raises:
        NoSurfaceError: No corner is inside.
        ConfigError: The solid reaches the border of the grid.
    """
    inside = grid.index[grid.values < 0]
    if len(inside) == 0:
        raise NoSurfaceError("no corner of the grid is inside")
    at = np.stack(np.unravel_index(inside, grid.shape))
    if (at.min(axis=1) == 0).any() or (at.max(axis=1) == np.array(grid.shape) - 1).any():
        raise ConfigError("the solid reaches the border of its grid", "shape", "Leave a margin.")
    cells = inside
    for stride in grid.strides:
        both = np.concatenate([cells - stride, cells])
        both.sort(kind="stable")  # two sorted runs: merged in linear time
        cells = both[np.append(True, both[1:] != both[:-1])]
    cases = np.zeros(len(cells), np.int64)
    for bit, offset in enumerate(CELL_CORNERS @ np.array(grid.strides)):
        cases |= _contains(inside, cells + offset).astype(np.int64) << bit
    cut = cases != 255
    return cells[cut], cases[cut]


def _contains(ordered: Indices, wanted: Indices) -> NDArray[np.bool_]:
    place = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.asarray(ordered[place] == wanted)


def triangle_edges(cells: Indices, cases: Indices, strides: tuple[int, int, int]) -> Indices:
    """Return (F, 3) the grid edge of each corner of each triangle: 3 * lower corner + axis."""
    triangles, corner, axis = _table()
    offset = (corner @ np.array(strides)) * 3 + axis
    found = triangles[cases]
    used = found[:, :, 0] >= 0
    rows = np.repeat(np.arange(len(cells)), used.sum(axis=1))
    return np.asarray(3 * cells[rows][:, None] + offset[found[used]])


def on_edges(edges: Indices, grid: SparseGrid) -> NDArray[np.float64]:
    """Return (V, 3) the zeros on grid edges by linear interpolation."""
    low, axis = edges // 3, edges % 3
    high = low + np.array(grid.strides)[axis]
    at_low, at_high = (_values_at(grid, corner) for corner in (low, high))
    share = np.clip(at_low / (at_low - at_high), _MARGIN, 1.0 - _MARGIN)
    places = grid.positions(low)
    places[np.arange(len(places)), axis] += share * grid.spacing
    return places


def _values_at(grid: SparseGrid, corners: Indices) -> NDArray[np.float64]:
    place = np.minimum(np.searchsorted(grid.index, corners), len(grid.index) - 1)
    known = grid.index[place] == corners
    return np.asarray(np.where(known, grid.values[place], grid.spacing), dtype=np.float64)


@cache
def _table() -> tuple[Indices, Indices, Indices]:
    """Return Lorensen's table, read off scikit-image by meshing each of the 256 patterns.

    Returns:
        triangles (256, 5, 3): numbers of cell edges, -1 where there is no triangle; and for
        the cell edges their lower corner (12, 3) and axis (12,).
    """
    keys = sorted(
        (axis, *corner) for axis in range(3) for corner in CELL_CORNERS.tolist() if not corner[axis]
    )
    number = {key: row for row, key in enumerate(keys)}
    table = np.full((256, 5, 3), -1, np.int64)
    for case in range(1, 255):
        bits = (case >> np.arange(8)) & 1
        signs = np.ones((2, 2, 2), np.float32)
        signs[tuple(CELL_CORNERS.T)] = 1.0 - 2.0 * bits
        vertices, faces, _, _ = marching_cubes(  # type: ignore[no-untyped-call]
            signs, 0.0, method="lorensen", gradient_direction="descent", allow_degenerate=True
        )
        axes = np.argmax(vertices == 0.5, axis=1)
        rows = [number[int(a), *map(int, v)] for a, v in zip(axes, vertices, strict=True)]
        table[case, : len(faces)] = np.array(rows)[faces]
    corner = np.array([key[1:] for key in keys])
    return table, corner, np.array([key[0] for key in keys])
