"""The page docs/voromesh-learned.md and its picture, from measured rows."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from benchmarks.voromesh_learned.compare import (
    FIT,
    NO_NETWORK,
    Comparison,
    comparisons,
    median,
    winners,
)
from benchmarks.voromesh_learned.measure import POINTS, Row
from benchmarks.voromesh_learned.objects import FIELD_CELLS
from benchmarks.voromesh_learned.picture import draw
from geometry.files import write_text


@dataclass(frozen=True)
class Trained:
    """What is told of the network.

    Attributes:
        objects: Training objects.
        steps: Crops seen.
        seconds: Processor seconds of the training.
        parameters: Numbers in the network.
    """

    objects: int
    steps: int
    seconds: float
    parameters: int


def write_page(rows: Sequence[Row], trained: Trained, folder: Path) -> Path:
    """Write the page and its picture; return the page's path."""
    found = comparisons(rows)
    draw(rows, folder / "voromesh-learned.png")
    parts = [_head(rows, trained), decision(found), "![](voromesh-learned.png)", _PICTURE]
    parts += [_medians(rows, grid) for grid in sorted({row.grid for row in rows})]
    parts += [_table(found, *title) for title in _TITLES]
    path = folder / "voromesh-learned.md"
    write_text(path, "\n\n".join(parts) + "\n")
    return path


def _head(rows: Sequence[Row], trained: Trained) -> str:
    grids = sorted({row.grid for row in rows})
    counts = " and ".join(
        f"{len({row.name for row in rows if row.grid == grid})} at grid {grid}" for grid in grids
    )
    return f"""# Learned VoroMesh: measured

Made by `python -m benchmarks.voromesh_learned` on one thread of {os.cpu_count()} cores
({platform.machine()}, {platform.system()}), Python {platform.python_version()}, torch
{torch.__version__}. Seconds are processor seconds.

Maruani et al. 2023 also train a network that reads a grid of signed distances and writes a
generator and its occupancy for each voxel near the surface. Ours is one 7 x 7 x 7 convolution and
three 1 x 1 x 1 ones ({trained.parameters:,} numbers), evaluated at the grid's corners within 1.1
cells of the surface; the same weights serve every grid. It learned from {trained.objects} training
objects of the shipped pack at grids 32 and 64: {trained.steps:,} crops,
{trained.seconds / 60.0:.0f} processor minutes, VoroLoss, the distance and normal of the surface
between unlike cells, and cross-entropy of the occupancy.

Held-out objects (test split): {counts}. All ways read the same field: trilinear interpolation of
exact distances at {FIELD_CELLS + 1}^3 corners, where an evaluation costs next to nothing. The grid
start is the network's input without the network: the same corners, labelled by sign. The fit is
`fit_field`'s: mirrored pairs, guards, 20 Gauss-Newton steps; here also stopped earlier, or with
half of the generators. "+ refit" moves the vertices onto samples of the field; every mesh but
marching cubes' is certified. Distance: mean exact point-to-mesh distance, both directions, of
{POINTS:,} random points each, the longest side being 1; HD: the largest; NC: mean |cosine| of the
normals there. Clean: closed, manifold, oriented, no face that meets another, in float32."""


_PICTURE = """Median distance against median seconds, the exact field's evaluations included on the
right. Filled marks are refitted."""


def decision(found: Sequence[Comparison]) -> str:
    """Say what follows from the comparisons."""
    kept = winners(found, (FIT, NO_NETWORK))
    if kept:
        return (
            "**Decision: keep.** At every grid these beat the fit at equal time and the same way "
            f"without the network: {'; '.join(kept)}."
        )
    sentences = ["**Decision: left out of Caddis.**"]
    beat_fit = winners(found, (FIT,))
    if beat_fit:
        sentences.append(
            "At equal time the fit loses, at every grid and with both fields, to: "
            f"{'; '.join(beat_fit)}. But that is not the network's merit: the same corners without "
            "it do as well (last table)."
        )
    else:
        sentences.append(
            "No learned way beats the fit stopped at the same seconds at every grid, with the "
            "cheap and with the exact field (nearer on most objects, normals as good)."
        )
    won = [sum(one.beats for one in found if one.rival == rival) for rival in (FIT, NO_NETWORK)]
    every = [sum(one.rival == rival for one in found) for rival in (FIT, NO_NETWORK)]
    sentences.append(
        f"Won below: {won[0]} of {every[0]} comparisons with the fit, {won[1]} of {every[1]} with "
        "the start without the network."
    )
    return " ".join(sentences)


def _medians(rows: Sequence[Row], grid: int) -> str:
    lines = [
        f"## Grid {grid}: medians\n",
        "| way | generators | triangles | seconds | evaluations | distance e-3 | HD e-3 | NC "
        "| clean |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for way in dict.fromkeys(row.way for row in rows if row.grid == grid):
        there = [row for row in rows if (row.grid, row.way) == (grid, way)]
        lines.append(
            f"| {way} | {median(rows, grid, way, lambda r: r.generators):,.0f} "
            f"| {median(rows, grid, way, lambda r: r.faces):,.0f} "
            f"| {median(rows, grid, way, lambda r: r.seconds):.2f} "
            f"| {median(rows, grid, way, lambda r: r.evaluations):,.0f} "
            f"| {1e3 * median(rows, grid, way, lambda r: r.distance):.3f} "
            f"| {1e3 * median(rows, grid, way, lambda r: r.hausdorff):.1f} "
            f"| {median(rows, grid, way, lambda r: r.normals):.4f} "
            f"| {sum(row.clean for row in there)} of {len(there)} |"
        )
    return "\n".join(lines)


_TITLES = (
    (
        "At equal time, with the cheap field",
        FIT,
        False,
        "The opponent is the fit, refitted or not, that used most of the learned way's seconds; "
        "where even the quickest fit takes longer, that one.",
    ),
    (
        "At equal time, with the exact field",
        FIT,
        True,
        "Seconds plus the number of evaluations times what one costs with the exact distance to "
        "the mesh, measured near its surface.",
    ),
    (
        "With and without the network",
        NO_NETWORK,
        False,
        "The opponent is the grid start, with the same steps and refit.",
    ),
)


def _table(found: Sequence[Comparison], title: str, rival: str, dear: bool, note: str) -> str:
    lines = [
        f"## {title}\n",
        f"{note}\n",
        "| grid | learned way | in time | seconds ratio | distance ratio | NC gain | nearer "
        "| beats |",
        "|--:|---|--:|--:|--:|--:|--:|---|",
    ]
    lines += [
        f"| {one.grid} | {one.way} | {one.in_time} of {one.objects} | {one.seconds:.2f} "
        f"| {one.distance:.2f} | {one.normals:+.4f} | {one.nearer} of {one.objects} "
        f"| {'yes' if one.beats else 'no'} |"
        for one in found
        if (one.rival, one.dear) == (rival, dear)
    ]
    return "\n".join(lines)
