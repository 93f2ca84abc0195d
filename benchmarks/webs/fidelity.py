"""Asked against achieved: R2 and mean absolute error, property by property."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caddis.geometry.errors import BrokenWebError
from caddis.geometry.webs import Web, web_parameters
from caddis.geometry.webs.graph import Floats

PROPERTIES = ("nodes", "edges", "mean degree", "mean length", "along x", "along y", "along z")
"""Lengths in mm; along x, y, z: the shares of thread that run along each axis."""


def properties(webs: Sequence[Web]) -> Floats:
    """Return (G, 7) the properties of each web; one without threads has nodes and else zeros."""
    return np.array([_of(web) for web in webs], np.float64).reshape(-1, len(PROPERTIES))


def _of(web: Web) -> list[float]:
    try:
        found = web_parameters(web)
    except BrokenWebError:
        return [len(web.nodes), *[0.0] * (len(PROPERTIES) - 1)]
    return [found.nodes, found.edges, found.mean_degree, found.mean_length_mm, *found.orientation]


def r_squared(asked_CP: Floats, achieved_CP: Floats) -> Floats:
    """Return (P,) 1 - sum (achieved - asked)^2 / sum (asked - mean asked)^2.

    1 where every wish is met, 0 where the mean of the wishes would be as near, below 0 where it
    would be nearer: the coefficient of determination against the line achieved = asked, not of a
    fitted one.
    """
    missed = ((achieved_CP - asked_CP) ** 2).sum(axis=0)
    return np.asarray(1.0 - missed / ((asked_CP - asked_CP.mean(axis=0)) ** 2).sum(axis=0))


def mean_error(asked_CP: Floats, achieved_CP: Floats) -> Floats:
    """Return (P,) the mean absolute difference."""
    return np.asarray(np.abs(achieved_CP - asked_CP).mean(axis=0))
