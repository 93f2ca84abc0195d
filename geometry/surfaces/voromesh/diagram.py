"""Delaunay triangulation that is combinatorially sound, also for degenerate generators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError

from caddis.geometry.errors import NoSurfaceError
from caddis.geometry.surfaces.voromesh.representation import VoroMesh

Points = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Of the diagonal: breaks cospherical ties; far above the rounding of a circumcentre, far
# below what float32 keeps.
JITTER = 1e-7
_COINCIDENT = 1e-9  # of the diagonal
_MIN_GENERATORS = 5  # the cells of four generators are all unbounded
_REACH = 1.0  # a cell that reaches this many diagonals out of the box counts as unbounded


@dataclass(frozen=True)
class Diagram:
    """A Delaunay triangulation and, dual to it, the vertices of the Voronoi diagram.

    Attributes:
        occupancy: (n,) bool, the label of each generator; unbounded cells are outside.
        tetrahedra: (T, 4) generators, each positively oriented.
        beyond: (T, 4) the tetrahedron across the facet opposite each corner; -1 on the hull.
        centres: (T, 3) circumcentres: the Voronoi vertices.
    """

    occupancy: Mask
    tetrahedra: Indices
    beyond: Indices
    centres: Points


def diagram(voromesh: VoroMesh, jitter: float = JITTER, seed: int = 0) -> Diagram:
    """Triangulate the generators, moved by `jitter` of their extent to break ties.

    Coincident generators become one, which is inside only if all of them are. A cell that is
    unbounded, or reaches farther than the generators' extent out of their box, is labelled
    outside, as in the paper's code.

    Args:
        voromesh: The generators.
        jitter: Standard deviation of the shift, as a share of the box's diagonal.
        seed: Of the jitter.

    Raises:
        NoSurfaceError: The generators lie in a plane or on a line, or no generator is inside.
    """
    points, occupancy = _distinct(voromesh)
    extent = float(np.linalg.norm(np.ptp(points, axis=0))) if len(points) else 0.0
    if len(points) < _MIN_GENERATORS or not occupancy.any() or not extent > 0.0:
        raise NoSurfaceError(
            "these generators enclose nothing", f"{len(points)} distinct, {occupancy.sum()} inside"
        )
    # Qhull works best near the origin at size one; a shift and a scale change no diagram.
    middle = (points.min(axis=0) + points.max(axis=0)) / 2.0
    unit = (points - middle) / extent
    unit += np.random.default_rng(seed).normal(0.0, jitter, unit.shape)
    try:
        hull = Delaunay(unit)
    except QhullError as error:
        raise NoSurfaceError("the generators lie in a plane, so they enclose nothing") from error
    tetrahedra, beyond = hull.simplices.astype(np.int64), hull.neighbors.astype(np.int64)
    centres, volume = _circumcentres(unit[tetrahedra])
    turned = volume < 0.0
    tetrahedra[turned] = tetrahedra[turned][:, [1, 0, 2, 3]]
    beyond[turned] = beyond[turned][:, [1, 0, 2, 3]]
    occupancy = occupancy & ~_unbounded(unit, tetrahedra, beyond, centres)
    if not occupancy.any():
        raise NoSurfaceError("every cell inside is unbounded", "", "Add generators outside.")
    return Diagram(occupancy, tetrahedra, beyond, centres * extent + middle)


def _distinct(voromesh: VoroMesh) -> tuple[Points, Mask]:
    points = voromesh.generators
    if not len(points):
        return points, voromesh.occupancy
    cell = max(float(np.ptp(points, axis=0).max()) * _COINCIDENT, 1e-300)
    keys = np.round((points - points.min(axis=0)) / cell)
    _, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    inside = np.ones(len(first), dtype=np.bool_)
    np.logical_and.at(inside, group.reshape(-1), voromesh.occupancy)
    order = np.argsort(first)  # keep the caller's order: it is often spatially coherent
    return points[first[order]], inside[order]


def _circumcentres(corners: NDArray[np.float64]) -> tuple[Points, NDArray[np.float64]]:
    """Circumcentres (T, 3) and six times the signed volumes (T,) of tetrahedra (T, 4, 3)."""
    a, b, c = (corners[:, k] - corners[:, 3] for k in range(3))
    bc, ca, ab = np.cross(b, c), np.cross(c, a), np.cross(a, b)
    volume = np.einsum("ij,ij->i", a, bc)
    squares = (np.einsum("ij,ij->i", side, side)[:, None] for side in (a, b, c))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        offset = sum(s * n for s, n in zip(squares, (bc, ca, ab), strict=True)) / (
            2.0 * volume[:, None]
        )
    # A tetrahedron without volume has its centre at infinity: its cells are unbounded.
    centres = corners[:, 3] + np.nan_to_num(offset, nan=1e9, posinf=1e9, neginf=-1e9)
    return centres, -volume


def _unbounded(points: Points, tetrahedra: Indices, beyond: Indices, centres: Points) -> Mask:
    """(n,) cells that reach infinity, or out of the box by more than its diagonal (1)."""
    result = np.zeros(len(points), dtype=np.bool_)
    at, opposite = np.nonzero(beyond < 0)
    on_hull = np.ones((len(at), 4), dtype=np.bool_)
    on_hull[np.arange(len(at)), opposite] = False
    result[tetrahedra[at][on_hull]] = True
    far = (np.abs(centres) > 0.5 + _REACH).any(axis=1)
    result[tetrahedra[far].reshape(-1)] = True
    return result
