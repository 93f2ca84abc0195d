"""The page docs/surfaces.md from the measured rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import numpy as np
import scipy
import torch

from benchmarks.common import machine
from benchmarks.common.markdown import LEFT, RIGHT, page, table
from benchmarks.common.rows import Row
from benchmarks.surfaces import cost, inputs, methods, plan, tables
from benchmarks.surfaces.pictures import draw_sheets
from benchmarks.surfaces.scores import SAMPLES
from benchmarks.surfaces.summary import summary
from benchmarks.surfaces.voromesh_paper import STEPS
from caddis.geometry.files.atomic import write_text

_FAULTS = {
    "noisy": "Noisy: Gaussian, 0.5 % of the longest side in each coordinate",
    "broken": "Broken: a third of the surface missing, in round holes",
    "outliers": "Outliers: 5 % strays, uniform in the box",
    "dense": "Clean, 300,000 points",
}
_CAPTIONS = {
    "surfaces-faults.png": "Scans with faults, and their reconstructions.",
    "surfaces-thin.png": "Thin objects, clean scans.",
    "surfaces-scans.png": "Real scans from depth cameras (Point Cloud Library, BSD).",
}
_HEAD = """# Surfaces

`python -m benchmarks.surfaces --data FOLDER` makes this page: every method on the same inputs, on
one thread of {cores}, {python}, numpy {numpy}, scipy {scipy}, torch
{torch}. Other programs ran on the machine at the same time, so that all times are longer than on an
idle machine; compare the cpu-seconds.

Points are sampled from meshes of longest side 1, without normals unless a row says "true normals".
All figures are medians over the meshes that all methods of a table were run on. A failed run (an
error, or more than {limit} processor seconds; {large} for dense scans, real scans and meshes)
counts as an infinite distance.

- **CD-L1**: mean exact distance of {samples:,} points on each surface to the other's triangles, in
  1e-3 of the longest side. **ratio**: CD-L1 divided by that of the reference on the same mesh; in
  tables of scans the reference is {reference}. **CD-L2**: sum of the two mean squared distances,
  in 1e-6. **HD**: largest distance, in 1e-3. **F**: F-score at that distance. **NC**: mean
  |cosine| between normals.
- **closed**, **manifold** (and consistently oriented), **no crossings** (no two faces intersect,
  none collapses): number of outputs with this property, as float32 values of a welded STL.
  **pieces**: number of shells.
- **cpu-s**, **wall s**: time from points to mesh. **MB**: peak memory, without that of the loaded
  libraries. **given up**: number of failed runs.

GridPull and VoroMesh are Caddis's own methods (both in `geometry/surfaces`). Open3D's Poisson has
depth 8; its "own normals" are those of planes through 16 neighbours, oriented by Open3D. {recon}
"""
_RECON = (
    "PoissonRecon is the published code in PyMeshLab 2025.7, with its default settings, depth 8."
)


_CLEAN = """## Why VoroMesh's files are clean

The surface is dual to a triangulation of space: closed and manifold whatever the coordinates.
Its faces lie between convex cells that do not overlap, so they meet only in shared edges, before
rounding. Ties are broken by a small random shift, edges that rounding could fold are collapsed,
and the result is rounded to float32, welded as a reader of STL welds it, and tested exactly. The
few faces that cross are pulled apart, and vertices that the refit moved are moved back half way.
If that fails, the surface is extracted again with a larger tolerance, and at last meshed on a
grid, which cannot fail (`geometry/surfaces/voromesh/extract.py`).
GridPull's faces come from marching cubes, whose vertices are kept off the grid's corners.

VoroMesh starts from a field with pairs of generators at the corners of a grid, which are then
refitted. A network that places the generators was no better.

## Weak spots

- Walls about as thin as the spacing of the scan's points (`tray_bottom`) look like noise, and are
  smoothed into a thicker plate.
- Walls thinner than two cells have bumps of a few cells at sharp rims.
- Wide holes of a scan are closed where the winding number is midway between inside and outside.
  This surface can bulge (`nefertiti` and `ycb_mustardbottle`, broken); Poisson with true normals
  is more accurate there.
- VoroMesh thickens walls thinner than half a cell. Parts thinner than the cells of its search for
  the surface (half the size of its own cells) may be lost.
- A few stray points just above a surface remain as a bump.
"""


def write_page(rows: list[Row], kept: Path, data: Path, docs: Path) -> None:
    """Write the page and its pictures into `docs`; `kept` holds the run's meshes."""
    lines = [
        _head(rows),
        *summary(rows),
        *_points(rows),
        *_scans(rows),
        *_pictures(kept, data, docs),
    ]
    lines += [*_fields(rows), *_voromesh_paper(rows), *_gridpull_paper(rows)]
    lines += [*_costs(rows, docs), _CLEAN]
    write_text(docs / "surfaces.md", page(lines))


def _head(rows: Sequence[Row]) -> str:
    recon = any(row["method"] in {methods.RECON, methods.RECON_TRUE} for row in rows)
    return _HEAD.format(
        cores=machine.cores(),
        python=machine.python(),
        numpy=np.__version__,
        scipy=scipy.__version__,
        torch=torch.__version__,
        limit=plan.LIMIT,
        large=plan.LARGE_LIMIT,
        samples=SAMPLES,
        reference=methods.POISSON_TRUE,
        recon=_RECON if recon else "",
    )


def _points(rows: Sequence[Row]) -> list[str]:
    main, more = list(plan.MAIN), [*plan.MAIN, *plan.OTHERS]
    lines = _table(rows, "clean", main, "Clean, 30,000 points")
    lines += _table(rows, "clean", more, "Clean, 30,000 points, every method")
    thin = [*main, methods.VOROMESH]
    lines += _table(rows, "clean", thin, "Thin objects, clean, 30,000 points", inputs.THIN)
    for kind, title in _FAULTS.items():
        if kind == "dense":
            lines += _table(rows, kind, main[:2], f"{title}, true normals")
        lines += _table(rows, kind, main, title)
        if kind in plan.FAULTS:
            lines += _table(rows, kind, thin, f"{title}; VoroMesh, too")
    return lines


def _table(
    rows: Sequence[Row],
    kind: str,
    names: Sequence[str],
    title: str,
    among: Sequence[str] | None = None,
    *,
    reference: str = methods.POISSON_TRUE,
) -> list[str]:
    by_method = tables.by_mesh(rows, kind, names)
    meshes = tables.shared(by_method, among)
    if len(by_method) < 2 or list(names)[-1] not in by_method or not meshes:
        return []
    head = f"## {title} ({len(meshes)} meshes)"
    return [head, "", *tables.comparison(by_method, meshes, reference)]


def _scans(rows: Sequence[Row]) -> list[str]:
    found = tables.by_mesh(rows, "scan", plan.SCANS)
    if not found:
        return []
    lines = ["## Real scans", ""]
    lines += [
        "Distances are those of the scan's points to the surface, 1e-3 of the longest side.",
        "",
    ]
    shown = [
        [scan, method, *_scan(of[scan])]
        for scan in sorted({row["name"] for of in found.values() for row in of.values()})
        for method, of in found.items()
        if scan in of
    ]
    head = ("scan", "method", "median", "95 %", "manifold", "crossings", "pieces", "faces",
            "cpu-s", "MB")  # fmt: skip
    rules = (LEFT, LEFT, RIGHT, RIGHT, LEFT, *[RIGHT] * 5)
    return [*lines, *table(head, shown, rules)]


def _scan(row: Row) -> list[object]:
    if "median" not in row:
        return [row.get("error", f"given up after {row.get('timeout', 0):.0f} s"), *" " * 7]
    return [
        f"{row['median']:.2f}", f"{row['p95']:.2f}", "yes" if row["manifold"] else "no",
        row["crossings"], row["pieces"], f"{row['faces']:,}", f"{row['cpu']:.1f}",
        f"{row['peak_mb']:.0f}",
    ]  # fmt: skip


def _pictures(kept: Path, data: Path, docs: Path) -> list[str]:
    lines = []
    for name in draw_sheets(kept, data, docs):
        lines += [f"![{_CAPTIONS[name]}]({name})", ""]
    return ["## Side by side", "", *lines] if lines else []


def _fields(rows: Sequence[Row]) -> list[str]:
    title = "From the true distance field"
    return _table(rows, "mesh", plan.FIELDS, title, reference=methods.CUBES)


def _voromesh_paper(rows: Sequence[Row]) -> list[str]:
    lines = []
    for grid in plan.PAPERS:
        paper, cells = methods.paper_name(grid), methods.cells_name(grid)
        ours = methods.refitted_name(grid)
        found = _table(
            rows,
            "mesh",
            (paper, cells, ours),
            f"VoroMesh as published, grid {grid}",
            reference=paper,
        )
        if not found:
            continue
        by_method = tables.by_mesh(rows, "mesh", (paper, ours))
        names = tables.shared(by_method)
        pairs = [(by_method[paper][name], by_method[ours][name]) for name in names]
        done = [(theirs, mine) for theirs, mine in pairs if "cd1" in theirs and "cd1" in mine]
        lines += [*found, *(_against(done) if done else []), ""]
    every = [
        row
        for row in rows
        if row["kind"] == "mesh" and "VoroMesh, " in row["method"] and "cd1" in row
    ]
    if every:
        clean = sum(row["manifold"] and not row["crossings"] + row["collapsed"] for row in every)
        lines += [
            f"{clean} of {len(every)} VoroMesh outputs of this page are clean in float32 STL.",
            "",
        ]
    return lines


def _against(pairs: Sequence[tuple[Row, Row]]) -> list[str]:
    def middle(value: Callable[[Row, Row], float]) -> float:
        return median(value(theirs, ours) for theirs, ours in pairs)

    return [
        f"The paper's procedure is re-implemented: {STEPS} steps of Adam from a grid, winding "
        "numbers, the dual of a Delaunay triangulation; its neighbours come from a k-d tree. "
        "Ours has at most as many generators. Medians of ours, refitted, compared with it: "
        f"{middle(lambda t, o: o['cd1'] / t['cd1']):.2f} times the CD-L1, "
        f"NC {middle(lambda t, o: o['nc'] - t['nc']):+.4f}, "
        f"{middle(lambda t, o: t['cpu'] / o['cpu']):.0f} times fewer cpu-seconds, and "
        f"{middle(lambda t, o: t['brute_cpu'] / o['cpu']):.0f} times fewer than with the search "
        "over all distances in the published code (timed on 4,096 samples)."
    ]


def _gridpull_paper(rows: Sequence[Row]) -> list[str]:
    names = (methods.GRIDPULL_PAPER, methods.GRIDPULL_129, methods.GRIDPULL)
    by_method = tables.by_mesh(rows, "clean", names)
    meshes = tables.shared(by_method)
    if len(by_method) < len(names) or not meshes:
        return []
    lines = _table(
        rows, "clean", names, "GridPull as published", meshes, reference=methods.GRIDPULL_PAPER
    )
    ratio = median(
        by_method[methods.GRIDPULL_PAPER][name]["cpu"]
        / by_method[methods.GRIDPULL_129][name]["cpu"]
        for name in meshes
    )
    return [
        *lines,
        "The paper's procedure is re-implemented from its code: 4,800 steps of Adam with 50,000 "
        "queries each, on 128 nodes a side, 64 of them across the object "
        "(`benchmarks/surfaces/gridpull_paper.py`). Ours, with all 129 nodes across the object, "
        f"takes {ratio:.0f} times fewer cpu-seconds.",
        "",
    ]


def _costs(rows: Sequence[Row], docs: Path) -> list[str]:
    chosen = [row for row in rows if row["kind"] in cost.SIZES and "cpu" in row]
    if not chosen:
        return []
    lines = ["## Cost", "", "GridPull on a sphere with bumps (300,000 points and 256 cells, unless"]
    lines += [f"varied; more than 400,000 points are thinned), VoroMesh on `{cost.OBJECT}`.", ""]
    if cost.draw(chosen, docs / "surfaces-cost.png"):
        lines += ["![Cost against size](surfaces-cost.png)", ""]
    shown = [
        [kind, f"{int(row['name']):,}", f"{row['cpu']:.1f}", f"{row['wall']:.1f}",
         f"{row['peak_mb']:.0f}", f"{row['faces']:,}"]
        for kind in cost.SIZES
        for row in sorted(chosen, key=lambda one: int(one["name"]))
        if row["kind"] == kind
    ]  # fmt: skip
    head = ("what", "size", "cpu-s", "wall s", "MB", "faces")
    return [*lines, *table(head, shown, (LEFT, *[RIGHT] * 5))]
