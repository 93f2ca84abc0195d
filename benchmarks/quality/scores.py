"""Statistics of sets of shapes and of samples; no shapes, no models, no files.

Letters: G generated, T test, each a set of shapes; distances are any dissimilarity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class SetScores:
    """How a set of generated shapes compares with a set of test shapes.

    Attributes:
        one_nna: 1-NNA, see `own_nearest`; 0.5 is ideal, 1 tells the sets apart.
        one_nna_low: 2.5th percentile of its bootstrap.
        one_nna_high: 97.5th percentile of its bootstrap.
        coverage: Share of T that is the nearest of some shape of G (Achlioptas et al. 2018).
        mmd: Minimum matching distance: mean over T of the distance to the nearest of G (ibid.).
    """

    one_nna: float
    one_nna_low: float
    one_nna_high: float
    coverage: float
    mmd: float


def set_scores(
    between: Floats, within_g: Floats, within_t: Floats, rng: np.random.Generator
) -> SetScores:
    """Return 1-NNA with its interval, coverage and MMD.

    Args:
        between: (G, T) distances.
        within_g: (G, G) distances, symmetric.
        within_t: (T, T) distances, symmetric.
        rng: Source of the bootstrap.
    """
    hits = own_nearest(between, within_g, within_t)
    low, high = bootstrap(hits, rng)
    return SetScores(float(hits.mean()), low, high, coverage(between), minimum_matching(between))


def own_nearest(between: Floats, within_g: Floats, within_t: Floats) -> Bools:
    """Tell of each shape of G and T whether its nearest other shape is of its own set.

    The mean is the leave-one-out accuracy of the 1-nearest-neighbour two-sample test
    (Lopez-Paz and Oquab 2017; for shapes Yang et al. 2019, "PointFlow"). A tie counts as
    the other set's.
    """
    joint = np.block([[within_g, between], [between.T, within_t]]).astype(np.float64)
    np.fill_diagonal(joint, np.inf)
    count = len(within_g)
    to_g, to_t = joint[:, :count].min(axis=1), joint[:, count:].min(axis=1)
    return np.concatenate([to_g[:count] < to_t[:count], to_t[count:] < to_g[count:]])


def coverage(between: Floats) -> float:
    """Return the share of T that is nearest to some shape of G; distances (G, T)."""
    return float(len(np.unique(between.argmin(axis=1))) / between.shape[1])


def minimum_matching(between: Floats) -> float:
    """Return the mean over T of the distance to the nearest of G; distances (G, T)."""
    return float(between.min(axis=0).mean())


def bootstrap(
    values: NDArray[np.generic], rng: np.random.Generator, *, rounds: int = 2000
) -> tuple[float, float]:
    """Return the 95 % percentile interval of the mean of `values` (N,)."""
    picked = rng.integers(0, len(values), (rounds, len(values)))
    means = np.asarray(values, dtype=np.float64)[picked].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def mann_whitney_z(sample: Floats, reference: Floats) -> float:
    """Return Z_U: how far `sample` lies above `reference`, in standard deviations.

    U counts the pairs in which the sample's value is the larger, ties half (Mann and Whitney
    1947); Z_U = (U - mn/2) / sqrt(mn(m + n + 1) / 12). With distances to the nearest
    training object (arXiv 2512.23628): far below 0 is copying, about 0 is as new as the
    reference, far above 0 is far from the data.
    """
    m, n = len(sample), len(reference)
    ranks = rankdata(np.concatenate([sample, reference]))[:m]
    u = float(ranks.sum()) - m * (m + 1) / 2
    return float((u - m * n / 2) / np.sqrt(m * n * (m + n + 1) / 12))


def top_k(scores: Floats, wanted: NDArray[np.int64], k: int) -> Bools:
    """Tell of each row of scores (N, C) whether the wanted class is among its k best."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    return np.asarray((best == wanted[:, None]).any(axis=1))


def ranks_between(count: int, picks: int) -> list[int]:
    """Return `picks` ranks from 0 to count - 1, evenly spaced, ends included, none twice."""
    return sorted({round(place) for place in np.linspace(0, count - 1, min(picks, count))})
