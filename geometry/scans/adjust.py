"""Adjust a scan before its surface is made: unit, up-axis and thinning."""

from __future__ import annotations

from typing import Literal

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import ConfigError

Floats = NDArray[np.float64]
Unit = Literal["auto", "mm", "cm", "m", "inch"]
Up = Literal["z", "-z", "y", "-y", "x", "-x"]

UNITS = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "inch": 25.4}
"""Millimetres in each unit."""
UP_AXES = ("z", "-z", "y", "-y", "x", "-x")


def millimetres(unit: Unit | str, assumed: str) -> float:
    """Return the length of one `unit` in millimetres; "auto" means the file format's own unit.

    Args:
        unit: "auto" or one of `UNITS`.
        assumed: The unit of the file's format.

    Raises:
        ConfigError: There is no such unit.
    """
    try:
        return UNITS[assumed if unit == "auto" else unit]
    except KeyError:
        raise ConfigError(
            "unknown unit", str(unit), f"Choose one of: auto, {', '.join(UNITS)}."
        ) from None


def scaled(scan: trimesh.Trimesh | Floats, factor: float) -> trimesh.Trimesh | Floats:
    """Return the scan with coordinates multiplied by `factor`; normals stay as they are."""
    if factor == 1.0:
        return scan
    if isinstance(scan, trimesh.Trimesh):
        return trimesh.Trimesh(scan.vertices * factor, scan.faces, process=False)
    return np.hstack([scan[:, :3] * factor, scan[:, 3:]])


def turned_up(scan: trimesh.Trimesh | Floats, up: Up | str = "z") -> trimesh.Trimesh | Floats:
    """Turn a scan, by quarter turns, so that its `up` axis becomes Z.

    Args:
        scan: A mesh, points (N, 3) or oriented points (N, 6).
        up: The axis of the scan that points up, one of `UP_AXES`.

    Raises:
        ConfigError: There is no such axis.
    """
    if up not in UP_AXES:
        raise ConfigError("unknown up-axis", str(up), f"Choose one of: {', '.join(UP_AXES)}.")
    axis = "xyz".index(up[-1])
    turn = np.eye(3)[[(axis + 1) % 3, (axis + 2) % 3, axis]]
    if up[0] == "-":
        turn = np.diag([1.0, -1.0, -1.0]) @ turn
    if isinstance(scan, trimesh.Trimesh):
        return trimesh.Trimesh(scan.vertices @ turn.T, scan.faces, process=False)
    return np.hstack([scan[:, i : i + 3] @ turn.T for i in range(0, scan.shape[1], 3)])


def thinned(points: Floats, cell: float) -> Floats:
    """Return one row for each cubic cell that holds points: the mean of the rows in it.

    Args:
        points: (N, 3), or (N, 6) with normals.
        cell: Side of the cells in the points' unit, above 0.

    Raises:
        ConfigError: The side is not above 0, or so small that cells cannot be numbered.
    """
    if not (np.isfinite(cell) and cell > 0.0):
        raise ConfigError("the cells' side must be above 0", str(cell))
    low = points[:, :3].min(axis=0)
    counts = np.ptp(points[:, :3], axis=0) / cell + 1.0
    if np.prod(counts) > 2.0**62:
        raise ConfigError("the cells are too small for this scan", str(cell), "Use larger ones.")
    index = np.floor((points[:, :3] - low) / cell).astype(np.int64)
    _, ny, nz = (int(count) + 1 for count in counts)
    key = (index[:, 0] * ny + index[:, 1]) * nz + index[:, 2]
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    count = np.diff(np.append(first, len(key)))
    return np.asarray(np.add.reduceat(points[order], first, axis=0) / count[:, None])
