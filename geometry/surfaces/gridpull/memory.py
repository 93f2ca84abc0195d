"""Estimate the memory that a reconstruction needs, and refuse one that would not fit."""

from __future__ import annotations

from pathlib import Path

from caddis.geometry.errors import TooLargeError
from caddis.geometry.surfaces.gridpull.cloud import MAX_THINNED
from caddis.geometry.surfaces.gridpull.lattice import finest_spacing

_PER_POINT = 150.0  # bytes: the scan, its canonical copy, keys, order and the sorted copy
_PER_THINNED = 3_000.0  # neighbourhoods, signed links, rows of the least squares
_PER_NODE = 14.0  # values, numbers, signs, and what marching cubes copies
_PER_BAND_NODE = 400.0  # rows of second differences, twice, and the solver's vectors
_BAND_LAYERS = 8.0
TYPICAL_AREA = 3.0
"""Area of the surface of a typical object of longest side 1; a cube has 6."""
_CELLS_A_SURFACE = 6.0  # half cells that a surface crosses, for each square cell of its area
_BASE = 250e6  # Python and its libraries


def estimated_bytes(points: int, resolution: int) -> float:
    """Return about how many bytes `from_points` needs for so many points and cells.

    The constants are from measured peaks (`python -m benchmarks.surfaces`); objects that fill their
    cube are the worst case, others need less.
    """
    cells = 1.0 / finest_spacing(resolution) + 3.0
    band = min(_BAND_LAYERS * TYPICAL_AREA * cells**2, cells**3)
    thinned = thinned_points(points, resolution)
    fixed = _BASE + _PER_NODE * cells**3 + _PER_BAND_NODE * band
    return fixed + _PER_POINT * points + _PER_THINNED * thinned


def thinned_points(points: int, resolution: int) -> int:
    """Estimate how many points are left after those in each half cell are averaged."""
    cells = _CELLS_A_SURFACE * TYPICAL_AREA / finest_spacing(resolution) ** 2
    return min(points, MAX_THINNED, round(cells))


def available_bytes() -> float | None:
    """Return the memory that is free now, or None if the system does not report it."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found = next(line for line in lines if line.startswith("MemAvailable:"))
        return float(found.split()[1]) * 1024.0
    except (OSError, StopIteration, ValueError, IndexError):
        return None


def check_memory(points: int, resolution: int) -> None:
    """Refuse a reconstruction that needs more memory than is free.

    Raises:
        TooLargeError: The estimate is above the free memory.
    """
    needed, free = estimated_bytes(points, resolution), available_bytes()
    if free is not None and needed > free:
        raise TooLargeError(
            f"{points:,} points at resolution {resolution} need about {needed / 1e9:.1f} GB, "
            f"and {free / 1e9:.1f} GB are free",
            "",
            "Thin the scan with --voxel-mm, or use a lower --resolution.",
        )
