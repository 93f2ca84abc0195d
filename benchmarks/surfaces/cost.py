"""Cost against the number of points, of cells and of generators: inputs, exponents, a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import matplotlib as mpl
import numpy as np

from benchmarks.surfaces.inputs import Floats, mesh
from benchmarks.surfaces.item import Item, Make, Row
from benchmarks.surfaces.methods import Outcome
from caddis.geometry.files.atomic import atomic_path
from caddis.geometry.surfaces.backends import point_backend
from caddis.geometry.surfaces.voromesh.extract import extract_refitted
from caddis.geometry.surfaces.voromesh.fit import fit_mesh

GRIDPULL, VOROMESH = "GridPull", "VoroMesh from a mesh"
OBJECT = "rocker_arm"
_BUMPS = 0.08
_FEWEST = 3  # sizes that make a curve
_POINTS_FOR_CELLS, _CELLS_FOR_POINTS = 300_000, 256
SIZES = {
    "points": (10_000, 30_000, 100_000, 300_000, 1_000_000, 10_000_000),
    "cells": (64, 128, 256, 512),
    "generators": (500, 1_000, 2_000, 4_000, 8_000, 16_000),
}


def plan() -> Iterator[Item]:
    for kind, sizes in SIZES.items():
        method = VOROMESH if kind == "generators" else GRIDPULL
        yield from (Item(kind, method, str(size)) for size in sizes)


def make(item: Item, data: Path) -> Make:
    """Return what is timed; its input is made before."""
    size = int(item.name)
    if item.kind == "generators":
        truth = mesh(data, OBJECT)

        def fit() -> Outcome:
            fitted = fit_mesh(truth, size)
            return Outcome(extract_refitted(fitted.voromesh, fitted.samples))

        return fit
    many = size if item.kind == "points" else _POINTS_FOR_CELLS
    cells = size if item.kind == "cells" else _CELLS_FOR_POINTS
    return partial(_gridpull, bumpy(many), cells)


def _gridpull(points: Floats, cells: int) -> Outcome:
    return Outcome(point_backend("gridpull").from_points(points, resolution=cells))


def bumpy(count: int, seed: int = 0) -> Floats:
    """Points (count, 3) on a sphere with bumps."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(count, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return points * (1.0 + _BUMPS * np.sin(9.0 * points).sum(axis=1, keepdims=True))


def exponent(rows: Sequence[Row]) -> float:
    """Return the slope of log processor seconds over log size."""
    sizes, seconds = _curve(rows)
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def _curve(rows: Sequence[Row]) -> tuple[Floats, Floats]:
    ordered = sorted((float(row["name"]), float(row["cpu"])) for row in rows)
    sizes, seconds = np.array(ordered).T
    return sizes, seconds


def draw(rows: Sequence[Row], path: Path) -> bool:
    """Plot processor seconds against size on logarithmic axes; False if there is too little."""
    curves = {kind: [row for row in rows if row["kind"] == kind and "cpu" in row] for kind in SIZES}
    curves = {kind: chosen for kind, chosen in curves.items() if len(chosen) >= _FEWEST}
    if not curves:
        return False
    mpl.use("Agg")
    from matplotlib import pyplot

    size = (3.4 * len(curves), 3.2)
    figure, panels = pyplot.subplots(1, len(curves), figsize=size, layout="constrained")
    for panel, (kind, chosen) in zip(np.atleast_1d(panels), curves.items(), strict=True):
        panel.loglog(*_curve(chosen), "o-", color="#a5642a")
        panel.set_title(f"{chosen[0]['method']}: exponent {exponent(chosen):.2f}", fontsize=10)
        panel.set_xlabel(kind)
        panel.set_ylabel("processor seconds")
        panel.grid(True, which="both", alpha=0.25)
    with atomic_path(path) as temporary:
        figure.savefig(temporary, format="png", dpi=110)
    pyplot.close(figure)
    return True
