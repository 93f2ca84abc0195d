"""The nested grids of the coarse-to-fine solution."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.grid import Grid

Floats = NDArray[np.float64]

_COARSEST = 24  # the first grid has 24 to 47 cells along its longest side
_MARGIN = 1.5  # cells of the coarsest grid around the points


def lattices(points: Floats, resolution: int) -> list[Grid]:
    """Return grids around points (N, 3) of longest side 1, coarse to fine, each halving the last.

    The last has at most `resolution` cells along the longest side of its box, the margin
    included; the box is no larger along the other axes than the points need.
    """
    levels = level_count(resolution) - 1
    cells = resolution >> levels
    spacing = 1.0 / (cells - 2.0 * _MARGIN)
    low, high = points.min(axis=0), points.max(axis=0)
    counts = np.ceil((high - low) / spacing - 1e-6 + 2.0 * _MARGIN).astype(int)
    corner = (low + high) / 2.0 - counts * spacing / 2.0
    found = []
    for level in range(levels + 1):
        nx, ny, nz = (int(count) * (1 << level) + 1 for count in counts)
        found.append(Grid(corner, spacing / (1 << level), (nx, ny, nz)))
    return found


def level_count(resolution: int) -> int:
    """Return the number of grids from the coarsest to one of `resolution` cells."""
    levels = 1
    while resolution >> levels >= _COARSEST:
        levels += 1
    return levels


def finest_spacing(resolution: int) -> float:
    """Return the spacing of the last grid of `lattices`."""
    levels = level_count(resolution) - 1
    return 1.0 / ((resolution >> levels) - 2.0 * _MARGIN) / (1 << levels)
