"""Proportions compared within a category: a tall bottle is tall for a bottle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from caddis.data.attributes.reading import Reading, Readings

Floats = NDArray[np.float64]
FEWEST = 20
"""Number of objects that a category needs before its members are compared."""
_OUTER = 0.2  # share of a category at either end that is given a word
_SPREAD = 1.15  # ratios are alike if their 90 % quantile is below this times the 10 % one


def relative(sides: Floats, categories: Sequence[str]) -> list[Readings]:
    """Compare objects with the others of their category.

    | attribute | highest fifth | lowest fifth | ratio |
    |---|---|---|---|
    | height | tall | short | height / sqrt(width * depth) |
    | width | wide | narrow | width / sqrt(depth * height) |

    Args:
        sides: (N, 3) sides of the boxes along x, y, z.
        categories: N names; objects with "" are not compared.

    Returns:
        The readings of each object. The number of a reading is the share of the category that has a
        smaller ratio. There is no reading for an object in the middle three fifths, nor in a
        category of fewer than 20 objects or one whose members have almost the same ratio.
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
    """Return each member's share of smaller ratios (N,); all 0.5 if the ratios are alike."""
    low, high = np.quantile(ratio, [0.1, 0.9])
    if high < _SPREAD * low:
        return np.full(len(ratio), 0.5)
    return np.asarray((rankdata(ratio) - 0.5) / len(ratio))
