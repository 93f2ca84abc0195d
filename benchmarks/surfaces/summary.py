"""The first lines of the page: who is ahead by how much, and what is therefore the default."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.common.markdown import LEFT, RIGHT, table
from benchmarks.common.rows import Row
from benchmarks.surfaces import inputs, methods, plan, tables

_KINDS = ("clean", *plan.FAULTS, "dense")


def summary(rows: Sequence[Row]) -> list[str]:
    """Return the section; ratios are medians over the meshes that both methods were run on."""
    ratios = []
    for kind in _KINDS:
        ratios += _against(rows, kind, kind, None)
        if kind == "clean":
            ratios += _against(rows, kind, "clean, thin", inputs.THIN)
    head = ("GridPull at 257 nodes over", "meshes", "CD-L1", "HD", "cpu-s")
    rules = (LEFT, *[RIGHT] * 4)
    return [
        "## In short",
        "",
        *table(head, ratios, rules),
        *_of_points(rows),
        *_of_fields(rows),
        "",
    ]


def _against(
    rows: Sequence[Row], kind: str, label: str, among: Sequence[str] | None
) -> list[list[object]]:
    found: list[list[object]] = []
    for other in (methods.POISSON, methods.RECON, methods.POISSON_TRUE, methods.RECON_TRUE):
        ours, theirs = _pair(rows, kind, methods.GRIDPULL, other, among)
        if ours:
            ratios = (tables.ratio(ours, theirs, key) for key in ("cd1", "hd", "cpu"))
            cells = [f"{ratio:.2f}" for ratio in ratios]
            found.append([f"{other}: {label}", len(ours), *cells])
    return found


def _pair(
    rows: Sequence[Row], kind: str, one: str, other: str, among: Sequence[str] | None = None
) -> tuple[list[Row], list[Row]]:
    """Return the rows of two methods on the meshes that both were run on, mesh by mesh."""
    both = tables.by_mesh(rows, kind, (one, other))
    names = tables.shared(both, among) if len(both) == 2 else []
    first, second = ([both[way][name] for name in names] for way in (one, other))
    return first, second


def _of_points(rows: Sequence[Row]) -> list[str]:
    base, other = _pair(rows, "clean", methods.GRIDPULL, methods.VOROMESH)
    if not base:
        return []
    return [
        "**Points**: `caddis reconstruct` uses GridPull by default, as it needs neither "
        "normals nor system libraries. VoroMesh from points (64 cells, on GridPull's field) has "
        f"{tables.ratio(other, base, 'cd1'):.2f} times its CD-L1 in "
        f"{tables.ratio(other, base, 'cpu'):.1f} times its cpu-seconds, with "
        f"{tables.ratio(other, base, 'faces'):.2f} times the triangles.",
        "",
    ]


def _of_fields(rows: Sequence[Row]) -> list[str]:
    base, other = _pair(rows, "mesh", methods.CUBES_128, methods.VOROMESH_FIELD)
    if not base:
        return []
    return [
        "**Fields**: `caddis generate` uses marching cubes, which are faster. VoroMesh at 64 cells "
        f"takes {tables.ratio(other, base, 'cpu'):.1f} times the cpu-seconds of marching cubes at "
        f"128 and has {tables.ratio(other, base, 'cd1'):.2f} times its CD-L1 with "
        f"{tables.ratio(other, base, 'faces'):.2f} times the triangles: use it for sharp edges "
        "and thin walls.",
        "",
    ]
