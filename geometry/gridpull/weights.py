"""How the noise of a scan sets the smoothness of its surface."""

from __future__ import annotations

from geometry.gridpull.equations import Weights

_ZERO_CLEAN = 20.0
_SMOOTH_CLEAN, _SMOOTH_NOISY = 0.25, 3.0
_KNEE = 0.25  # noise in spacings from which on points are no longer taken at their word
_TIE_COARSE, _TIE = 0.2, 0.05


def level_weights(noise: float, level: int) -> Weights:
    """Return the weights of a level.

    A point's distance counts with the inverse of its variance, up to a bound that clean scans
    reach. Second differences shrink with the square of the spacing, so their weight grows with
    the noise in spacings squared: what is smoothed away is then a few standard deviations of
    the noise long on every grid. Coarse grids, on which the noise is small, follow the points.

    Args:
        noise: Standard deviation of the points across the surface, in spacings.
        level: 0 for the coarsest.
    """
    doubt = (noise / _KNEE) ** 2
    return Weights(
        zero=_ZERO_CLEAN / (1.0 + doubt),
        gradient=1.0,
        smooth=_SMOOTH_CLEAN + _SMOOTH_NOISY * noise**2,
        tie=_TIE if level else _TIE_COARSE,
    )
