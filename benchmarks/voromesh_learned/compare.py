"""What the rows say: whether the network beats the fit at equal time."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.voromesh_learned.ways import FITS, LEARNED, REFIT, STEPS, UNTRAINED, Row

WAYS = (LEARNED, LEARNED + REFIT, LEARNED + STEPS + REFIT)
FIT, NO_NETWORK = "the fit at equal time", "the same without training"
_EQUAL = 1.05  # times the seconds still count as equal: process times waver that much


@dataclass(frozen=True)
class Comparison:
    """A way against a rival on each object of one grid.

    Attributes:
        grid: Cells along a side of the box.
        way: What is compared.
        rival: `FIT` or `NO_NETWORK`.
        objects: How many.
        in_time: Objects where the rival took no more seconds.
        distance: Median of its CD-L1 over the rival's; below 1 is nearer.
        normals: Median of its normal consistency less the rival's.
        nearer: Objects where its mesh is nearer.
    """

    grid: int
    way: str
    rival: str
    objects: int
    in_time: int
    distance: float
    normals: float
    nearer: int

    @property
    def wins(self) -> bool:
        """Tell whether the way is nearer on most objects, with normals as good."""
        return self.distance < 1.0 and 2 * self.nearer > self.objects and self.normals >= 0.0


def compare(rows: Sequence[Row], grid: int, way: str, rival: str) -> Comparison:
    """Compare one way with a rival.

    The fit at equal time is the nearest one that took no more seconds, or else the quickest.
    """
    fits = {name + last for name in FITS for last in ("", REFIT)}
    ways = fits if rival == FIT else {way.replace(LEARNED, UNTRAINED)}
    pairs = []
    for row in rows:
        if (row.grid, row.way) == (grid, way):
            others = [r for r in rows if (r.name, r.grid) == (row.name, grid) and r.way in ways]
            in_time = [one for one in others if one.seconds <= _EQUAL * row.seconds]
            nearest = min(in_time, key=lambda one: one.cd1, default=None)
            pairs.append((row, nearest or min(others, key=lambda one: one.seconds)))
    return Comparison(
        grid,
        way,
        rival,
        len(pairs),
        sum(other.seconds <= _EQUAL * row.seconds for row, other in pairs),
        statistics.median(row.cd1 / other.cd1 for row, other in pairs),
        statistics.median(row.nc - other.nc for row, other in pairs),
        sum(row.cd1 < other.cd1 for row, other in pairs),
    )


def comparisons(rows: Sequence[Row]) -> list[Comparison]:
    """Compare, at every grid, all ways with the fit, and the learned ones with the untrained."""
    grids = sorted({row.grid for row in rows})
    untrained = [way.replace(LEARNED, UNTRAINED) for way in WAYS]
    return [
        compare(rows, grid, way, rival)
        for rival, ways in ((FIT, WAYS), (FIT, untrained), (NO_NETWORK, WAYS))
        for grid in grids
        for way in ways
    ]


def winners(found: Sequence[Comparison]) -> list[str]:
    """Return the refitted learned ways that beat both rivals at every grid."""
    lost = {one.way for one in found if not one.wins}
    return [way for way in WAYS if way.endswith(REFIT) and way not in lost]
