"""Distance against seconds, one panel for each grid and field."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

from benchmarks.voromesh_learned.compare import median
from benchmarks.voromesh_learned.measure import Row
from benchmarks.voromesh_learned.ways import (
    FITS,
    GRID,
    LEARNED,
    MARCHING_CUBES,
    few_steps,
    fit_name,
    refitted,
)
from geometry.files import atomic_path

_SERIES = {
    "grid start, then 3 steps": ([GRID, few_steps(GRID)], "tab:gray", "s"),
    "learned, then 3 steps": ([LEARNED, few_steps(LEARNED)], "tab:orange", "o"),
    "fit: half, 5 steps, 20 steps": ([fit_name(*one) for one in FITS], "tab:blue", "^"),
}


def draw(rows: Sequence[Row], path: Path) -> None:
    """Draw the medians."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    grids = sorted({row.grid for row in rows})
    figure, axes = plt.subplots(len(grids), 2, figsize=(9.0, 3.7 * len(grids)), squeeze=False)
    for line, grid in zip(axes, grids, strict=True):
        for panel, dear in zip(line, (False, True), strict=True):
            _panel(panel, rows, grid, dear=dear)
    axes[0, 0].legend(fontsize=7)
    figure.tight_layout()
    with atomic_path(path) as beside:
        figure.savefig(beside, dpi=90)
    plt.close(figure)


def _panel(panel: Any, rows: Sequence[Row], grid: int, *, dear: bool) -> None:
    def at(way: str) -> tuple[float, float]:
        seconds = median(rows, grid, way, lambda row: row.cost(dear=dear))
        return seconds, 1e3 * median(rows, grid, way, lambda row: row.distance)

    panel.plot(*at(MARCHING_CUBES), "k*", label=MARCHING_CUBES)
    for label, (ways, colour, mark) in _SERIES.items():
        plain = [at(way) for way in ways]
        moved = [at(refitted(way)) for way in ways]
        panel.plot(*zip(*plain, strict=True), f"--{mark}", color=colour, mfc="white", label=label)
        panel.plot(*zip(*moved, strict=True), f"-{mark}", color=colour, label=f"{label}, refitted")
    panel.set(
        xscale="log",
        yscale="log",
        xlabel="seconds" + (", exact field" if dear else ", cheap field"),
        ylabel="distance, 1e-3",
        title=f"grid {grid}",
    )
    panel.grid(visible=True, which="both", alpha=0.3)
