"""Evaluate the distance field of struts and bars at the grid corners near them.

A strut is a capsule: all points within its radius of the segment between two nodes. Struts that
meet are joined by the exponential smooth minimum -log(sum exp(-k d)) / k. It does not depend on
their order, only adds material, and rounds every joint with a radius of about 1/k.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import TooLargeError
from caddis.geometry.grid import Grid
from caddis.geometry.surfaces.sparse_marching_cubes import SparseGrid
from caddis.geometry.webs.graph import Floats, Indices, Web

_REACH = 2.0  # in cells; the neighbours of an inside corner are at most sqrt(3) away
_BATCH = 1_500_000  # candidate corners held at once, about 150 MB
MAX_CORNERS = 60_000_000
"""Largest number of corners near struts and bars; more would need over about 4 GB of memory."""


@dataclass(frozen=True)
class Bar:
    """An axis-aligned box of a frame or a base.

    Attributes:
        low: Lowest corner, mm.
        high: Highest corner, mm.
    """

    low: tuple[float, float, float]
    high: tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class Struts:
    """S struts, as arrays.

    Attributes:
        starts: (S, 3) float64, first ends, mm.
        ends: (S, 3) float64, second ends, mm.
        radii: (S,) float64, mm.
    """

    starts: Floats
    ends: Floats
    radii: Floats

    @classmethod
    def of(cls, web: Web) -> Struts:
        """Return a strut for each edge of a web with radii."""
        assert web.radii is not None  # noqa: S101
        return cls(web.nodes[web.edges[:, 0]], web.nodes[web.edges[:, 1]], web.radii)

    @property
    def vectors(self) -> Floats:
        """(S, 3) from start to end."""
        return np.asarray(self.ends - self.starts)

    @property
    def main(self) -> Indices:
        """(S,) the axis (0, 1, 2) that each strut runs along most."""
        return np.asarray(np.abs(self.vectors).argmax(axis=1))


def grid_around(low: Floats, high: Floats, spacing: float) -> Grid:
    """Return a grid around a box (3,) to (3,) with a margin of at least two corners everywhere."""
    count = np.ceil((high - low) / spacing).astype(int) + 6
    return Grid(low - 2.5 * spacing, spacing, (int(count[0]), int(count[1]), int(count[2])))


@dataclass(frozen=True, eq=False)
class StrutGrid:
    """Distances near S struts and some bars, and which of them are near each corner.

    Attributes:
        grid: K corners and their values.
        owner: (K,) int64, the strut (0 to S - 1) near a corner if there is only one, S if only
            bars are near, otherwise -1.
        shared_corners: (P,) int64, numbers of the corners with an owner of -1, once for each
            strut near them and once for bars.
        shared_members: (P,) int64, the strut near each of `shared_corners`, S for bars.
    """

    grid: SparseGrid
    owner: Indices
    shared_corners: Indices
    shared_members: Indices


def strut_grid(struts: Struts, bars: Sequence[Bar], grid: Grid, sharpness: float) -> StrutGrid:
    """Evaluate the union of struts and bars near and inside them.

    Args:
        struts: S capsules.
        bars: Boxes, joined sharply with each other and smoothly with the struts.
        grid: The grid to evaluate on; it must surround struts and bars with a margin.
        sharpness: k of the smooth minimum, 1/mm.

    Returns:
        Values at all corners inside the solid and at their neighbours, with the struts near each.

    Raises:
        TooLargeError: The grid needs more than `MAX_CORNERS` values.
    """
    found = [*_near_struts(struts, grid), *_near_bars(bars, len(struts.radii), grid)]
    if sum(len(index) for index, _, _ in found) > MAX_CORNERS:
        raise TooLargeError(
            "the solid needs too fine a grid", "", "Use thicker struts, or a smaller web."
        )
    index, member, distance = (np.concatenate(arrays) for arrays in zip(*found, strict=True))
    order = np.argsort(index, kind="stable")
    index, member = index[order], member[order]
    first = np.flatnonzero(np.append(True, index[1:] != index[:-1]))
    count = np.diff(np.append(first, len(index)))
    weight = np.exp(-sharpness * distance[order])
    values = -np.log(np.add.reduceat(weight, first)) / sharpness
    near = SparseGrid(grid.low, grid.spacing, grid.shape, index[first], values.astype(np.float32))
    shared = np.repeat(count > 1, count)
    return StrutGrid(near, np.where(count == 1, member[first], -1), index[shared], member[shared])


Near = tuple[Indices, Indices, NDArray[np.float64]]


def _near_struts(struts: Struts, grid: Grid) -> Iterator[Near]:
    """Yield corner numbers, the strut near each corner and the signed distance to it.

    A capsule lies in the infinite cylinder around it. A grid plane across the strut's main axis
    cuts that cylinder in an ellipse that extends by at most sqrt(2) radii along both axes of the
    plane. On each plane a square of corners around that ellipse is tested, so no corner occurs
    twice for a strut.
    """
    reach = struts.radii + _REACH * grid.spacing
    main = struts.main
    half = np.ceil(np.sqrt(2.0) * reach / grid.spacing).astype(int) + 1
    for axis in range(3):
        for width in np.unique(half[main == axis]):
            rows = np.flatnonzero((main == axis) & (half == width))
            yield from _along(struts, rows, axis, int(width), grid)


def _along(struts: Struts, rows: Indices, axis: int, width: int, grid: Grid) -> Iterator[Near]:
    """Yield the same as `_near_struts` for the struts `rows`, of equal main axis and width.

    Args:
        struts: All struts.
        rows: Numbers of struts whose main axis is `axis`.
        axis: 0, 1 or 2.
        width: Half the side of the square of corners to test, in cells.
        grid: Corners that may be used.
    """
    step = np.arange(-width, width + 1)
    square = np.stack(np.meshgrid(step, step, indexing="ij"), axis=-1).reshape(-1, 2)
    others = [other for other in range(3) if other != axis]
    start = (struts.starts[rows] - grid.low) / grid.spacing  # in cells
    along = struts.vectors[rows] / grid.spacing
    reach = struts.radii[rows] + _REACH * grid.spacing
    ends = np.stack([start[:, axis], start[:, axis] + along[:, axis]], axis=1)
    margin = reach / grid.spacing
    first = np.ceil(ends.min(axis=1) - margin).astype(np.int64)
    count = np.floor(ends.max(axis=1) + margin).astype(np.int64) - first + 1
    strut = np.repeat(np.arange(len(rows)), count)
    plane = first[strut] + np.arange(len(strut)) - np.repeat(np.cumsum(count) - count, count)
    size = max(_BATCH // len(square), 1)
    for begin in range(0, len(strut), size):
        which, level = strut[begin : begin + size], plane[begin : begin + size]
        share = (level - start[which, axis]) / along[which, axis]
        middle = np.rint(start[which] + share[:, None] * along[which]).astype(np.int64)
        at = np.zeros((len(which), len(square), 3), np.int64)
        at[:, :, axis] = level[:, None]
        at[:, :, others] = middle[:, None, others] + square
        distance = _to_segments(at, start[which], along[which]) * grid.spacing
        near = distance <= reach[which][:, None]
        one = rows[np.repeat(which, near.sum(axis=1))]
        yield grid.numbers(at[near]), one, distance[near] - struts.radii[one]


def _to_segments(points: Indices, starts: Floats, vectors: Floats) -> Floats:
    """Return (B, P) distances of points (B, P, 3) to one segment each."""
    offset = points - starts[:, None]
    squared = np.maximum((vectors**2).sum(axis=1), 1e-12)
    share = np.einsum("bpk,bk->bp", offset, vectors) / squared[:, None]
    offset -= np.clip(share, 0.0, 1.0)[:, :, None] * vectors[:, None]
    return np.asarray(np.sqrt(np.einsum("bpk,bpk->bp", offset, offset)))


def _near_bars(bars: Sequence[Bar], number: int, grid: Grid) -> Iterator[Near]:
    """Yield corner numbers, `number` for each, and signed distances to the union of the boxes.

    The union is sharp: a smooth one would raise the flat faces where bars overlap.
    """
    near = [_near_bar(bar, grid) for bar in bars]
    if near:
        index, distance = (np.concatenate(arrays) for arrays in zip(*near, strict=True))
        order = np.argsort(index, kind="stable")
        index = index[order]
        first = np.flatnonzero(np.append(True, index[1:] != index[:-1]))
        union = np.minimum.reduceat(distance[order], first)
        yield index[first], np.full(len(first), number), union


def _near_bar(bar: Bar, grid: Grid) -> tuple[Indices, Floats]:
    """Return corner numbers and signed distances in and around one box."""
    low, high = np.array(bar.low), np.array(bar.high)
    first = np.floor((low - grid.low) / grid.spacing).astype(np.int64) - 2
    last = np.ceil((high - grid.low) / grid.spacing).astype(np.int64) + 2
    ticks = [np.arange(one, two + 1) for one, two in zip(first, last, strict=True)]
    at = np.stack(np.meshgrid(*ticks, indexing="ij"), axis=-1).reshape(-1, 3)
    places = grid.low + at * grid.spacing
    outside = np.abs(places - (low + high) / 2.0) - (high - low) / 2.0
    beyond = np.linalg.norm(np.maximum(outside, 0.0), axis=1)
    return grid.numbers(at), beyond + np.minimum(outside.max(axis=1), 0.0)
