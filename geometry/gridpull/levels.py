"""Coarse to fine: the field on nested grids, each solved from the last one's guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from geometry.gridpull.band import Band, around, crossed_cells
from geometry.gridpull.equations import build
from geometry.gridpull.lattice import Lattice
from geometry.gridpull.samples import Samples
from geometry.gridpull.solver import least_squares
from geometry.gridpull.trilinear import corner_weights
from geometry.gridpull.weights import level_weights

Values = NDArray[np.float32]

_FAR = np.float32(9.0)  # spacings: what nodes outside the band are set to
_TURNING_LEVELS = 2
_AGAINST = -0.15  # cosine below which the field contradicts a normal
_FEW = 1e-3  # share of contradicted normals that is not worth another solution
_LARGEST_SHARE = 4.0
_DOUBTFUL, _LEARNED = 0.5, 0.4
_STEEP = 0.3
_SURE_IN_HOLES = np.float32(0.1)


def solve_levels(
    samples: Samples,
    grids: list[Lattice],
    guess: tuple[Values, Values],
    on_level: Callable[[int], None] = lambda _: None,
) -> Values:
    """Solve the field on every grid, coarse to fine.

    On the two coarsest grids normals that the solution contradicts are turned and the grid is
    solved once more: what the orientation got wrong is seldom wrong for the whole field.

    Args:
        samples: Oriented points.
        grids: From `lattices`.
        guess: First guess and its certainty on grids[0], from `first_guess`.
        on_level: Called with the number of each finished level.

    Returns:
        Distances on the last grid in its spacings, shape grids[-1].shape, negative inside;
        true near the points and across holes, +-9 elsewhere.
    """
    field = guess[0].reshape(grids[0].shape)
    for level, grid in enumerate(grids):
        if level == 0:
            band = around(grid, samples.points, None)
            start, sure = guess
        else:
            band = around(grid, samples.points, _finer_cells(crossed_cells(field < 0)))
            start = _prolonged(field, band)
            sure = np.where(band.near, np.float32(1.0), _SURE_IN_HOLES)
        values, samples = _solve(samples, band, (start, sure), level)
        field = _filled(field, band, values) if level else values.reshape(grid.shape)
        on_level(level)
    return field


def _solve(
    samples: Samples, band: Band, guess: tuple[Values, Values], level: int
) -> tuple[Values, Samples]:
    spacing = band.lattice.spacing
    weights = level_weights(samples.noise / spacing, level)
    share = np.minimum(samples.areas / spacing**2, _LARGEST_SHARE)
    start, sure = guess
    values = start
    for turn in range(1 + (level < _TURNING_LEVELS)):
        equations = build(band, samples, share, weights, start, sure)
        values = least_squares(equations.matrix, equations.right, values)
        if level >= _TURNING_LEVELS or turn:
            break
        against = _contradicted(samples, band, values)
        if against.mean() < _FEW:
            break
        turned = np.where(against[:, None], -samples.normals, samples.normals)
        samples = replace(samples, normals=turned)
    return values, _learned(samples, band, values)


def _contradicted(samples: Samples, band: Band, values: Values) -> NDArray[np.bool_]:
    gradient = _gradient(samples, band, values)
    along = np.einsum("na,na->n", gradient, samples.normals)
    return np.asarray(along < _AGAINST * np.linalg.norm(gradient, axis=1))


def _learned(samples: Samples, band: Band, values: Values) -> Samples:
    """Take the field's gradient for normals that their neighbourhood could not tell."""
    gradient = _gradient(samples, band, values)
    length = np.linalg.norm(gradient, axis=1)
    better = (samples.trust < _DOUBTFUL) & (length > _STEEP)
    normals = np.where(
        better[:, None], gradient / length.clip(min=_STEEP)[:, None], samples.normals
    )
    return replace(samples, normals=normals, trust=np.where(better, _LEARNED, samples.trust))


def _gradient(samples: Samples, band: Band, values: Values) -> NDArray[np.float64]:
    lattice = band.lattice
    nodes, _, slopes = corner_weights(lattice.coordinates(samples.points), lattice.shape)
    return np.asarray(np.einsum("anj,nj->na", slopes, values[band.number[nodes]]), dtype=np.float64)


def _finer_cells(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    for axis in range(3):
        cells = np.repeat(cells, 2, axis=axis)
    return cells


def _prolonged(coarse: Values, band: Band) -> Values:
    """Interpolate the coarse field at the band's nodes; a spacing is half as long there."""
    index = np.stack(np.unravel_index(band.nodes, band.lattice.shape)).astype(np.float32)
    doubled = ndimage.map_coordinates(coarse, index / np.float32(2.0), order=1)
    return np.asarray(np.float32(2.0) * doubled, dtype=np.float32)


def _filled(coarse: Values, band: Band, values: Values) -> Values:
    """Put the band's values among far ones with the coarse field's sign.

    Every cell that the coarse field crosses is in the band, so any corner of the coarse cell
    that a node lies in has the node's sign.
    """
    field = np.where(coarse < 0, -_FAR, _FAR)
    for axis, count in enumerate(band.lattice.shape):
        field = np.repeat(field, 2, axis=axis).take(np.arange(count), axis=axis)
    field = np.ascontiguousarray(field)
    field.reshape(-1)[band.nodes] = values
    return field
