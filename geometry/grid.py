"""A regular grid of nodes around an object.

Nodes are numbered in C order: (x * shape[1] + y) * shape[2] + z.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Index = tuple[NDArray[np.int64], ...]


@dataclass(frozen=True)
class Grid:
    """A regular grid whose nodes are at `low + index * spacing`.

    Attributes:
        low: (3,) float64, the first node.
        spacing: Distance between nodes along each axis.
        shape: Number of nodes along each axis.
    """

    low: NDArray[np.float64]
    spacing: float
    shape: tuple[int, int, int]

    @staticmethod
    def around(vertices: NDArray[np.float64], spacing: float, margin: float) -> Grid:
        """Return a grid around points (V, 3), with at least `margin` on every side.

        The number of nodes along each side is even, so that no node lies in the planes through
        the centre, where symmetric objects have edges.
        """
        low, high = vertices.min(axis=0), vertices.max(axis=0)
        pairs = np.ceil((high - low + 2.0 * margin) / spacing / 2.0).astype(int) + 1
        first = (low + high) / 2.0 - (pairs - 0.5) * spacing
        sizes = 2 * pairs
        return Grid(first, spacing, (int(sizes[0]), int(sizes[1]), int(sizes[2])))

    @property
    def size(self) -> int:
        """Number of nodes."""
        return int(np.prod(self.shape))

    @property
    def strides(self) -> tuple[int, int, int]:
        """Steps in node numbers along x, y and z."""
        return self.shape[1] * self.shape[2], self.shape[2], 1

    @property
    def high(self) -> NDArray[np.float64]:
        """(3,) float64, the last node."""
        return self.low + self.spacing * (np.array(self.shape) - 1)

    def nodes(self, index: Index) -> NDArray[np.float64]:
        """Return the positions (N, 3) of the nodes at `index`."""
        return self.low + np.stack(index, axis=1) * self.spacing

    def nearest(self, points: NDArray[np.float64]) -> Index:
        """Return the indices of the nodes nearest to `points` (N, 3), clamped to the grid."""
        index = np.rint(self.coordinates(points)).astype(np.int64)
        return tuple(index.clip(0, np.array(self.shape) - 1).T)

    def coordinates(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return points (N, 3) in units of the spacing, the first node at 0."""
        return np.asarray((points - self.low) / self.spacing)

    def positions(self, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the positions (N, 3) of the nodes of given numbers (N,)."""
        return np.asarray(self.nodes(np.unravel_index(numbers, self.shape)))

    def numbers(self, index: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers (N,) of the nodes at indices (N, 3)."""
        x, y, z = index.T
        return np.asarray((x * self.shape[1] + y) * self.shape[2] + z)
