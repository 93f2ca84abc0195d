"""Mesh struts: marching cubes at the joints, few long faces along the free spans between them.

Where no other strut is near, marching cubes makes a tube of thousands of similar rings. Grid
planes across the strut's main axis cut that tube in closed polygons whose corners are vertices of
the mesh. The tube between two such planes can therefore be replaced by one belt of triangles from
polygon to polygon, built in the order of the vertices' angles around the strut. Both polygons are
star-shaped around the strut, and so is every section between them, so the belt cannot cross
itself. A slab is the space between two neighbouring grid planes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh

from caddis.geometry.surfaces.sparse_marching_cubes import (
    CELL_CORNERS,
    cut_cells,
    mesh_from_sparse_grid,
    on_edges,
    triangle_edges,
)
from caddis.geometry.webs.graph import Floats, Indices
from caddis.geometry.webs.struts import StrutGrid, Struts

_LEAST_SLABS = 3  # shorter tubes are not replaced
_LEAST_CELLS = 1.3  # cells per radius; with fewer, a polygon may not be star-shaped


@dataclass(frozen=True, eq=False)
class _Spans:
    """B belts to make, each along one strut between two grid planes across its main axis.

    Attributes:
        strut: (B,) numbers of struts, increasing.
        low: (B,) first plane.
        high: (B,) last plane.
    """

    strut: Indices
    low: Indices
    high: Indices


def mesh_struts(found: StrutGrid, struts: Struts) -> trimesh.Trimesh:
    """Mesh the union of struts whose values are in `found`.

    Args:
        found: Values near the struts, and which struts are near each corner.
        struts: The same struts. If a radius is below 1.3 cells, marching cubes meshes them all.

    Returns:
        A closed, outward oriented mesh, edge-manifold and vertex-manifold.

    Raises:
        NoSurfaceError: No corner of the grid is inside the solid.
        ConfigError: The solid reaches the border of the grid.
    """
    grid = found.grid
    if not len(struts.radii) or struts.radii.min() < _LEAST_CELLS * grid.spacing:
        return mesh_from_sparse_grid(grid)
    spans = _free_spans(found, struts)
    if not len(spans.strut):
        return mesh_from_sparse_grid(grid)
    cells, cases = cut_cells(grid)
    kept = ~_replaced(found, cells, spans, struts.main)
    keys = triangle_edges(cells[kept], cases[kept], grid.strides)
    edges, faces = np.unique(keys, return_inverse=True)
    vertices = on_edges(edges, grid)
    belts = _belts(found, edges, vertices, spans, struts)
    faces = np.concatenate([faces.reshape(-1, 3), belts])
    return trimesh.Trimesh(vertices, faces.astype(np.int64), process=False)


def _free_spans(found: StrutGrid, struts: Struts) -> _Spans:
    """Find the longest runs of slabs that only one strut is near."""
    grid, main, rows = found.grid, struts.main, np.arange(len(struts.radii))
    reached = np.sort(np.stack([struts.starts[rows, main], struts.ends[rows, main]]), axis=0)
    # Keep clear of the round ends, where sections are not ellipses. The section of a tilted strut
    # extends along it by up to sqrt(2) radii.
    clear = np.sqrt(2.0) * struts.radii + grid.spacing
    first = np.ceil((reached[0] + clear - grid.low[main]) / grid.spacing).astype(np.int64)
    last = np.floor((reached[1] - clear - grid.low[main]) / grid.spacing).astype(np.int64)
    count = np.maximum(last - first, 0)  # slabs
    offset = np.cumsum(count) - count
    free = np.ones(int(count.sum()), np.bool_)
    strut = found.shared_members
    mine = strut < len(rows)
    strut, corner = strut[mine], found.shared_corners[mine]
    plane = _plane(corner, main[strut], grid.shape)
    for slab in (plane - 1 - first[strut], plane - first[strut]):  # a corner borders two slabs
        there = (slab >= 0) & (slab < count[strut])
        free[offset[strut[there]] + slab[there]] = False
    owner = np.repeat(rows, count)
    edge = np.flatnonzero(np.diff(np.concatenate([[0], free, [0]])))
    begin, end = _split_by_owner(edge[::2], edge[1::2], owner, offset, count)
    long = end - begin >= _LEAST_SLABS
    begin, end, strut = begin[long], end[long], owner[begin[long]]
    return _Spans(strut, begin - offset[strut] + first[strut], end - offset[strut] + first[strut])


def _split_by_owner(
    begin: Indices, end: Indices, owner: Indices, offset: Indices, count: Indices
) -> tuple[Indices, Indices]:
    """Split runs [begin, end) of free slabs where they pass from one strut to the next."""
    cuts = offset[(count > 0)]
    inner = cuts[(np.searchsorted(begin, cuts, side="left") - 1) == np.searchsorted(end, cuts)]
    return np.sort(np.append(begin, inner)), np.sort(np.append(end, inner))


def _plane(corners: Indices, axis: Indices, shape: tuple[int, int, int]) -> Indices:
    """Return the grid coordinate of each corner along its axis in `axis`."""
    at = np.stack(np.unravel_index(corners, shape))
    return np.asarray(at[axis, np.arange(len(corners))])


def _replaced(found: StrutGrid, cells: Indices, spans: _Spans, main: Indices) -> np.ndarray:
    """Return (M,) bool, whether each of the cut `cells` is in a tube that a belt replaces."""
    grid = found.grid
    owner = found.owner[np.searchsorted(grid.index, cells)]
    for offset in (CELL_CORNERS @ np.array(grid.strides))[1:]:
        other = found.owner[np.searchsorted(grid.index, cells + offset)]
        owner = np.where(owner == other, owner, -1)
    rows = np.flatnonzero((owner >= 0) & (owner < len(main)))
    strut = owner[rows]
    slab = _plane(cells[rows], main[strut], grid.shape)
    size = max(grid.shape)
    span = np.searchsorted(spans.strut * size + spans.low, strut * size + slab, side="right") - 1
    inside = (span >= 0) & (spans.strut[span] == strut) & (slab < spans.high[span])
    replaced = np.zeros(len(cells), np.bool_)
    replaced[rows[inside]] = True
    return replaced


def _belts(
    found: StrutGrid, edges: Indices, vertices: Floats, spans: _Spans, struts: Struts
) -> Indices:
    """Return (T, 3) triangles from polygon to polygon of every span."""
    grid, main = found.grid, struts.main
    low, along = edges // 3, edges % 3
    owner = found.owner[np.searchsorted(grid.index, low)]
    rows = np.flatnonzero((owner >= 0) & (owner < len(main)))
    rows = rows[along[rows] != main[owner[rows]]]  # keep grid edges that lie in a plane
    strut = owner[rows]
    code = strut * max(grid.shape) + _plane(low[rows], main[strut], grid.shape)
    points = []
    for planes in (spans.low, spans.high):
        wanted = spans.strut * max(grid.shape) + planes
        span = np.minimum(np.searchsorted(wanted, code), len(wanted) - 1)
        hit = np.flatnonzero(wanted[span] == code)
        points.append((rows[hit], span[hit]))
    vertex = np.concatenate([one for one, _ in points])
    span = np.concatenate([one for _, one in points])
    upper = np.repeat([False, True], [len(one) for one, _ in points])
    angle = _angles(vertices[vertex], spans.strut[span], struts)
    order = np.lexsort((upper, angle, span))
    return _merged(vertex[order], span[order], upper[order])


def _angles(points: Floats, strut: Indices, struts: Struts) -> Floats:
    """Return the angle of each point around its strut, in the plane across its main axis."""
    rows, axis = np.arange(len(points)), struts.main[strut]
    start, vector = struts.starts[strut], struts.vectors[strut]
    share = (points[rows, axis] - start[rows, axis]) / vector[rows, axis]
    off = points - start - share[:, None] * vector
    return np.asarray(np.arctan2(off[rows, (axis + 2) % 3], off[rows, (axis + 1) % 3]))


def _merged(vertex: Indices, span: Indices, upper: np.ndarray) -> Indices:
    """Return the triangles between the two polygons of each span.

    Both polygons are followed at once; each vertex forms a triangle with the previous vertex of
    its own polygon and the latest one of the other polygon.

    Args:
        vertex: Vertices of both polygons of all spans, sorted by span and then by angle.
        span: The span of each vertex.
        upper: Whether each vertex is on the higher plane.
    """
    rows = np.arange(len(vertex))
    begin = np.flatnonzero(np.append(True, span[1:] != span[:-1]))
    group = np.repeat(np.arange(len(begin)), np.diff(np.append(begin, len(span))))
    before = {}
    for side in (False, True):
        mine = np.where(upper == side, rows, -1)
        latest = np.maximum.accumulate(mine)
        wrap = np.maximum.reduceat(mine, begin)  # the last vertex precedes the first
        earlier = np.append(-1, latest[:-1])
        before[side] = np.where(earlier >= begin[group], earlier, wrap[group])
    here = np.stack([vertex[before[False]], vertex, vertex[before[True]]], axis=1)
    return np.asarray(here)
