"""What the rows say: medians, ratios at equal time, and whether the network beats the fit."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.voromesh_learned.measure import Row
from benchmarks.voromesh_learned.ways import FITS, GRID, LEARNED, few_steps, fit_name, refitted

LEARNED_WAYS = (
    LEARNED,
    few_steps(LEARNED),
    refitted(LEARNED),
    refitted(few_steps(LEARNED)),
)
FIT_WAYS = tuple(name(fit_name(*one)) for one in FITS for name in (str, refitted))
FIT, NO_NETWORK = "the fit", "the same without the network"


@dataclass(frozen=True)
class Comparison:
    """A learned way against an opponent on each object of one grid.

    Attributes:
        grid: Cells along a side of the box.
        way: The learned way.
        rival: `FIT`, stopped at the same seconds, or `NO_NETWORK`.
        dear: Whether the exact field's evaluations are added to the seconds.
        objects: How many.
        in_time: Objects where the opponent took no more seconds.
        seconds: Median seconds of the learned way over those of its opponent.
        distance: Median of the learned distance over the opponent's; below 1 is nearer.
        normals: Median of the learned normal consistency less the opponent's.
        nearer: Objects where the learned mesh is nearer.
    """

    grid: int
    way: str
    rival: str
    dear: bool
    objects: int
    in_time: int
    seconds: float
    distance: float
    normals: float
    nearer: int

    @property
    def beats(self) -> bool:
        """Tell whether the learned way is nearer on most objects, with normals as good."""
        return self.distance < 1.0 and 2 * self.nearer > self.objects and self.normals >= 0.0


def opponent(row: Row, fits: Sequence[Row], *, dear: bool) -> Row:
    """Return the fit that used most of the seconds that `row` took; the quickest if none did."""
    limit = row.cost(dear=dear)
    in_time = [fit for fit in fits if fit.cost(dear=dear) <= limit]
    if in_time:
        return max(in_time, key=lambda fit: fit.cost(dear=dear))
    return min(fits, key=lambda fit: fit.cost(dear=dear))


def compare(rows: Sequence[Row], grid: int, way: str, rival: str, *, dear: bool) -> Comparison:
    """Compare one learned way with the fit or with itself without the network."""
    ways = FIT_WAYS if rival == FIT else (way.replace(LEARNED, GRID),)
    pairs = []
    for row in rows:
        if row.grid == grid and row.way == way:
            others = [r for r in rows if (r.name, r.grid) == (row.name, grid) and r.way in ways]
            pairs.append((row, opponent(row, others, dear=dear)))
    ratios = [one.distance / other.distance for one, other in pairs]
    times = [(one.cost(dear=dear), other.cost(dear=dear)) for one, other in pairs]
    return Comparison(
        grid,
        way,
        rival,
        dear,
        len(pairs),
        sum(other <= one for one, other in times),
        statistics.median(one / other for one, other in times),
        statistics.median(ratios),
        statistics.median(one.normals - other.normals for one, other in pairs),
        sum(ratio < 1.0 for ratio in ratios),
    )


def comparisons(rows: Sequence[Row]) -> list[Comparison]:
    """Compare every learned way at every grid with each opponent, the fit with both fields."""
    grids = sorted({row.grid for row in rows})
    return [
        compare(rows, grid, way, rival, dear=dear)
        for rival, dear in ((FIT, False), (FIT, True), (NO_NETWORK, False))
        for grid in grids
        for way in LEARNED_WAYS
    ]


def winners(found: Sequence[Comparison], rivals: Sequence[str]) -> list[str]:
    """Return the learned ways that beat all these opponents at every grid and field."""
    chosen = [one for one in found if one.rival in rivals]
    measured = {one.way for one in chosen}
    lost = {one.way for one in chosen if not one.beats}
    return [way for way in LEARNED_WAYS if way in measured - lost]


def median(rows: Sequence[Row], grid: int, way: str, value: Callable[[Row], float]) -> float:
    """Return the median of a value over the objects of one way at one grid."""
    return statistics.median(value(row) for row in rows if (row.grid, row.way) == (grid, way))
