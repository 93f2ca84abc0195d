"""The jobs on an uploaded file: show or reconstruct a scan, check or repair a mesh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.app.making.made import Made
from caddis.app.making.options import CheckOptions, RepairOptions
from caddis.app.making.scans import reconstructed, repaired
from caddis.app.outputs import slug
from caddis.app.page.jobs.results import Result
from caddis.app.page.jobs.save_solid import save_solid, size_of
from caddis.app.page.jobs.snippets import file_snippets
from caddis.app.page.parts.views import write_picture, write_points_picture, write_view
from caddis.generation.stopwatch import Stopwatch
from caddis.geometry.gate import check, named_profile
from caddis.geometry.options.points import ReconstructOptions

Emit = Callable[..., None]
Options = Mapping[str, Any]
Floats = NDArray[np.float64]


def look_at_scan(options: Options, folder: Path, emit: Emit) -> None:
    """Show the points of the scan "file". Options: file, up, unit."""
    from caddis.geometry.scans.reconstruct import load_scan

    emit("progress", text="reading the scan")
    scan = load_scan(options["file"], options["unit"])
    _show_points(scan, options["up"], folder, emit)


def reconstruct_scan(options: Options, folder: Path, emit: Emit) -> None:
    """Turn the scan "file" into a solid. Options: file, name, those of `ReconstructOptions`."""
    from caddis.geometry.scans import load_scan

    asked = ReconstructOptions(**_without_file(options))
    watch = Stopwatch()
    emit("progress", text="reading the scan")
    with watch.stage("read"):
        scan = load_scan(options["file"], asked.unit)
    count = _show_points(scan, asked.up, folder, emit)

    def on_step(done: int, of: int) -> None:
        emit("progress", text=f"{count:,} points: making the surface", done=done, of=of)

    made = reconstructed(scan, asked, options["name"], on_step=on_step, watch=watch)
    _save(made, asked, options["name"], folder, kind="reconstruct")
    emit("result", folder=str(folder))


def _without_file(options: Options) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in {"file", "name"}}


def _show_points(scan: trimesh.Trimesh | Floats, up: str, folder: Path, emit: Emit) -> int:
    """Draw a scan the right way up; return the number of its points."""
    from caddis.geometry.scans import turned_up

    turned = turned_up(scan, up)
    mesh = isinstance(turned, trimesh.Trimesh)
    points = turned.vertices if isinstance(turned, trimesh.Trimesh) else turned
    picture = folder / "points.png"
    write_points_picture(np.asarray(points, dtype=np.float64), picture)
    sides = np.ptp(points[:, :3], axis=0).round(3).tolist()
    emit("points", picture=str(picture), count=len(points), mesh=mesh, size_mm=sides)
    emit("progress", text=f"{len(points):,} points")
    return len(points)


def _read_mesh(options: Options, emit: Emit, seconds: Stopwatch, next_: str) -> trimesh.Trimesh:
    """Read the mesh "file"; report its size and the next step."""
    from caddis.geometry.files.mesh_io import load_mesh

    emit("progress", text="reading the mesh")
    with seconds.stage("read"):
        mesh = load_mesh(options["file"])
    emit("progress", text=f"{len(mesh.faces):,} faces: {next_}")
    return mesh


def check_mesh(options: Options, folder: Path, emit: Emit) -> None:
    """Check the mesh "file" and mark its faults. Options: file, name, those of `CheckOptions`."""
    from caddis.app.page.parts.marks import faulty_faces

    asked = CheckOptions(**_without_file(options))
    seconds = Stopwatch()
    mesh = _read_mesh(options, emit, seconds, "checking")
    with seconds.stage("gate"):
        report = check(mesh, profile=asked.process, height_mm=asked.height_mm)
    with seconds.stage("marks"):
        masks = faulty_faces(mesh, named_profile(asked.process).min_wall_mm)
    marked = np.logical_or.reduce(list(masks.values()))
    write_picture(mesh, folder / "picture.png", marked=marked)
    write_view(mesh, folder / "view.glb", marked)
    found = tuple(
        f"{int(mask.sum()):,} faces in red: {kind}" for kind, mask in masks.items() if mask.any()
    )
    snippets = file_snippets("check", options["name"], asked)
    Result(
        title=options["name"], kind="check", size_mm=size_of(mesh), faces=len(mesh.faces),
        gate=report.to_json(), changes=found, stage_seconds=seconds.seconds,
        picture="picture.png", view="view.glb", files=(),
        command=snippets[0], python=snippets[1],
    ).save(folder)  # fmt: skip
    emit("result", folder=str(folder))


def repair_mesh(options: Options, folder: Path, emit: Emit) -> None:
    """Repair the mesh "file". Options: file, name, those of `RepairOptions`."""
    asked = RepairOptions(**_without_file(options))
    watch = Stopwatch()
    mesh = _read_mesh(options, emit, watch, "repairing")
    made = repaired(mesh, asked, options["name"], watch=watch)
    _save(made, asked, options["name"], folder, kind="repair")
    emit("result", folder=str(folder))


def _save(made: Made, asked: object, name: str, folder: Path, *, kind: str) -> None:
    snippets = file_snippets(kind, name, asked)
    save_solid(made, folder, slug(name), kind=kind, snippets=snippets, title=name)
