"""Maximum mean discrepancy between sets of webs (Gretton et al. 2012), with fixed kernels.

The kernels are those usual for graphs: a Gaussian of the total variation between normalised
histograms for degree, clustering and spectrum, with the bins and bandwidths of Vignac et al. 2023
("DiGress"), and of the earth mover's distance for edge lengths, whose histogram is an ordered one
(You et al. 2018, "GraphRNN"). They are never tuned to a set. The estimate is the biased one (the
diagonal counts), so that a set is at 0 from itself; two samples of one source are not, which is
why the distance of training to held-out webs stands beside every other.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.spatial.distance import cdist

from benchmarks.webs.descriptors import LENGTH_BINS, LONGEST
from caddis.geometry.webs.graph import Floats

BANDWIDTHS: Mapping[str, float] = {
    "degree": 1.0,
    "clustering": 0.1,
    "spectrum": 1.0,
    "edge length": 0.25,
}
"""Standard deviation of the Gaussian: of total variation, of mean edge lengths for the last."""


def mmd(some: Mapping[str, Floats], others: Mapping[str, Floats]) -> dict[str, float]:
    """Return the squared discrepancy of two sets of webs, by property.

    Args:
        some: What `described` returned for one set.
        others: The same for the other; sets may differ in size.
    """
    return {name: squared_mmd(name, some[name], others[name]) for name in BANDWIDTHS}


def squared_mmd(name: str, a_GB: Floats, b_HB: Floats) -> float:
    """Return the squared discrepancy of two sets of histograms (G, B) and (H, B)."""
    within = _kernel(name, a_GB, a_GB).mean() + _kernel(name, b_HB, b_HB).mean()
    return float(within - 2.0 * _kernel(name, a_GB, b_HB).mean())


def _kernel(name: str, a_GB: Floats, b_HB: Floats) -> Floats:
    distance_GH = _earth_mover(a_GB, b_HB) if name == "edge length" else _variation(a_GB, b_HB)
    return np.asarray(np.exp(-0.5 * (distance_GH / BANDWIDTHS[name]) ** 2))


def _variation(a_GB: Floats, b_HB: Floats) -> Floats:
    return np.asarray(0.5 * cdist(a_GB, b_HB, "cityblock"))


def _earth_mover(a_GB: Floats, b_HB: Floats) -> Floats:
    """On a line, the area between the cumulative histograms."""
    width = LONGEST / LENGTH_BINS
    return np.asarray(width * cdist(a_GB.cumsum(1), b_HB.cumsum(1), "cityblock"))
