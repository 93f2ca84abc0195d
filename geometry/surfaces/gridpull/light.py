"""Light that falls on a scan from all around: its gradient hints at the outside of the surface."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from caddis.geometry.conjugate_gradients import solve

Floats = NDArray[np.float64]
Values = NDArray[np.float32]

_NODES = 64  # along a side of the box in which the light spreads
_BOX = 1.2  # side of that box around the unit object
_ABSORPTION = 30.0  # of a cell with points, in units of what passes between two cells
_DARK = 1e-7
_ROUNDS, _TOLERANCE = 300, 1e-3


def light_gradient(points: Floats) -> Floats:
    """Return the gradient (N, 3) of the logarithm of the light at the points."""
    spacing = _BOX / (_NODES - 1)
    coordinates = (points + _BOX / 2.0) / spacing
    full = np.zeros((_NODES,) * 3, dtype=np.bool_)
    full[tuple(np.rint(coordinates).astype(np.int64).clip(0, _NODES - 1).T)] = True
    logarithm = np.log(np.maximum(light(full), np.float32(_DARK)))
    slopes = np.gradient(logarithm)
    return np.stack([ndimage.map_coordinates(s, coordinates.T, order=1) for s in slopes], axis=1)


def light(full: NDArray[np.bool_]) -> Values:
    """Spread light from outside the grid through cells, absorbed where they are `full`.

    Solves 6 x - (sum of six neighbours) + absorption x = 0 with x = 1 beyond the border, by
    conjugate gradients.
    """
    diagonal = np.float32(6.0) + np.float32(_ABSORPTION) * full.astype(np.float32)
    incoming = np.zeros(full.shape, dtype=np.float32)
    for axis in range(3):
        np.moveaxis(incoming, axis, 0)[[0, -1]] += np.float32(1.0)
    return solve(
        lambda x: _spread(x, diagonal), incoming, diagonal,
        rounds=_ROUNDS, energy_drop=_TOLERANCE**2,
    )  # fmt: skip


def _spread(x: Values, diagonal: Values) -> Values:
    result = diagonal * x
    for axis in range(3):
        into, source = np.moveaxis(result, axis, 0), np.moveaxis(x, axis, 0)
        into[1:] -= source[:-1]
        into[:-1] -= source[1:]
    return np.asarray(result)
