"""Chamfer distance between point clouds, between sets of them, and to a whole training set.

CD-L1 of clouds A and B is (mean over A of d(a, B) + mean over B of d(b, A)) / 2, with d the
Euclidean distance to the nearest point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt
from scipy.spatial import cKDTree

from benchmarks.common.progress import spread
from caddis.geometry.frame import BOX_HALF_WIDTH

Cloud = NDArray[np.floating]
Floats = NDArray[np.float64]

SPARSE = 1024  # points that are measured from, in the search; all points are measured to
CELLS = 32  # along a side of the grids
SHORTLIST = 20  # candidates whose exact distance is computed
MIRROR = np.array([-1.0, 1.0, 1.0])


def chamfer_l1(a: cKDTree, b: cKDTree) -> float:
    """Return CD-L1 between the points of two trees."""
    return float(b.query(a.data)[0].mean() + a.query(b.data)[0].mean()) / 2.0


def between(a: Sequence[cKDTree], b: Sequence[cKDTree], label: str, workers: int) -> Floats:
    """Return CD-L1 between every cloud of `a` and every one of `b`, (A, B)."""

    def row(tree: cKDTree) -> list[float]:
        return [chamfer_l1(tree, other) for other in b]

    return np.array(spread(row, a, label, workers)).reshape(len(a), len(b))


def within(a: Sequence[cKDTree], label: str, workers: int) -> Floats:
    """Return CD-L1 between all clouds of one set, (A, A), symmetric, 0 on the diagonal."""

    def row(i: int) -> list[float]:
        return [chamfer_l1(a[i], a[j]) for j in range(i)]

    result = np.zeros((len(a), len(a)))
    for i, distances in enumerate(spread(row, range(len(a)), label, workers)):
        result[i, :i] = result[:i, i] = distances
    return result


@dataclass(frozen=True)
class Match:
    """The nearest of a set.

    Attributes:
        row: Which one.
        distance: CD-L1.
        mirrored: It is the left-right mirror image that is so near.
    """

    row: int
    distance: float
    mirrored: bool


class NearestOf:
    """Finds the nearest cloud of a set by CD-L1, as it is or mirrored left to right.

    Distances run from the first SPARSE points of one cloud to all points of the other, and
    back: the denser the points that are measured to, the lower the distance at which two
    samples of one surface stay apart.

    Every cloud of the set gets a grid of distances to its points. Reading the grid of B
    at the points of A, and that of A at the points of B, estimates CD-L1 for all of the set
    at once; the exact distance is computed for the best `shortlist` of the estimates.

    Args:
        clouds: (N, P, 3) in the canonical frame.
        workers: Threads.
        shortlist: Candidates that are compared exactly.
    """

    def __init__(
        self, clouds: NDArray[np.floating], workers: int, *, shortlist: int = SHORTLIST
    ) -> None:
        self._workers, self._shortlist = workers, shortlist
        self._clouds = clouds
        self._cells = _cells(clouds[:, :SPARSE])
        grids = spread(distance_grid, clouds, "training objects: distance grids", workers)
        self._grids = np.stack(grids)

    def matches(
        self, clouds: Sequence[Cloud], label: str, *, own: Sequence[int] | None = None
    ) -> list[Match]:
        """Return the nearest of the set for each cloud, never the row `own` names."""
        owners = [-1] * len(clouds) if own is None else list(own)
        work = list(zip(clouds, owners, strict=True))
        return spread(lambda one: self._match(*one), work, label, self._workers)

    def exhaustive(self, cloud: Cloud) -> Match:
        """Return the nearest of the set by comparing with all of it, slowly."""
        return self._exact(
            cloud, [(row, pose) for pose in (0, 1) for row in range(len(self._clouds))]
        )

    def _match(self, cloud: Cloud, own: int) -> Match:
        estimates = np.stack([self._estimates(cloud), self._estimates(cloud * MIRROR)])
        if own >= 0:
            estimates[:, own] = np.inf
        best = np.argsort(estimates, axis=None, kind="stable")[: self._shortlist]
        best = best[np.isfinite(estimates.ravel()[best])]
        poses, rows = np.unravel_index(best, estimates.shape)
        return self._exact(cloud, list(zip(rows.tolist(), poses.tolist(), strict=True)))

    def _estimates(self, cloud: Cloud) -> Floats:
        there = np.take(self._grids, _cells(cloud[:SPARSE]), axis=1).mean(axis=1, dtype=np.float32)
        back = distance_grid(cloud)[self._cells].mean(axis=1, dtype=np.float32)
        return np.asarray(there + back, dtype=np.float64) / 2.0

    def _exact(self, cloud: Cloud, candidates: list[tuple[int, int]]) -> Match:
        poses = [cloud, cloud * MIRROR]
        trees = [_quick_tree(pose) for pose in poses]
        distances = []
        for row, pose in candidates:
            other = self._clouds[row]
            there = _quick_tree(other).query(poses[pose][:SPARSE])[0].mean()
            back = trees[pose].query(other[:SPARSE])[0].mean()
            distances.append(float(there + back) / 2.0)
        best = int(np.argmin(distances))
        row, pose = candidates[best]
        return Match(row, distances[best], bool(pose))


def _quick_tree(cloud: Cloud) -> cKDTree:
    return cKDTree(cloud, compact_nodes=False, balanced_tree=False)  # quicker to build


def distance_grid(cloud: Cloud) -> NDArray[np.float16]:
    """Return the distance from each cell to the nearest cell with a point, (CELLS ** 3,)."""
    empty = np.ones(CELLS**3, dtype=bool)
    empty[_cells(cloud)] = False
    distance = distance_transform_edt(
        empty.reshape(CELLS, CELLS, CELLS), 2 * BOX_HALF_WIDTH / CELLS
    )
    return np.asarray(distance, dtype=np.float16).ravel()


def _cells(points: NDArray[np.floating]) -> NDArray[np.int32]:
    """Return the number of the cell that each point (..., 3) lies in."""
    scaled = (np.asarray(points, dtype=np.float32) + BOX_HALF_WIDTH) * (
        CELLS / (2 * BOX_HALF_WIDTH)
    )
    index = np.clip(scaled.astype(np.int32), 0, CELLS - 1)
    return np.asarray((index[..., 0] * CELLS + index[..., 1]) * CELLS + index[..., 2])
