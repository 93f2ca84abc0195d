"""Estimate the time of each stage of a reconstruction, and report progress in shares of it."""

from __future__ import annotations

from itertools import accumulate

from caddis.geometry.surfaces.gridpull.lattice import finest_spacing, level_count
from caddis.geometry.surfaces.gridpull.memory import TYPICAL_AREA, thinned_points
from caddis.geometry.surfaces.protocols import Progress

# Seconds on one core of a server processor of 2023, from `python -m benchmarks.surfaces`.
_PREPARE = 1.2e-6  # per point of the scan
_NORMALS, _SIDES = 8e-6, 1.0  # per thinned point, and once
_FIRST_LEVEL, _FIRST_POINTS = 0.3, 9e-6
_LEVEL_POINTS = 3e-6
_LEVEL_CELLS = 7.5e-6  # per cell that the surface crosses
_EXTRACTION = 4e-6


def stage_seconds(points: int, resolution: int) -> list[float]:
    """Estimate the seconds of each stage: preparing, normals, the levels, the extraction.

    The estimates are right within a factor of about two on a free core. Progress is reported in
    shares of them.
    """
    levels = level_count(resolution)
    thinned = thinned_points(points, resolution)
    crossed = TYPICAL_AREA / finest_spacing(resolution) ** 2
    finer = [
        _LEVEL_POINTS * thinned + _LEVEL_CELLS * crossed / 4.0 ** (levels - 1 - level)
        for level in range(1, levels)
    ]
    first = _FIRST_LEVEL + _FIRST_POINTS * thinned
    return [_PREPARE * points, _NORMALS * thinned + _SIDES, first, *finer, _EXTRACTION * crossed]


class Stages:
    """Reports finished stages as percentages of the expected time.

    Args:
        on_step: Receives the reports, or None.
        seconds: Expected time of each stage.
    """

    def __init__(self, on_step: Progress | None, seconds: list[float]) -> None:
        self._on_step = on_step
        self._ends = [round(100.0 * end / sum(seconds)) for end in accumulate(seconds)]

    def finished(self, stage: int) -> None:
        """Report that a stage is finished; -1 is the last one."""
        if self._on_step is not None:
            self._on_step(self._ends[stage], 100)
