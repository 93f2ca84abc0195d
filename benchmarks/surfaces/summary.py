"""The first lines of the page: who is ahead by how much, and what is therefore the default."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.surfaces import inputs, methods, plan, tables
from benchmarks.surfaces.item import Row

_KINDS = ("clean", *plan.FAULTS, "dense")


def summary(rows: Sequence[Row]) -> list[str]:
    """Return the section; ratios are medians over the meshes that both methods were run on."""
    lines = ["## In short", "", "| GridPull at 257 nodes over | meshes | CD-L1 | HD | cpu-s |"]
    lines += ["|---|--:|--:|--:|--:|"]
    for kind in _KINDS:
        lines += _against(rows, kind, kind, None)
        if kind == "clean":
            lines += _against(rows, kind, "clean, thin", inputs.THIN)
    return [*lines, "", *_of_points(rows), *_of_fields(rows), ""]


def _against(rows: Sequence[Row], kind: str, label: str, among: Sequence[str] | None) -> list[str]:
    lines = []
    for other in (methods.POISSON, methods.RECON, methods.POISSON_TRUE, methods.RECON_TRUE):
        table = tables.by_mesh(rows, kind, (methods.GRIDPULL, other))
        names = tables.shared(table, among) if len(table) == 2 else []
        if names:
            ours, theirs = (
                [table[way][name] for name in names] for way in (methods.GRIDPULL, other)
            )
            ratios = (tables.ratio(ours, theirs, key) for key in ("cd1", "hd", "cpu"))
            cells = " | ".join(f"{ratio:.2f}" for ratio in ratios)
            lines.append(f"| {other}: {label} | {len(names)} | {cells} |")
    return lines


def _of_points(rows: Sequence[Row]) -> list[str]:
    table = tables.by_mesh(rows, "clean", (methods.GRIDPULL, methods.VOROMESH))
    names = tables.shared(table) if len(table) == 2 else []
    if not names:
        return []
    ours, other = ([table[way][name] for name in names] for way in table)
    return [
        "**Points**: `caddis reconstruct` uses GridPull by default, as it needs neither "
        "normals nor system libraries. VoroMesh from points (64 cells, on GridPull's field) has "
        f"{tables.ratio(other, ours, 'cd1'):.2f} times its CD-L1 in "
        f"{tables.ratio(other, ours, 'cpu'):.1f} times its cpu-seconds, with "
        f"{tables.ratio(other, ours, 'faces'):.2f} times the triangles.",
        "",
    ]


def _of_fields(rows: Sequence[Row]) -> list[str]:
    table = tables.by_mesh(rows, "mesh", (methods.CUBES_128, methods.VOROMESH_FIELD))
    names = tables.shared(table) if len(table) == 2 else []
    if not names:
        return []
    cubes, ours = ([table[way][name] for name in names] for way in table)
    return [
        "**Fields**: `caddis generate` uses marching cubes, which are faster. VoroMesh at 64 cells "
        f"takes {tables.ratio(ours, cubes, 'cpu'):.1f} times the cpu-seconds of marching cubes at "
        f"128 and has {tables.ratio(ours, cubes, 'cd1'):.2f} times its CD-L1 with "
        f"{tables.ratio(ours, cubes, 'faces'):.2f} times the triangles: use it for sharp edges "
        "and thin walls.",
        "",
    ]
