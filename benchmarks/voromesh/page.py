"""The page docs/voromesh.md from measured rows."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy
import torch

from benchmarks.voromesh.measure import POINTS, PROCEDURES, Row
from geometry.files import write_text

PAGE = Path(__file__).resolve().parents[2] / "docs" / "voromesh.md"
_NAMES = {
    "paper": "paper's procedure",
    "cells": "ours, cells",
    "refitted": "ours, refitted",
}


def write_page(rows: list[Row]) -> None:
    """Write the page; rows of meshes that lack a procedure are left out of the ratios."""
    parts = [_head()]
    for grid in sorted({row.grid for row in rows}):
        there = [row for row in rows if row.grid == grid]
        parts += [f"## Grid {grid}", _table(there), _summary(there)]
    parts += ["## Cost against the number of generators", _cost(rows), _END]
    write_text(PAGE, "\n\n".join(part for part in parts if part) + "\n")
    print(PAGE.read_text(encoding="utf-8"))


def _head() -> str:
    return f"""# VoroMesh

Made by `python -m benchmarks.voromesh --meshes FOLDER` on one thread of {os.cpu_count()} cores
({platform.machine()}, {platform.system()}), Python {platform.python_version()}, torch
{torch.__version__}, scipy {scipy.__version__}. Seconds are processor seconds from mesh to mesh.
Each row is one run; rows are gathered with `--resume`, `--names` and `--grids`.

- **paper's procedure**: Maruani et al. 2023 re-implemented (`benchmarks/voromesh/paper.py`): grid
  start, 400 steps of Adam, winding numbers, the dual of a Delaunay triangulation without cleaning.
  Its neighbours come from a k-d tree here; "by brute force" adds what sorting all distances, as
  the published code does, costs more, timed on 4,096 samples.
- **ours, cells**: mirrored pairs, guards against spikes, 20 Gauss-Newton steps, certified: the
  Voronoi faces of at most as many generators as the paper's procedure has.
- **ours, refitted**: the same, its vertices moved onto the samples and certified again. This is
  what `--surface voromesh` gives.

Meshes are scaled to a longest side of 1. Distance: mean exact point-to-mesh distance, both
directions, of {POINTS:,} random points each, in 1e-3; HD: the largest; NC: mean |cosine| of the
normals there. Clean: closed, manifold, oriented, no face that meets another or collapses, in the
float32 values that a file holds."""


def _table(rows: list[Row]) -> str:
    lines = [
        "| mesh | procedure | generators | triangles | seconds | by brute force | distance "
        "| HD | NC | crossings | collapsed | clean |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for row in sorted(rows, key=lambda row: (row.mesh, PROCEDURES.index(row.procedure))):
        slow = f"{row.slow_seconds:.0f}" if row.procedure == "paper" else ""
        lines.append(
            f"| {row.mesh} | {_NAMES[row.procedure]} | {row.generators:,} | {row.faces:,} "
            f"| {row.seconds:.2f} | {slow} | {1e3 * row.distance:.3f} | {1e3 * row.hausdorff:.1f} "
            f"| {row.normals:.4f} | {row.crossings} | {row.collapsed} "
            f"| {'yes' if row.clean else 'no'} |"
        )
    return "\n".join(lines)


def _summary(rows: list[Row]) -> str:
    by = {(row.mesh, row.procedure): row for row in rows}
    names = sorted({mesh for mesh, kind in by if kind == "paper"})
    lines = []
    for kind in PROCEDURES[1:]:
        pairs = [(by[n, "paper"], by[n, kind]) for n in names if (n, kind) in by]
        if not pairs:
            continue

        def middle(
            value: Callable[[Row, Row], float], pairs: list[tuple[Row, Row]] = pairs
        ) -> float:
            return statistics.median(value(theirs, ours) for theirs, ours in pairs)

        lines.append(
            f"- {_NAMES[kind]}, median of {len(pairs)}: "
            f"{middle(lambda t, o: o.distance / t.distance):.2f} times the paper's distance, "
            f"NC {middle(lambda t, o: o.normals - t.normals):+.4f}, "
            f"{middle(lambda t, o: t.seconds / o.seconds):.0f} times fewer seconds "
            f"({middle(lambda t, o: t.slow_seconds / o.seconds):.0f} by brute force)."
        )
    for kind in PROCEDURES:
        every = [row for row in rows if row.procedure == kind]
        if every:
            clean = sum(row.clean for row in every)
            lines.append(f"- {_NAMES[kind]}: {clean} of {len(every)} outputs are clean.")
    return "\n".join(lines)


def _cost(rows: list[Row]) -> str:
    lines = ["| procedure | runs | generators | exponent of seconds |", "|---|--:|---|--:|"]
    for kind in PROCEDURES:
        every = [row for row in rows if row.procedure == kind]
        sizes = np.array([row.generators for row in every], dtype=np.float64)
        if len(every) < 3 or sizes.max() < 2.0 * sizes.min():
            continue
        seconds = np.array([row.seconds for row in every])
        exponent = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
        lines.append(
            f"| {_NAMES[kind]} | {len(every)} | {sizes.min():,.0f} to {sizes.max():,.0f} "
            f"| {exponent:.2f} |"
        )
    return "\n".join(lines) if len(lines) > 2 else ""


_END = """Known weak spot: walls much thinner than the distance between neighbouring pairs.
Cells of few generators cannot follow both sides there; the result is still clean, but not near
the wall. More generators help."""
