"""The nested grids of the coarse-to-fine solution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int, int]

_COARSEST = 24  # the first grid has 24 to 47 cells along its longest side
_MARGIN = 1.5  # cells of the coarsest grid around the points


@dataclass(frozen=True)
class Lattice:
    """Nodes at `low + index * spacing` in canonical coordinates.

    Attributes:
        low: (3,) float64, the first node.
        spacing: Distance between neighbouring nodes.
        shape: Nodes along each axis.
    """

    low: Floats
    spacing: float
    shape: Shape

    @property
    def size(self) -> int:
        """Number of nodes."""
        return int(np.prod(self.shape))

    def coordinates(self, points: Floats) -> Floats:
        """Return points (N, 3) in units of the spacing, the first node at 0."""
        return np.asarray((points - self.low) / self.spacing)

    def positions(self, flat: NDArray[np.int64]) -> Floats:
        """Return the places (N, 3) of nodes given by their C-order numbers."""
        index = np.stack(np.unravel_index(flat, self.shape), axis=1)
        return np.asarray(self.low + index * self.spacing)


def lattices(points: Floats, resolution: int) -> list[Lattice]:
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
        found.append(Lattice(corner, spacing / (1 << level), (nx, ny, nz)))
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
