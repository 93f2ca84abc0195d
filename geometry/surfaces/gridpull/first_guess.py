"""The field on the coarsest grid before any equation is solved."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from caddis.geometry.grid import Grid
from caddis.geometry.surfaces.gridpull.winding import WindingGrid

Floats = NDArray[np.float64]

_NODES = 64
_SOFT = 0.25
"""Where the winding number differs by less than this from the surface's, the sign is gradual."""
_SURE, _SHARPNESS = 0.5, 4


def first_guess(
    lattice: Grid, points: Floats, normals: Floats, areas: Floats
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return distances to the nearest point with the winding number's sign, and their certainty.

    Across holes of the scan the winding number changes gradually from inside to outside. The
    guess does the same: it is the distance times a factor that grows with the winding number's
    difference from its value on the surface. The certainty is low there, so that smoothness alone
    continues the surface.

    Args:
        lattice: The coarsest grid.
        points: (N, 3) in the canonical box.
        normals: (N, 3) outward.
        areas: (N,).

    Returns:
        Values (lattice.size,) in spacings, and certainties (lattice.size,) from 0 to 1.
    """
    grid = WindingGrid(points, areas, _NODES)
    winding = grid.solve(normals)
    middle = float(np.median(grid.at_points(winding)))
    places = lattice.positions(np.arange(lattice.size))
    at = ((places - grid.low) / grid.spacing).T
    excess = middle - ndimage.map_coordinates(winding, at, order=1, mode="grid-wrap")
    distance = cKDTree(points).query(places)[0] / lattice.spacing
    guess = distance * np.clip(excess / _SOFT, -1.0, 1.0)
    certainty = np.clip(np.abs(excess) / _SURE, 0.0, 1.0) ** _SHARPNESS
    return guess.astype(np.float32), certainty.astype(np.float32)
