"""The jobs on a file of a visitor's: reconstruct a scan, check a mesh, repair it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.app.delivery import UNKNOWN_LICENCE
from caddis.app.outputs import slug
from caddis.app.page.jobs.results import Result
from caddis.app.page.jobs.save_solid import save_solid, size_of
from caddis.app.page.jobs.snippets import file_snippets
from caddis.app.page.parts.views import write_picture, write_points_picture, write_view
from caddis.generation.stopwatch import Stopwatch
from caddis.geometry.gate import check, named_profile

Emit = Callable[..., None]
Options = Mapping[str, Any]
Floats = NDArray[np.float64]


def look_at_scan(options: Options, folder: Path, emit: Emit) -> None:
    """Show the scan "file" without doing anything to it. Options: file, up, unit."""
    from caddis.geometry.scans.reconstruct import load_scan

    emit("progress", text="reading the scan")
    scan = load_scan(options["file"], options["unit"])
    _show_points(scan, options["up"], folder, emit)


def reconstruct_scan(options: Options, folder: Path, emit: Emit) -> None:
    """Turn the scan "file" into a solid.

    Options: file, name, height_mm, process, surface, resolution, up, unit.
    """
    from caddis.geometry.scans.reconstruct import Options as How
    from caddis.geometry.scans.reconstruct import load_scan, reconstruct

    seconds = Stopwatch()
    emit("progress", text="reading the scan")
    with seconds.stage("read"):
        scan = load_scan(options["file"], options["unit"])
    count = _show_points(scan, options["up"], folder, emit)
    how = How(surface=options["surface"], resolution=options["resolution"], up=options["up"])

    def on_step(done: int, of: int) -> None:
        emit("progress", text=f"{count:,} points: making the surface", done=done, of=of)

    with seconds.stage("solid"):
        solid = reconstruct(scan, height_mm=options["height_mm"], options=how, on_step=on_step)
    emit("progress", text=f"{len(solid.mesh.faces):,} faces: checking")
    _check_and_save(solid.mesh, solid.changes, options, folder, seconds=seconds, kind="reconstruct")
    emit("result", folder=str(folder))


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
    """Read the mesh "file", and tell how large it is and what comes next."""
    from caddis.geometry.files.mesh_io import load_mesh

    emit("progress", text="reading the mesh")
    with seconds.stage("read"):
        mesh = load_mesh(options["file"])
    emit("progress", text=f"{len(mesh.faces):,} faces: {next_}")
    return mesh


def check_mesh(options: Options, folder: Path, emit: Emit) -> None:
    """Check the mesh "file" and mark its trouble. Options: file, name, process."""
    from caddis.app.page.parts.marks import troubled_faces

    seconds = Stopwatch()
    mesh = _read_mesh(options, emit, seconds, "checking")
    with seconds.stage("gate"):
        report = check(mesh, profile=options["process"])
    with seconds.stage("marks"):
        masks = troubled_faces(mesh, named_profile(options["process"]).min_wall_mm)
    marked = np.logical_or.reduce(list(masks.values()))
    write_picture(mesh, folder / "picture.png", marked=marked)
    write_view(mesh, folder / "view.glb", marked)
    found = tuple(
        f"{int(mask.sum()):,} faces in red: {kind}" for kind, mask in masks.items() if mask.any()
    )
    snippets = file_snippets("check", options)
    Result(
        title=options["name"], kind="check", size_mm=size_of(mesh), faces=len(mesh.faces),
        gate=report.to_json(), changes=found, stage_seconds=seconds.seconds,
        picture="picture.png", view="view.glb", files=(),
        command=snippets["command"], python=snippets["python"],
    ).save(folder)  # fmt: skip
    emit("result", folder=str(folder))


def repair_mesh(options: Options, folder: Path, emit: Emit) -> None:
    """Repair the mesh "file". Options: file, name, process, thicken_walls, base."""
    from caddis.geometry.repair import repair

    seconds = Stopwatch()
    mesh = _read_mesh(options, emit, seconds, "repairing")
    with seconds.stage("repair"):
        mended = repair(
            mesh, options["process"], thicken_walls=options["thicken_walls"], base=options["base"]
        )
    _check_and_save(mended.mesh, mended.changes, options, folder, seconds=seconds, kind="repair")
    emit("result", folder=str(folder))


def _check_and_save(
    mesh: trimesh.Trimesh,
    changes: tuple[str, ...],
    options: Options,
    folder: Path,
    *,
    seconds: Stopwatch,
    kind: str,
) -> None:
    with seconds.stage("gate"):
        report = check(mesh, profile=options["process"], height_mm=options.get("height_mm"))
    record = {"changes": list(changes), "gate": report.to_json()}
    described = {"title": options["name"], "licence": UNKNOWN_LICENCE, "record": record}
    snippets = file_snippets(kind, options)
    save_solid(
        mesh, report, folder, slug(options["name"]), described, kind=kind, changes=changes,
        seconds=seconds.seconds, snippets=(snippets["command"], snippets["python"]),
    )  # fmt: skip
