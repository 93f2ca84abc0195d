"""The zero contour of a field in a plane, kept on one side of its axes of symmetry."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from skimage.measure import find_contours

from caddis.geometry.field import Field
from caddis.geometry.surfaces.framed.ticks import Ticks
from caddis.geometry.surfaces.grid_surface import closed_inside
from caddis.geometry.surfaces.narrow_band import sample_on_ticks

Line = NDArray[np.float64]
"""(K, 2) points of a contour. It is closed if its last point is its first; else it ends on axes."""

_NEAREST = 0.02  # a contour stays about this share of a cell away from the samples


def outline(
    field: Field, ticks: tuple[Ticks, Ticks], folded: tuple[bool, bool], lipschitz: float
) -> list[Line]:
    """Return the zero contours of a field in the plane, by linear interpolation on a grid.

    Where the signs of a cell's four samples allow two ways to connect, the inside is connected. Two
    contours could meet only at a sample, and all contours keep a distance from the samples.

    Args:
        field: Signed distance, points (N, 2) float32 -> (N,).
        ticks: Coordinates of the grid.
        folded: For each axis whether the grid begins on an axis of symmetry. Contours end there
            with exactly its coordinate. At the other borders the solid is closed.
        lipschitz: Bound of the field's slope.

    Raises:
        NoSurfaceError: The field does not change sign.
        NonFiniteError: The field returned NaN or infinity.
    """
    values = sample_on_ticks(field, ticks, lipschitz).astype(np.float64)
    inside = closed_inside(values, folded)
    spacing = np.array([float(axis[-1] - axis[0]) / (len(axis) - 1) for axis in ticks])
    size = np.maximum(np.abs(values), _NEAREST * spacing.min())
    contours = find_contours(  # type: ignore[no-untyped-call]
        np.where(inside, -size, size), 0.0, fully_connected="low"
    )
    first = np.array([float(axis[0]) for axis in ticks])
    return [contour * spacing + first for contour in contours]


def unfolded(lines: Sequence[Line], axis: int) -> list[Line]:
    """Add the mirror images of contours across an axis of symmetry, joined where they end on it.

    Args:
        lines: Contours with coordinates >= 0 along `axis`.
        axis: The coordinate that changes its sign.
    """
    result: list[Line] = []
    for line in lines:
        image = (line * np.where(np.arange(2) == axis, -1.0, 1.0))[::-1] + 0.0
        starts, ends = (not is_closed(line) and line[at, axis] == 0.0 for at in (0, -1))
        if starts and ends:
            result.append(np.concatenate([line, image[1:]]))
        elif starts:
            result.append(np.concatenate([image, line[1:]]))
        elif ends:
            result.append(np.concatenate([line, image[1:]]))
        else:
            result += [line, image]
    return result


def is_closed(line: Line) -> bool:
    """Tell whether a contour returns to its first point."""
    return bool((line[0] == line[-1]).all())
