"""Prepare a scan: check it, scale it into the unit box and average the points of each cell."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError, NotSolidError
from caddis.geometry.points import checked_points

Floats = NDArray[np.float64]

MIN_POINTS = 32
MAX_THINNED = 400_000
"""Largest number of points for the solver; the cells grow until no more are left."""
_GROWTH = 1.26  # of a cell's side: twice its volume
_FAR = 10.0  # in extents of the middle 96 % of the points
_TIGHTEST = 1e-9  # extent over distance from the origin at which float64 still has digits left


@dataclass(frozen=True)
class Cloud:
    """Points of a scan in its canonical box (longest side 1, centred).

    Attributes:
        points: (N, 3) float64.
        weights: (N,) float64, how many points of the scan each one stands for.
        normals: (N, 3) float64 unit normals if the scan had them, else None.
        centre: (3,) middle of the scan's box, in its own unit.
        scale: Canonical lengths per length of the scan.
    """

    points: Floats
    weights: Floats
    normals: Floats | None
    centre: Floats
    scale: float

    def without(self, dropped: NDArray[np.bool_]) -> Cloud:
        """Return the cloud without the marked points (N,); the box stays."""
        kept = ~dropped
        normals = None if self.normals is None else self.normals[kept]
        return replace(self, points=self.points[kept], weights=self.weights[kept], normals=normals)

    def to_scan(self, points: Floats) -> Floats:
        """Bring canonical points (M, 3) back to the scan's unit and place."""
        return np.asarray(points / self.scale + self.centre)


def prepare(
    points: Floats,
    normals: Floats | None,
    cell: float,
    *,
    drop_strays: bool = True,
    max_points: int = MAX_THINNED,
) -> Cloud:
    """Check a scan, bring it into the unit box and average the points of each cell.

    Args:
        points: (N, 3), any unit.
        normals: (N, 3) of any length, or None.
        cell: Side of the cells, as a share of the longest side. Where more than `max_points`
            cells are taken (a dense and noisy scan fills a thick shell), they grow.
        drop_strays: Drop points far outside the middle 96 %, which would set the scale.
        max_points: Points to keep at most.

    Raises:
        ConfigError: The arrays have other shapes.
        EmptyMeshError: Fewer than 32 points, or fewer than 32 places.
        NonFiniteError: NaN or infinite numbers.
        NotSolidError: The points are all at one place, or so far from the origin that float64
            cannot tell them apart.
    """
    points, normals = checked_points(points, normals, least=MIN_POINTS, columns=(3,))
    if drop_strays:
        near = _near(points)
        points, normals = points[near], None if normals is None else normals[near]
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max())
    if extent <= _TIGHTEST * max(float(np.abs(low).max()), float(np.abs(high).max())):
        raise NotSolidError("all points are at one place", "", "Give coordinates with more digits.")
    centre = (low + high) / 2.0
    canonical = (points - centre) / extent
    taken, weights, means = _averaged(canonical, normals, cell)
    while len(taken) > max_points:
        cell *= _GROWTH
        taken, weights, means = _averaged(canonical, normals, cell)
    if len(taken) < MIN_POINTS:
        raise EmptyMeshError(
            f"the points lie at {len(taken)} places, which are too few",
            "",
            f"Give over {MIN_POINTS}, or a finer resolution.",
        )
    return Cloud(taken, weights, means, centre, 1.0 / extent)


def _near(points: Floats) -> NDArray[np.bool_]:
    """Tell which points (N,) are not extremely far away, as stray echoes of a scanner are."""
    low, middle, high = np.percentile(points, [2.0, 50.0, 98.0], axis=0)
    extent = (high - low).max() or np.ptp(points, axis=0).max()
    return np.asarray((np.abs(points - middle) <= _FAR * extent).all(axis=1))


def _averaged(
    points: Floats, normals: Floats | None, cell: float
) -> tuple[Floats, Floats, Floats | None]:
    """Mean point, count and mean normal of every cell that holds points."""
    index = np.floor((points + 0.5) / cell).astype(np.int64)
    side = int(1.0 / cell) + 2
    key = (index[:, 0] * side + index[:, 1]) * side + index[:, 2]
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    count = np.diff(np.append(first, len(key))).astype(np.float64)
    means = np.add.reduceat(points[order], first, axis=0) / count[:, None]
    if normals is None:
        return means, count, None
    sums = np.add.reduceat(normals[order], first, axis=0)
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return means, count, sums / np.where(length > 0.0, length, 1.0)
