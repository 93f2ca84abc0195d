"""The nodes near the surface: those that are solved for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.surfaces.gridpull.lattice import Lattice

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

    lattice: Lattice
    nodes: NDArray[np.int64]
    number: NDArray[np.int32]
    touched: Mask
    near: Mask


def around(lattice: Lattice, points: Floats, crossed: Mask | None, reach: int = 1) -> Band:
    """Take the nodes of all cells within `reach` cells of a point's, and of the crossed ones.

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
    touched = corners(cells)
    for _ in range(reach):
        cells = _dilated(cells)
    near = corners(cells)
    chosen = np.ones_like(near) if crossed is None else near | corners(crossed)
    nodes = np.flatnonzero(chosen)
    number = np.full(lattice.size, -1, dtype=np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    return Band(lattice, nodes, number, touched.ravel()[nodes], near.ravel()[nodes])


def crossed_cells(inside: Mask) -> Mask:
    """Return which cells (shape - 1) have corners on both sides."""
    some, every = inside, inside
    for axis in range(3):
        some = _pairs(np.logical_or, some, axis)
        every = _pairs(np.logical_and, every, axis)
    return np.asarray(some & ~every)


def corners(cells: Mask) -> Mask:
    """Return the nodes of the marked cells; one more along each axis."""
    for axis in range(3):
        cells = _pairs(np.logical_or, _padded(cells, axis), axis)
    return cells


def _dilated(cells: Mask) -> Mask:
    """Mark the 26 neighbours, too."""
    for axis in range(3):
        wide = _padded(cells, axis)
        cells = (
            cells
            | _pairs(np.logical_or, wide, axis).take(np.arange(1, cells.shape[axis] + 1), axis=axis)
            | _pairs(np.logical_or, wide, axis).take(np.arange(cells.shape[axis]), axis=axis)
        )
    return cells


def _padded(mask: Mask, axis: int) -> Mask:
    width = [(0, 0)] * 3
    width[axis] = (1, 1)
    return np.pad(mask, width)


def _pairs(function: np.ufunc, array: Mask, axis: int) -> Mask:
    along = np.moveaxis(array, axis, 0)
    return np.moveaxis(function(along[:-1], along[1:]), 0, axis)
