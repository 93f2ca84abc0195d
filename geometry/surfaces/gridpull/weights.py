"""Weights of the conditions on each grid: more noise makes a smoother surface."""

from __future__ import annotations

from caddis.geometry.surfaces.gridpull.equations import Weights

_ZERO_CLEAN = 20.0
_SMOOTH_CLEAN, _SMOOTH_NOISY = 0.25, 3.0
_KNEE = 0.25  # noise in spacings at which the weight of the points has halved
_PULL = 0.1  # of the weight of the points
_QUIET = 0.3  # noise in spacings up to which a query's distance is known
_TIE_COARSE, _TIE = 0.2, 0.1


def level_weights(noise: float, level: int, *, finest: bool) -> Weights:
    """Return the weights of a level.

    A point's weight is the inverse of its variance, up to a bound that clean scans reach.
    Second differences shrink with the square of the spacing, so their weight grows with the square
    of the noise in spacings. Details up to a few standard deviations of the noise are then smoothed
    away on every grid. Coarse grids, on which the noise is small, follow the points.

    Queries on both sides of the surface continue it across holes. They are used on coarse grids
    only, because on the finest they would blur details smaller than their step.

    Args:
        noise: Standard deviation of the points across the surface, in spacings.
        level: 0 for the coarsest.
        finest: Whether it is the last one.
    """
    doubt = (noise / _KNEE) ** 2
    zero = _ZERO_CLEAN / (1.0 + doubt)
    return Weights(
        zero=zero,
        gradient=1.0,
        pull=0.0 if finest or noise > _QUIET else _PULL * zero,
        smooth=_SMOOTH_CLEAN + _SMOOTH_NOISY * noise**2,
        tie=_TIE if level else _TIE_COARSE,
    )
