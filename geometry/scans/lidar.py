"""Read surveying formats: LAS and LAZ with laspy, E57 with pye57."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import MeshReadError, MissingDependencyError, TooLargeError

Floats = NDArray[np.float64]

_INSTALL = "Run .venv/bin/pip install -c constraints.txt -e '.[e57]', or convert the scan to PLY."


def read_las(path: Path, max_points: int) -> Floats:
    """Return the points (N, 3) float64 of a LAS or LAZ file, offset and scale applied.

    Raises:
        MeshReadError: The file is damaged.
        TooLargeError: The header names more than `max_points`.
        MissingDependencyError: laspy, or lazrs for LAZ, is not installed.
    """
    try:
        import laspy
        import lazrs  # noqa: F401  # laspy uses it to read LAZ; imported to see if it is there
    except ImportError as error:
        raise MissingDependencyError(
            "LAS and LAZ files need laspy and lazrs", str(path), "Run pip install laspy lazrs."
        ) from error
    try:
        with laspy.open(path) as reader:
            _check_count(int(reader.header.point_count), max_points, path)
            las = reader.read()
            return np.stack([np.asarray(las.x), np.asarray(las.y), np.asarray(las.z)], axis=1)
    except TooLargeError:
        raise
    except Exception as error:  # the parser fails in every way there is
        raise MeshReadError("the LAS file is damaged", str(path), "Export it again.") from error


def read_e57(path: Path, max_points: int) -> Floats:
    """Return the points (N, 3) float64 of all scans in an E57 file, poses applied.

    Raises:
        MeshReadError: The file is damaged.
        TooLargeError: The header names more than `max_points`.
        MissingDependencyError: pye57 is not installed.
    """
    try:
        import pye57
    except ImportError as error:
        raise MissingDependencyError("E57 files need pye57", str(path), _INSTALL) from error
    try:
        with pye57.E57(str(path)) as file:
            count = sum(int(file.get_header(i).point_count) for i in range(file.scan_count))
            _check_count(count, max_points, path)
            parts = [_cartesian(file, number) for number in range(file.scan_count)]
    except TooLargeError:
        raise
    except Exception as error:  # the parser fails in every way there is
        raise MeshReadError("the E57 file is damaged", str(path), "Export it again.") from error
    return np.concatenate([np.zeros((0, 3)), *parts])


def _cartesian(file: Any, number: int) -> Floats:
    scan = file.read_scan(number, ignore_missing_fields=True)
    return np.stack([np.asarray(scan[f"cartesian{a}"], dtype=np.float64) for a in "XYZ"], axis=1)


def _check_count(count: int, max_points: int, path: Path) -> None:
    if count > max_points:
        raise TooLargeError(f"more than {max_points:,} points", str(path), "Thin it out first.")
