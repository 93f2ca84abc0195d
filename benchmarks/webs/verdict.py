"""Which generator is better than its baseline, on what, and on what not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.common.rows import Row
from benchmarks.webs.fidelity import PROPERTIES, r_squared
from benchmarks.webs.mmd import BANDWIDTHS
from caddis.geometry.webs.graph import Floats

_SAME = 1e-6


@dataclass(frozen=True)
class Measure:
    """One figure of two generators, one value a seed.

    Attributes:
        name: What it is.
        ours: (seeds,) of the generator.
        theirs: (seeds,) of its baseline.
        rising: More is better.
    """

    name: str
    ours: Floats
    theirs: Floats
    rising: bool

    @property
    def gain(self) -> float:
        """How much better ours is, by the means over seeds."""
        return float(self.ours.mean() - self.theirs.mean()) * (1.0 if self.rising else -1.0)

    @property
    def clear(self) -> bool:
        """Whether the difference is larger than what seeds make of it; so if there is but one."""
        if min(len(self.ours), len(self.theirs)) < 2:
            return True
        noise = np.hypot(self.ours.std(ddof=1), self.theirs.std(ddof=1))
        return abs(self.gain) > float(noise)

    def __str__(self) -> str:
        """Return the figures, and whether they can be told apart."""
        digits = 3 if self.rising else 5
        unclear = "" if self.clear else ", within the spread of seeds"
        ours, theirs = self.ours.mean(), self.theirs.mean()
        return f"{self.name} ({ours:.{digits}f} against {theirs:.{digits}f}{unclear})"


def measures(
    asked: Floats, ours: Sequence[Row], theirs: Sequence[Row], state: str = ""
) -> Iterator[Measure]:
    """Yield R2 of every property and the discrepancy by every descriptor.

    Args:
        asked: (C, 7) what was asked for.
        ours: A row a seed.
        theirs: The same of the baseline.
        state: "" for repaired webs, " as written" for those that the models wrote.
    """
    scores = [
        np.array([r_squared(asked, np.array(row[f"achieved{state}"])) for row in rows])
        for rows in (ours, theirs)
    ]
    for column, name in enumerate(PROPERTIES):
        yield Measure(f"R2 of {name}", scores[0][:, column], scores[1][:, column], rising=True)
    yield Measure("mean R2", scores[0].mean(axis=1), scores[1].mean(axis=1), rising=True)
    for name in BANDWIDTHS:
        values = [np.array([row[f"mmd{state}"][name] for row in rows]) for rows in (ours, theirs)]
        yield Measure(f"MMD by {name}", values[0], values[1], rising=False)


def verdict(name: str, baseline: str, found: Sequence[Measure]) -> str:
    """Return one sentence: better on everything, or on how much, and where not."""
    worse = [one for one in found if one.gain < -_SAME]
    level = [one for one in found if abs(one.gain) <= _SAME]
    unclear = [one for one in found if one.gain > _SAME and not one.clear]
    if worse:
        said = (
            f"**{name}** is better than {baseline} on {len(found) - len(worse) - len(level)} of "
            f"{len(found)} figures; it is worse on {_listed(worse)}"
        )
    else:
        said = f"**{name}** is better than {baseline} on every R2 and on every MMD"
    if level:
        said += f"; both are level on {', '.join(one.name for one in level)}"
    if unclear:
        said += f"; it is ahead by no more than the spread of seeds on {_listed(unclear)}"
    return said + "."


def _listed(found: Sequence[Measure]) -> str:
    return "; ".join(map(str, found))
