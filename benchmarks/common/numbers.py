"""Several values as one cell of a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def mean_sd(values: Sequence[float] | NDArray[np.float64], digits: int) -> str:
    """Return mean and standard deviation (of the sample), or the value if there is only one."""
    mean = f"{np.mean(values):.{digits}f}"
    return f"{mean} ± {np.std(values, ddof=1):.{digits}f}" if len(values) > 1 else mean


def mean_iqr(values: Sequence[float], digits: int, factor: float = 1.0) -> str:
    """Return "mean (first quartile to third)" of the values that are numbers."""
    known = factor * _numbers(values)
    if not len(known):
        return "-"
    low, high = np.quantile(known, [0.25, 0.75])
    return f"{known.mean():.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def percent(values: Sequence[float]) -> float:
    """Return the mean of 0s and 1s in percent; NaN does not count, and is all there is of none."""
    known = _numbers(values)
    return 100.0 * float(known.mean()) if len(known) else math.nan


def share_of(values: Sequence[float]) -> str:
    """Return `percent` as a cell of a table."""
    share = percent(values)
    return "-" if math.isnan(share) else f"{share:.0f}"


def _numbers(values: Sequence[float]) -> NDArray[np.float64]:
    known = np.asarray(values, dtype=np.float64)
    return known[~np.isnan(known)]
