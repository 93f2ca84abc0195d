"""Solve the field on nested grids, coarse to fine; each solution is the next grid's first guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from caddis.geometry.cells import crossed_cells
from caddis.geometry.conjugate_gradients import least_squares
from caddis.geometry.grid import Grid
from caddis.geometry.surfaces.gridpull.band import Band, around
from caddis.geometry.surfaces.gridpull.equations import build
from caddis.geometry.surfaces.gridpull.samples import OrientedSamples
from caddis.geometry.surfaces.gridpull.trilinear import corner_weights
from caddis.geometry.surfaces.gridpull.weights import level_weights

Values = NDArray[np.float32]

_FAR = np.float32(9.0)  # spacings: what nodes outside the band are set to
_TURNING_LEVELS = (1, 2)
_AGAINST = -0.5  # cosine below which the field contradicts a normal
_FEW = 1e-3  # share of contradicted normals that is not worth another solution
_LARGEST_SHARE = 4.0
_SURE_IN_HOLES = np.float32(0.1)


def solve_levels(
    samples: OrientedSamples,
    grids: list[Grid],
    guess: tuple[Values, Values],
    on_level: Callable[[int], None] = lambda _: None,
) -> Values:
    """Solve the field on every grid, coarse to fine.

    On the two grids after the coarsest, normals that the solution contradicts are reversed and the
    grid is solved once more: where `orientation` is wrong, the field is usually still right.
    This is not done on the coarsest grid, which does not resolve thin walls and would reverse the
    normals of one of their sides.

    Args:
        samples: Oriented points.
        grids: From `lattices`.
        guess: First guess and its certainty on grids[0], from `first_guess`.
        on_level: Called with the number of each finished level.

    Returns:
        Distances on the last grid in its spacings, shape grids[-1].shape, negative inside. They
        are solved near the points and across holes, and +-9 elsewhere.
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
        values, samples = _solve(samples, band, (start, sure), level, grid is grids[-1])
        field = _filled(field, band, values) if level else values.reshape(grid.shape)
        on_level(level)
    return field


def _solve(
    samples: OrientedSamples, band: Band, guess: tuple[Values, Values], level: int, finest: bool
) -> tuple[Values, OrientedSamples]:
    spacing = band.lattice.spacing
    weights = level_weights(samples.noise / spacing, level, finest=finest)
    share = np.minimum(samples.areas / spacing**2, _LARGEST_SHARE)
    start, sure = guess
    values = start
    turns = 1 if level in _TURNING_LEVELS else 0
    for turn in range(turns + 1):
        equations = build(band, samples, share, weights, start, sure)
        values = least_squares(equations.matrix, equations.right, values)
        if turn == turns:
            break
        against = _contradicted(samples, band, values)
        if against.mean() < _FEW:
            break
        turned = np.where(against[:, None], -samples.normals, samples.normals)
        samples = replace(samples, normals=turned)
    return values, samples


def _contradicted(samples: OrientedSamples, band: Band, values: Values) -> NDArray[np.bool_]:
    lattice = band.lattice
    nodes, _, slopes = corner_weights(lattice.coordinates(samples.points), lattice.shape)
    gradient = np.einsum("anj,nj->na", slopes, values[band.number[nodes]])
    along = np.einsum("na,na->n", gradient, samples.normals)
    return np.asarray(along < _AGAINST * np.linalg.norm(gradient, axis=1))


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
    """Put the band's values into a grid that elsewhere holds +-9 with the coarse field's sign.

    Every cell that the coarse field crosses is in the band, so any corner of the coarse cell
    that a node lies in has the node's sign.
    """
    field = np.where(coarse < 0, -_FAR, _FAR)
    for axis, count in enumerate(band.lattice.shape):
        field = np.repeat(field, 2, axis=axis).take(np.arange(count), axis=axis)
    field = np.ascontiguousarray(field)
    field.reshape(-1)[band.nodes] = values
    return field
