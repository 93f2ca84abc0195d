"""The page docs/voromesh-learned.md and its picture, from measured rows."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import torch

from benchmarks.surfaces.scores import SAMPLES
from benchmarks.voromesh_learned.compare import FIT, NO_NETWORK, Comparison, comparisons, winners
from benchmarks.voromesh_learned.objects import FIELD_CELLS
from benchmarks.voromesh_learned.ways import CUBES, FITS, LEARNED, REFIT, STEPS, UNTRAINED, Row
from geometry.files import atomic_path, write_text

_HEAD = """# Learned VoroMesh

`python -m benchmarks.voromesh_learned` trains, measures and makes this page; seconds are
processor seconds of one thread ({machine}), torch {torch}.

{decision}

Maruani et al. 2023 also train a network that reads a grid of signed distances and writes
generators with occupancies. Ours reads the 7 x 7 x 7 distances around each corner within 0.55
cells of the surface and places a mirrored pair of generators, one inside and one outside; corners
0.7 to 1.3 cells away stay as generators. **Untrained**, a pair stands across the tangent plane at
the corner's foot. **Learned**: {parameters:,} numbers, trained on {objects} objects of the open
mix at grids 32 and 64 ({steps:,} steps of four crops, {minutes:.0f} processor minutes) for the
distance and the normals of the surface between unlike generators and for the side of points near
it. **Fit**: `fit_samples` of `geometry/voromesh`, also stopped early and with half of the
generators; its samples come from a grid twice as fine, or it would lose more of the thin walls.
**Refit**: vertices moved onto the same samples.

Held-out objects with up to {cells:,} square cells of surface, many of them thin: {held}.
All ways read the same field, exact distances interpolated on {field}^3 corners. CD-L1 and HD: mean
and largest exact distance of {samples:,} points on each surface to the other, 1e-3 of the longest
side; NC: mean |cosine| between normals.

![CD-L1 against seconds](voromesh-learned.png)

Medians; open marks are without refit.
"""

_LEFT_OUT = """**Left out of Caddis.** Every VoroMesh that Caddis writes is refitted. Refitted, the
learned start wins {} comparisons with the fit at equal time (nearer on most objects, normals
as good), but the same start untrained wins {}, and against that the network wins only
{}: no learned way beats both at every grid. What the network adds, the refit adds as well;
without refit, farther from the object, it wins {} and {} against the fit and itself
untrained. Where the fit is far off, it has lost walls thinner than its cells.
Therefore Caddis starts from a field much as the untrained way does (`corner_start`)."""

_SERIES = {
    UNTRAINED: ([UNTRAINED, UNTRAINED + STEPS], "tab:gray", "s"),
    LEARNED: ([LEARNED, LEARNED + STEPS], "tab:orange", "o"),
    "fit": (list(FITS), "tab:blue", "^"),
}


@dataclass(frozen=True)
class Trained:
    """What is told of the network.

    Attributes:
        objects: Training objects.
        steps: Of the training.
        seconds: Processor seconds of the training.
        parameters: Numbers in the network.
        cells: Square cells of surface of the largest object that was measured.
    """

    objects: int
    steps: int
    seconds: float
    parameters: int
    cells: int


def write_page(rows: Sequence[Row], trained: Trained, folder: Path) -> Path:
    """Write the page and its picture; return the page's path."""
    found = comparisons(rows)
    grids = sorted({row.grid for row in rows})
    counts = [
        f"{len({row.name for row in rows if row.grid == grid})} at grid {grid}" for grid in grids
    ]
    head = _HEAD.format(
        machine=f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        torch=torch.__version__,
        decision=decision(found),
        parameters=trained.parameters,
        objects=trained.objects,
        steps=trained.steps,
        minutes=trained.seconds / 60.0,
        cells=trained.cells,
        held=" and ".join(counts),
        field=FIELD_CELLS + 1,
        samples=SAMPLES,
    )
    parts = [head, *(_medians(rows, grid) for grid in grids), _table(found)]
    _draw(rows, grids, folder / "voromesh-learned.png")
    path = folder / "voromesh-learned.md"
    write_text(path, "\n".join(parts))
    return path


def decision(found: Sequence[Comparison]) -> str:
    """Say what follows from the comparisons."""
    if kept := winners(found):
        return (
            "**Kept**: at every grid these beat the fit at equal time and themselves without "
            f"training: {'; '.join(kept)}."
        )
    return _LEFT_OUT.format(
        _won(found, FIT, LEARNED, refit=True),
        _won(found, FIT, UNTRAINED, refit=True),
        _won(found, NO_NETWORK, LEARNED, refit=True),
        _won(found, FIT, LEARNED, refit=False),
        _won(found, NO_NETWORK, LEARNED, refit=False),
    )


def _won(found: Sequence[Comparison], rival: str, start: str, *, refit: bool) -> str:
    chosen = [
        one.wins
        for one in found
        if one.rival == rival and one.way.startswith(start) and one.way.endswith(REFIT) == refit
    ]
    return f"{sum(chosen)} of {len(chosen)}"


def _median(rows: Sequence[Row], value: Callable[[Row], float]) -> float:
    return statistics.median(value(row) for row in rows)


def _medians(rows: Sequence[Row], grid: int) -> str:
    lines = [
        f"## Grid {grid}, medians\n",
        "| way | generators | triangles | cpu-s | evaluations | CD-L1 | HD | NC |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for way in dict.fromkeys(row.way for row in rows if row.grid == grid):
        there = [row for row in rows if (row.grid, row.way) == (grid, way)]
        lines.append(
            f"| {way} | {_median(there, lambda r: r.generators):,.0f} "
            f"| {_median(there, lambda r: r.faces):,.0f} "
            f"| {_median(there, lambda r: r.seconds):.2f} "
            f"| {_median(there, lambda r: r.evaluations):,.0f} "
            f"| {_median(there, lambda r: r.cd1):.2f} | {_median(there, lambda r: r.hd):.1f} "
            f"| {_median(there, lambda r: r.nc):.3f} |"
        )
    return "\n".join(lines) + "\n"


def _table(found: Sequence[Comparison]) -> str:
    lines = [
        "## At equal time\n",
        "The rival on each object is the nearest fit that took no more seconds, refitted or not\n"
        "(where none did, the quickest), or the same way untrained. CD-L1: median of the way's\n"
        "over the rival's; NC: median difference.\n",
        "| rival | grid | way | rival in time | CD-L1 | NC | nearer | wins |",
        "|---|--:|---|--:|--:|--:|--:|---|",
    ]
    lines += [
        f"| {one.rival} | {one.grid} | {one.way} | {one.in_time} of {one.objects} "
        f"| {one.distance:.2f} | {one.normals:+.3f} | {one.nearer} of {one.objects} "
        f"| {'yes' if one.wins else 'no'} |"
        for one in found
    ]
    return "\n".join(lines) + "\n"


def _draw(rows: Sequence[Row], grids: Sequence[int], path: Path) -> None:
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(grids), figsize=(4.6 * len(grids), 3.7), squeeze=False)
    for panel, grid in zip(axes[0], grids, strict=True):

        def at(way: str, grid: int = grid) -> tuple[float, float]:
            there = [row for row in rows if (row.grid, row.way) == (grid, way)]
            return _median(there, lambda row: row.seconds), _median(there, lambda row: row.cd1)

        panel.plot(*at(CUBES), "k*", label=CUBES)
        for label, (ways, colour, mark) in _SERIES.items():
            for last, face in (("", "white"), (REFIT, colour)):
                made = [way + last for way in ways if last or STEPS not in way]
                line = zip(*(at(way) for way in made), strict=True)
                name = label if last else None
                panel.plot(*line, mark, color=colour, markerfacecolor=face, label=name)
        panel.set(xscale="log", yscale="log", xlabel="processor seconds", ylabel="CD-L1, 1e-3")
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter("{x:g}")
            axis.set_minor_formatter("")
        panel.set_title(f"grid {grid}")
        panel.grid(visible=True, which="both", alpha=0.3)
    axes[0, 0].legend(fontsize=8)
    figure.tight_layout()
    with atomic_path(path) as beside:
        figure.savefig(beside, dpi=90)
    plt.close(figure)
