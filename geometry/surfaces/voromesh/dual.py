"""The surface of a diagram: Voronoi faces between cells of unlike occupancy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import NotSolidError
from caddis.geometry.surfaces.voromesh.diagram import Diagram
from caddis.geometry.surfaces.voromesh.polygons import PolygonMesh

Indices = NDArray[np.int64]

# The edges of a positively oriented tetrahedron, and the corners before and behind the
# edge: walking round from a to b to c to a ... with a -> b up, `before` comes first.
_EDGES = np.array([[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]])
_OTHERS = np.array([[2, 3], [3, 1], [1, 2], [0, 3], [2, 0], [0, 1]])
_EDGE_OF = np.full((4, 4), -1, dtype=np.int64)
for _number, (_a, _b) in enumerate(_EDGES):
    _EDGE_OF[_a, _b] = _EDGE_OF[_b, _a] = _number


def boundary(diagram: Diagram) -> PolygonMesh:
    """Return the polygons between the cells inside and the cells outside.

    The surface is closed and manifold for any coordinates, because it is the dual of a
    triangulation. Call a simplex mixed if it has corners both inside and outside. Each mixed
    tetrahedron gives a vertex. Each mixed facet lies between two mixed tetrahedra (generators on
    the hull are outside) and gives an edge; it has exactly two mixed edges, so exactly two polygons
    meet there. Each mixed edge gives a polygon, through the ring of tetrahedra around it. In a
    mixed tetrahedron three or four polygons meet, in one ring, so each vertex has one fan. Two
    tetrahedra have at most one facet in common, so no two polygons share two edges, and the
    surface stays manifold when polygons are cut into fans of triangles.

    Raises:
        NotSolidError: Rounding broke the triangulation; try again with a larger jitter.
    """
    tetrahedra, inside = diagram.tetrahedra, diagram.occupancy
    mixed = np.flatnonzero(inside[tetrahedra].any(axis=1) & ~inside[tetrahedra].all(axis=1))
    row = np.full(len(tetrahedra), -1, dtype=np.int64)
    row[mixed] = np.arange(len(mixed))
    corners = tetrahedra[mixed]
    ends = corners[:, _EDGES]  # (M, 6, 2)
    labels = inside[ends]
    at, edge = np.nonzero(labels[..., 0] != labels[..., 1])
    number = np.full((len(mixed), 6), -1, dtype=np.int64)
    number[at, edge] = np.arange(len(at))
    # Seen from outside the polygon must turn left: go round the edge from inside to outside.
    upward = labels[at, edge, 0]
    leaving = np.where(upward, _OTHERS[edge, 0], _OTHERS[edge, 1])
    across = row[diagram.beyond[mixed[at], leaving]]
    pair = ends[at, edge]
    following = number[across, _edge_in(corners, across, pair)]
    if (across < 0).any() or (following < 0).any():
        raise NotSolidError("the Delaunay triangulation has a hole")
    rings, starts = _rings(following, np.sort(pair, axis=1), len(inside))
    return PolygonMesh(diagram.centres[mixed], at[rings], starts)


def _edge_in(corners: Indices, rows: Indices, pairs: Indices) -> Indices:
    """(C,) which edge of the tetrahedra `rows` joins the generators `pairs` (C, 2)."""
    first = (corners[rows] == pairs[:, :1]).argmax(axis=1)
    second = (corners[rows] == pairs[:, 1:]).argmax(axis=1)
    edge: Indices = _EDGE_OF[first, second]
    return edge


def _rings(following: Indices, pairs: Indices, generators: int) -> tuple[Indices, Indices]:
    """Put the corners of each polygon in order: all corners in a row, and where each starts."""
    keys = pairs[:, 0] * generators + pairs[:, 1]
    _, start, size = np.unique(keys, return_index=True, return_counts=True)
    starts = np.concatenate([[0], np.cumsum(size)])
    rings = np.full(len(following), -1, dtype=np.int64)
    here, active = start, np.arange(len(start))
    for step in range(int(size.max())):
        active = active[size[active] > step]
        rings[starts[active] + step] = here[active]
        here[active] = following[here[active]]
    # Each corner once, and each ring back where it began: rings are single.
    closed = np.array_equal(here, rings[starts[:-1]])
    if not closed or not np.array_equal(np.sort(rings), np.arange(len(rings))):
        raise NotSolidError("the Delaunay triangulation has an edge without a ring")
    return rings, starts
