"""Checks of arrays of points: shape, number and finite values."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError

Floats = NDArray[np.float64]


def checked_rows(rows: ArrayLike, *, least: int = 1, columns: tuple[int, ...] = (3, 6)) -> Floats:
    """Return points (N, 3), or points with normals (N, 6), as float64.

    Args:
        rows: In any unit.
        least: Fewest points.
        columns: Allowed numbers of columns.

    Raises:
        ConfigError: The array has another shape.
        EmptyMeshError: Fewer than `least` rows.
        NonFiniteError: NaN or infinite numbers.
    """
    array = np.asarray(rows, dtype=np.float64)
    if array.ndim != 2 or array.shape[1] not in columns:
        wanted = " or ".join(map(str, columns))
        raise ConfigError(
            f"points must have {wanted} columns", f"shape {array.shape}",
            "Give rows of x y z, with or without a normal.",
        )  # fmt: skip
    if len(array) < least:
        raise EmptyMeshError(f"{len(array)} points are too few", "", f"Give {least} or more.")
    if not np.isfinite(array).all():
        raise NonFiniteError(
            "the points have NaN or infinite coordinates", "", "Leave those points out."
        )
    return array


def checked_points(
    points: ArrayLike,
    normals: ArrayLike | None,
    *,
    least: int,
    columns: tuple[int, ...] = (3, 6),
) -> tuple[Floats, Floats | None]:
    """Return points (N, 3) and their normals (N, 3) as float64, or None for unknown normals.

    Args:
        points: (N, 3), or (N, 6) with normals in the last three columns; any unit.
        normals: (N, 3) of any length, or None. They take precedence over columns 4 to 6.
        least: Fewest points.
        columns: Allowed numbers of columns of `points`.

    Raises:
        ConfigError: The arrays have other shapes.
        EmptyMeshError: Fewer than `least` points.
        NonFiniteError: NaN or infinite numbers.
    """
    rows = checked_rows(points, least=least, columns=columns)
    places, row_normals = rows[:, :3], rows[:, 3:]
    if normals is None:
        return places, row_normals if row_normals.size else None
    given = np.asarray(normals, dtype=np.float64)
    if given.shape != places.shape:
        raise ConfigError("points and normals differ in shape", f"{given.shape}")
    if not np.isfinite(given).all():
        raise NonFiniteError("the normals have NaN or infinite coordinates")
    return places, given
