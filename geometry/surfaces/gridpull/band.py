"""The nodes of a grid near the surface, at which the field is solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.cells import corners_of, dilated
from caddis.geometry.grid import Grid

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Band:
    """Some nodes of a lattice, numbered.

    Attributes:
        lattice: The grid.
        nodes: (B,) int64 C-order numbers of the nodes, ascending.
        number: (lattice.size,) int32, place of each node in `nodes`, -1 for the others.
        touched: (B,) bool, corners of cells that hold points.
        near: (B,) bool, corners of cells within reach of those.
    """

    lattice: Grid
    nodes: NDArray[np.int64]
    number: NDArray[np.int32]
    touched: Mask
    near: Mask


def around(lattice: Grid, points: Floats, crossed: Mask | None, reach: int = 1) -> Band:
    """Take the nodes of all crossed cells and of all cells within `reach` of one that holds points.

    Args:
        lattice: The grid.
        points: (N, 3) in canonical coordinates, inside the grid's box.
        crossed: Cells (shape - 1) that the surface passes through where there are no
            points; None takes the whole grid.
        reach: Cells around a point's cell.
    """
    cells = np.zeros(tuple(count - 1 for count in lattice.shape), dtype=np.bool_)
    index = np.floor(lattice.coordinates(points)).astype(np.int64)
    cells[tuple(index.clip(0, np.array(cells.shape) - 1).T)] = True
    touched = corners_of(cells)
    for _ in range(reach):
        cells = dilated(cells)
    near = corners_of(cells)
    chosen = np.ones_like(near) if crossed is None else near | corners_of(crossed)
    nodes = np.flatnonzero(chosen)
    number = np.full(lattice.size, -1, dtype=np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    return Band(lattice, nodes, number, touched.ravel()[nodes], near.ravel()[nodes])
