"""A helix of 80 samples and a knot as printed solids: one body, through the gate, sliced."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import trimesh

from benchmarks.common import slicer
from benchmarks.common.markdown import table
from benchmarks.common.rows import Row, Rows
from benchmarks.webs.pictures import draw_solid
from caddis.generation.webs.assembly import assemble
from caddis.generation.webs.conditions import WebCondition
from caddis.generation.webs.curves import Curve, helix, knot
from caddis.generation.webs.places import along_curve
from caddis.generation.webs.registry import load_web_generator
from caddis.geometry.files.export import export_mesh
from caddis.geometry.gate import check
from caddis.geometry.webs.solid import SolidOptions, web_solid

_SLICER_SECONDS = 600.0
_WISH = WebCondition(nodes=24)
_PRINT = SolidOptions(diameter_mm=0.9, size_mm=120.0, base="cut", fineness=2.5)
_CURVES = {"helix": (helix(45.0, 35.0, 3.0), 80), "knot": (knot(20.0), 60)}


def measure(results: Rows, docs: Path, generator: str, weights: str) -> list[Row]:
    """Return a row for each curve, and leave its picture in `docs`.

    Args:
        results: Where rows are kept.
        docs: Folder of the pictures.
        generator: Name of the generator whose samples are assembled.
        weights: Fingerprint of its weights.
    """
    rows = []
    for name, (curve, count) in _CURVES.items():
        picture = docs / f"webs-{name}.png"
        key = {"part": "assembly", "curve": name, "generator": generator, "weights": weights}
        if not results.open_for(key):
            continue
        rows.append(
            results.once(
                key,
                _assembled,
                generator,
                curve,
                count,
                picture,
                again=not (results.closed or picture.exists()),
            )
        )
    return rows


def _assembled(generator: str, curve: Curve, count: int, picture: Path) -> Row:
    began = time.process_time()
    samples = load_web_generator(generator).sample(_WISH, count, 0)
    made_at = time.process_time()
    web, report = assemble(samples, along_curve(curve, count))
    joined_at = time.process_time()
    solid = web_solid(web, _PRINT)
    solid_at = time.process_time()
    gate = check(solid.mesh)
    draw_solid(solid.mesh, picture)
    return {
        **report.to_json(),
        "seconds": [made_at - began, joined_at - made_at, solid_at - joined_at],
        "faces": len(solid.mesh.faces),
        "gate": gate.status,
        "bodies": int(solid.mesh.body_count),
        "failed": [one.name for one in gate.checks if one.status == "fail"],
        "warned": [one.name for one in gate.checks if one.status == "warn"],
        "sliced": _sliced(solid.mesh) if slicer.installed() else None,
    }


def _sliced(mesh: trimesh.Trimesh) -> Row:
    """Return what PrusaSlicer makes of the web as STL and as 3MF."""
    found: Row = {}
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("stl", "3mf"):
            path = export_mesh(mesh, Path(folder) / f"web.{ending}", title="web", licence="CC0-1.0")
            about = dict(re.findall(r"^(\w+) = *(.+?) *$", _run(folder, "--info", path), re.M))
            found[ending] = [about.get("manifold"), about.get("number_of_parts")]
        target = Path(folder) / "out.gcode"
        said = _run(folder, "--export-gcode", "-o", target, path)
        found["complaints"] = re.findall(r".*(?:warning|error).*", said, re.I)
        found["layers"] = slicer.layers(target)
    return found


def _run(folder: str, *arguments: object) -> str:
    settings = ("--datadir", f"{folder}/settings", "--loglevel", 2)
    done = slicer.run(*settings, *arguments, seconds=_SLICER_SECONDS)
    return done.stdout + done.stderr


def section(rows: Sequence[Row], generator: str) -> list[str]:
    """Return the part of the page."""
    if not rows:
        return []
    head = ("curve", "samples", "nodes", "threads", "welded", "links", "longest link mm",
            "connected parts", "bodies", "faces", "gate (fdm)", "failed", "warned",
            "in PrusaSlicer", "CPU s: samples, assembly, solid")  # fmt: skip
    shown = [
        [row["curve"], row["samples"], row["nodes"], row["edges"], row["welded"], row["links"],
         row["longest_link_mm"], row["parts"], row["bodies"], row["faces"], row["gate"],
         ", ".join(row["failed"]) or "none", ", ".join(row["warned"]) or "none",
         _slicer_cell(row["sliced"]), ", ".join(f"{one:.1f}" for one in row["seconds"])]
        for row in rows
    ]  # fmt: skip
    return [
        "## Assembled and printed",
        "",
        f"Samples of 24 nodes by {generator}, struts of 0.9 mm, 120 mm long, as `caddis web "
        "assemble` makes them.",
        "",
        *table(head, shown),
        *(
            f"![A {row['curve']} of {row['samples']} samples as a solid](webs-{row['curve']}.png)"
            for row in rows
        ),
        "",
    ]


def _slicer_cell(found: Row | None) -> str:
    if found is None:
        return "not installed"
    files = ", ".join(
        f"{ending.upper()} manifold: {found[ending][0]}, parts: {found[ending][1]}"
        for ending in ("stl", "3mf")
    )
    complaints = "; ".join(found["complaints"]) or "no complaint"
    return f"{files}; {found['layers']} layers, {complaints}"
