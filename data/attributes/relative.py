"""Proportions beside others of the same category: a tall bottle is tall among bottles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from caddis.data.attributes.reading import Reading, Readings

Floats = NDArray[np.float64]
FEWEST = 20
"""Objects that a category needs before its members are compared."""
_OUTER = 0.2  # share of a category at either end that gets a word
_SPREAD = 1.15  # the ratio's 90 % quantile by its 10 % quantile, or all are alike


def relative(sides: Floats, categories: Sequence[str]) -> list[Readings]:
    """Compare objects with those of their category.

    | attribute | highest fifth | lowest fifth | ratio |
    |---|---|---|---|
    | height | tall | short | height by the root of width times depth |
    | width | wide | narrow | width by the root of depth times height |

    Args:
        sides: (N, 3) sides of the boxes: x, y, z.
        categories: N names; "" compares with nobody.

    Returns:
        For each object the readings that apply; a reading's number is the share of its category
        that has a smaller ratio. An object in the middle, of a category of fewer than 20 or of a
        category whose members are all alike, has none.
    """
    x, y, z = np.asarray(sides, dtype=np.float64).clip(min=1e-6).T
    ratios = {
        "height": (z / np.sqrt(x * y), "tall", "short"),
        "width": (x / np.sqrt(y * z), "wide", "narrow"),
    }
    names = np.asarray(categories, dtype=object)
    found: list[Readings] = [{} for _ in names]
    for category in sorted(set(categories) - {""}):
        rows = np.flatnonzero(names == category)
        if len(rows) < FEWEST:
            continue
        for attribute, (ratio, high, low) in ratios.items():
            for row, share in zip(rows, _shares_below(ratio[rows]), strict=True):
                if share >= 1 - _OUTER or share <= _OUTER:
                    word = high if share >= 1 - _OUTER else low
                    found[row][attribute] = Reading(word, float(share))
    return found


def _shares_below(ratio: Floats) -> Floats:
    """Return for each member the share of members with a smaller ratio; all .5 if all are alike."""
    low, high = np.quantile(ratio, [0.1, 0.9])
    if high < _SPREAD * low:
        return np.full(len(ratio), 0.5)
    return np.asarray((rankdata(ratio) - 0.5) / len(ratio))
