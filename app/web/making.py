"""The jobs of the page, as the worker does them: each leaves a `Result` in its folder.

Runs in a process of its own (`app.web.worker`). `emit` tells the page what happens:
`progress` (text), `preview` (pictures of shapes that are still being written), `points`
(a picture of a scan) and `result`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import trimesh
from numpy.typing import NDArray

from app.delivery import UNKNOWN_LICENCE, describe
from app.outputs import FORMATS, slug
from app.web.results import Result
from app.web.snippets import create_snippets, file_snippets
from app.web.views import write_picture, write_points_picture, write_view
from generation.stopwatch import Stopwatch
from geometry.errors import NoSurfaceError
from geometry.export import export_mesh
from geometry.gate import GateReport, check, named_profile

if TYPE_CHECKING:
    from generation.pipeline import Generated, Request

Emit = Callable[..., None]
Options = Mapping[str, Any]

PREVIEWS_AT = (8, 16, 32)
"""After how many tokens the shapes are shown while they are being written."""
_PREVIEW_CELLS, _PREVIEW_PIXELS = 40, 256


def create(options: Options, folder: Path, emit: Emit) -> None:
    """Generate objects, the previews first; one result per object, in folders `0`, `1`, ...

    Options: those of `generation.pipeline.Request`, "guidance", and "start" (tokens).
    """
    emit("progress", text="loading the model")
    from generation.models import load_models
    from generation.pipeline import generate

    request, start = request_of(options), options.get("start", [])
    tokenizer = load_models(request.preset, request.device).tokenizer
    total = tokenizer.config.tokens

    def on_drafts(tokens: NDArray[np.int64]) -> None:
        written = tokens.shape[-1]
        if written % 4 == 0:
            emit("progress", text=f"{written} of {total} tokens", done=written, of=total)
        if written in PREVIEWS_AT and written > len(start):
            pictures = [
                _preview(tokenizer, row[0], folder / f"preview-{written}-{item}.png")
                for item, row in enumerate(tokens)
            ]
            emit("preview", tokens=written, pictures=[str(path) for path in pictures if path])

    for made in generate(request, on_drafts=on_drafts, start=start):
        place = folder / str(made.item)
        place.mkdir()
        _save_generated(made, request, list(start), place)
        emit("result", folder=str(place), done=made.item + 1, of=request.count)
        if made.item + 1 < request.count:
            emit("progress", text=f"{made.item + 1} of {request.count} objects are solid")


def request_of(options: Options) -> Request:
    """Return the request that options ask for.

    Raises:
        ConfigError: One is outside its range.
    """
    from app.generating import sampling
    from generation.pipeline import Request

    given = {name: value for name, value in options.items() if name not in {"start", "guidance"}}
    drawn = sampling(guidance=options.get("guidance"), temperature=None, top_p=None)
    return Request(**given, sampling=drawn)


def _preview(tokenizer: Any, tokens: NDArray[np.int64], path: Path) -> Path | None:
    """Draw the shape of a few tokens; None if they have no surface yet."""
    import torch

    from geometry.surface import backend

    field = tokenizer.shape_field(torch.from_numpy(tokens))
    try:
        mesh = backend("marching-cubes").from_field(field, _PREVIEW_CELLS)
    except NoSurfaceError:
        return None
    write_picture(mesh, path, _PREVIEW_PIXELS)
    return path


def _save_generated(made: Generated, request: Request, start: list[int], place: Path) -> None:
    described = describe(made, request.words)
    stem = f"{slug(request.words)}-{request.seed}"
    if request.count > 1:
        stem += f"-{made.item + 1}"
    command, python = create_snippets(request, start, made.item)
    origin = {
        "tokens": made.tokens.tolist(),
        "start": start,
        "seed": request.seed,
        "item": made.item,
        "weights_sha256": made.weights_sha256,
        "options": {
            "text": request.text, "category": request.category, "height_mm": request.height_mm,
            "process": request.process, "resolution": request.resolution, "faces": request.faces,
            "surface": request.surface, "guidance": request.sampling.guidance,
        },
    }  # fmt: skip
    _save(
        made.mesh, made.report, place, stem, described, kind="create", changes=made.changes,
        seconds=made.stage_seconds, snippets=(command, python), origin=origin,
    )  # fmt: skip


def reconstruct_scan(options: Options, folder: Path, emit: Emit) -> None:
    """Turn the scan "file" into a solid. Options: file, name, height_mm, process."""
    from geometry.reconstruct import load_scan, reconstruct

    seconds = Stopwatch()
    emit("progress", text="reading the scan")
    with seconds.stage("read"):
        scan = load_scan(options["file"])
    points = scan.vertices if isinstance(scan, trimesh.Trimesh) else scan
    picture = folder / "points.png"
    write_points_picture(np.asarray(points, dtype=np.float64), picture)
    emit("points", picture=str(picture), count=len(points))
    emit("progress", text=f"{len(points):,} points: making the surface")
    with seconds.stage("solid"):
        solid = reconstruct(scan, height_mm=options["height_mm"])
    _check_and_save(solid.mesh, solid.changes, options, folder, seconds=seconds, kind="reconstruct")
    emit("result", folder=str(folder))


def check_mesh(options: Options, folder: Path, emit: Emit) -> None:
    """Check the mesh "file" and mark its trouble. Options: file, name, process."""
    from app.web.marks import troubled_faces
    from geometry.mesh_io import load_mesh

    seconds = Stopwatch()
    emit("progress", text="reading the mesh")
    with seconds.stage("read"):
        mesh = load_mesh(options["file"])
    emit("progress", text=f"{len(mesh.faces):,} faces: checking")
    with seconds.stage("gate"):
        report = check(mesh, profile=options["process"])
    with seconds.stage("marks"):
        masks = troubled_faces(mesh, named_profile(options["process"]).min_wall_mm)
    marked = np.logical_or.reduce(list(masks.values()))
    write_picture(mesh, folder / "picture.png")
    write_view(mesh, folder / "view.glb", marked)
    found = tuple(
        f"{int(mask.sum()):,} faces in red: {kind}" for kind, mask in masks.items() if mask.any()
    )
    snippets = file_snippets("check", options)
    Result(
        title=options["name"], kind="check", size_mm=_size(mesh), faces=len(mesh.faces),
        gate=report.to_json(), changes=found, stage_seconds=seconds.seconds,
        picture="picture.png", view="view.glb", files=(),
        command=snippets["command"], python=snippets["python"],
    ).save(folder)  # fmt: skip
    emit("result", folder=str(folder))


def repair_mesh(options: Options, folder: Path, emit: Emit) -> None:
    """Repair the mesh "file". Options: file, name, process, thicken_walls, base."""
    from geometry.mesh_io import load_mesh
    from geometry.repair import repair

    seconds = Stopwatch()
    emit("progress", text="reading the mesh")
    with seconds.stage("read"):
        mesh = load_mesh(options["file"])
    emit("progress", text=f"{len(mesh.faces):,} faces: repairing")
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
    _save(
        mesh, report, folder, slug(options["name"]), described, kind=kind, changes=changes,
        seconds=seconds.seconds, snippets=(snippets["command"], snippets["python"]),
    )  # fmt: skip


def _save(
    mesh: trimesh.Trimesh,
    report: GateReport,
    place: Path,
    stem: str,
    described: dict[str, Any],
    *,
    kind: str,
    changes: tuple[str, ...],
    seconds: Mapping[str, float],
    snippets: tuple[str, str],
    origin: dict[str, Any] | None = None,
) -> None:
    """Write the files of every format, the picture, the view and, last, the record."""
    timer = Stopwatch()
    described["record"] = None  # one record for all formats: result.json
    with timer.stage("files"):
        for ending in FORMATS:
            export_mesh(mesh, place / f"{stem}.{ending}", **described)
        write_picture(mesh, place / "picture.png")
        write_view(mesh, place / "view.glb")
    Result(
        title=described["title"], kind=kind, size_mm=_size(mesh), faces=len(mesh.faces),
        gate=report.to_json(), changes=tuple(changes),
        stage_seconds={name: round(s, 3) for name, s in {**seconds, **timer.seconds}.items()},
        picture="picture.png", view="view.glb",
        files=tuple(f"{stem}.{ending}" for ending in FORMATS),
        command=snippets[0], python=snippets[1], origin=origin or {},
    ).save(place)  # fmt: skip


def _size(mesh: trimesh.Trimesh) -> tuple[float, float, float]:
    x, y, z = (round(float(side), 3) for side in mesh.extents)
    return x, y, z


JOBS: dict[str, Callable[[Options, Path, Emit], None]] = {
    "create": create,
    "reconstruct": reconstruct_scan,
    "check": check_mesh,
    "repair": repair_mesh,
}
