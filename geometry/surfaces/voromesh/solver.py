"""Fit generators to samples in a few Gauss-Newton steps.

With the occupancy known, the surface is the zero set of an explicit function: at x, with p the
nearest generator inside and q the nearest outside,

    f(x) = (|x - q|^2 - |x - p|^2) / (2 |q - p|),

the distance of x from the bisector of p and q (negative outside here, so that f grows
inwards). VoroLoss (Maruani et al. 2023) is the mean of min_q f^2 over the neighbours q of
the nearest generator; taking the nearest of the other kind instead needs no search among
k neighbours, never rewards a face between two cells of one kind, and makes the loss a plain
sum of squares, which Gauss-Newton solves in some twenty steps where Adam takes hundreds. A second
residual turns each bisector's normal to the samples' normals.

Neighbours are kept between steps: each sample carries a list of the nearest generators of
either kind, which stays exact until two generators could have changed order (Verlet 1967).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack
from scipy.spatial import cKDTree

from caddis.geometry.conjugate_gradients import damped_least_squares
from caddis.geometry.surfaces.voromesh.representation import VoroMesh
from caddis.geometry.surfaces.voromesh.samples import Samples

Points = NDArray[np.float64]
Indices = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class SolverOptions:
    """Settings of `refine`.

    Attributes:
        steps: Gauss-Newton steps.
        normal_weight: Weight of the normals' residual; lengths are in units of the spacing.
        damping: Weight that holds each generator where it is, per sample and step.
        rounds: Conjugate-gradient rounds a step.
    """

    steps: int = 20
    normal_weight: float = 0.02
    damping: float = 0.1
    rounds: int = 15


class NearestLists:
    """Finds the nearest of moving points to fixed queries, with lists of candidates (Verlet)."""

    def __init__(self, queries: Points, points: Points, length: int = 6) -> None:
        self._queries = queries
        self._length = min(length, len(points))
        self.renewals = 0
        self._renew(points)

    def _renew(self, points: Points) -> None:
        distance, near = cKDTree(points).query(self._queries, self._length)
        self._near = near.reshape(len(self._queries), -1)
        self._reach = distance.reshape(len(self._queries), -1)[:, -1]
        self._origin = points.copy()
        self.renewals += 1

    def nearest(self, points: Points) -> Indices:
        """Return the index (N,) of the nearest of `points` to each query, exactly.

        When a list was made, every point that is not on it was farther than its reach. Such a
        point is now at least as far as the reach minus the largest movement, so a list whose
        best point is nearer than that is still valid.
        """
        moved = float(np.sqrt(np.square(points - self._origin).sum(axis=1).max()))
        offset = points[self._near] - self._queries[:, None]
        squares = np.einsum("nki,nki->nk", offset, offset)
        best = squares.argmin(axis=1)
        rows = np.arange(len(best))
        result: Indices = self._near[rows, best]
        if self._length < len(points):
            stale = np.sqrt(squares[rows, best]) > self._reach - moved
            if stale.mean() > 0.2:
                self._renew(points)
                return np.asarray(self._near[:, 0])
            if stale.any():
                result[stale] = cKDTree(points).query(self._queries[stale])[1]
        return result


def refine(voromesh: VoroMesh, samples: Samples, options: SolverOptions | None = None) -> VoroMesh:
    """Move the generators so that the surface passes through oriented samples.

    Args:
        voromesh: A start near the surface, such as `mirrored_pairs` makes.
        samples: Points (N, 3) with outward normals.
        options: Steps and weights.
    """
    options = options or SolverOptions()
    inside = np.flatnonzero(voromesh.occupancy)
    outside = np.flatnonzero(~voromesh.occupancy)
    places = voromesh.generators.copy()
    points = samples.points
    behind = NearestLists(points, places[inside])
    before = NearestLists(points, places[outside])
    for _ in range(options.steps):
        p = inside[behind.nearest(places[inside])]
        q = outside[before.nearest(places[outside])]
        places = places + _step(places, p, q, samples, options)
    return voromesh.moved(places)


def _step(
    places: Points, p: Indices, q: Indices, samples: Samples, options: SolverOptions
) -> Points:
    value, slope_p, slope_q, unit, length = bisector_distance(samples.points, places[p], places[q])
    spacing = float(np.median(length))
    count = len(places)
    rows = np.arange(len(value))
    jacobian = _sparse(rows, p, q, slope_p, slope_q, count=count)
    # The mean normal of a pair's samples replaces their normals: the same minimum, far fewer rows.
    pair, which, size = np.unique(p * count + q, return_inverse=True, return_counts=True)
    which = which.reshape(-1)
    normal = np.stack([np.bincount(which, samples.normals[:, k]) for k in range(3)], axis=1)
    first = np.zeros(len(pair), dtype=np.int64)
    first[which] = rows
    root = np.sqrt(options.normal_weight * size) * spacing
    error = unit[first] - normal / size[:, None]
    # d(unit)/d(q) = (I - unit unit^T) / length
    tangent = (np.eye(3) - unit[first, :, None] * unit[first, None, :]) / length[first, None, None]
    turning = [
        _sparse(
            np.arange(len(pair)),
            p[first],
            q[first],
            -tangent[:, k] * root[:, None],
            tangent[:, k] * root[:, None],
            count=count,
        )
        for k in range(3)
    ]
    stacked = vstack([jacobian, *turning]).tocsr()
    residual = np.concatenate([value, (error * root[:, None]).T.reshape(-1)])
    load = options.damping * len(value) / count
    step = damped_least_squares(stacked, residual, load, rounds=options.rounds)
    return -step.reshape(count, 3)


def bisector_distance(
    x: Points, p: Points, q: Points
) -> tuple[Values, Points, Points, Points, Values]:
    """Distance of x from the bisector of p and q, positive on the side of p, with slopes.

    Args:
        x: (N, 3) samples.
        p: (N, 3) generators inside.
        q: (N, 3) generators outside.

    Returns:
        Value (N,); its gradients by p and by q, (N, 3) each; the unit vector from p to q
        (N, 3); and |q - p| (N,).
    """
    apart = q - p
    length = np.sqrt(np.square(apart).sum(axis=1)).clip(1e-300)
    unit = apart / length[:, None]
    from_p, from_q = x - p, x - q
    value = (np.square(from_q).sum(axis=1) - np.square(from_p).sum(axis=1)) / (2.0 * length)
    slope_p = (from_p + value[:, None] * unit) / length[:, None]
    slope_q = -(from_q + value[:, None] * unit) / length[:, None]
    return value, slope_p, slope_q, unit, length


def _sparse(
    rows: Indices, p: Indices, q: Indices, slope_p: Points, slope_q: Points, *, count: int
) -> csr_array:
    columns = np.concatenate([3 * p[:, None] + np.arange(3), 3 * q[:, None] + np.arange(3)], axis=1)
    data = np.concatenate([slope_p, slope_q], axis=1)
    indptr = np.arange(len(rows) + 1) * 6
    return csr_array((data.reshape(-1), columns.reshape(-1), indptr), shape=(len(rows), 3 * count))
