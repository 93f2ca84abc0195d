"""Points that lie on no surface."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geometry.gridpull.normals import Planes

_LONELIER_THAN_NEIGHBOURS = 2.5
_LONELIER_THAN_USUAL = 3.0
_THICK = 0.2  # of the neighbourhood's radius: no plane runs through the points


def outliers(planes: Planes) -> NDArray[np.bool_]:
    """Tell which points (N,) are stray.

    A point is stray if its neighbours are much farther away than theirs are, or if they are
    farther than usual and lie on no plane. A part that is only scanned thinly stays.
    """
    around = np.median(planes.radius[planes.neighbours], axis=1)
    lonely = planes.radius > _LONELIER_THAN_NEIGHBOURS * around
    sparse = planes.radius > _LONELIER_THAN_USUAL * np.median(planes.radius)
    return np.asarray(lonely | (sparse & (planes.thickness > _THICK * planes.radius)))
