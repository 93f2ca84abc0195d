"""A solid that a job made, as a result: files of every format, picture, view and record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import trimesh

from caddis.app.outputs import FORMATS
from caddis.app.page.jobs.results import Result
from caddis.app.page.parts.views import write_picture, write_view
from caddis.generation.stopwatch import Stopwatch
from caddis.geometry.files.export import export_mesh
from caddis.geometry.gate import GateReport


def save_solid(
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
    more: Mapping[str, Any] | None = None,
    more_files: Sequence[str] = (),
) -> None:
    """Write the files of every format, the picture, the view and, last, the record.

    `more` are further fields of the `Result`, `more_files` names of files written already.
    """
    timer = Stopwatch()
    described["record"] = None  # one record for all formats: result.json
    with timer.stage("files"):
        for ending in FORMATS:
            export_mesh(mesh, place / f"{stem}.{ending}", **described)
        write_picture(mesh, place / "picture.png")
        write_view(mesh, place / "view.glb")
    Result(
        title=described["title"], kind=kind, size_mm=size_of(mesh), faces=len(mesh.faces),
        gate=report.to_json(), changes=tuple(changes),
        stage_seconds={name: round(s, 3) for name, s in {**seconds, **timer.seconds}.items()},
        picture="picture.png", view="view.glb",
        files=(*(f"{stem}.{ending}" for ending in FORMATS), *more_files),
        command=snippets[0], python=snippets[1], **(more or {}),
    ).save(place)  # fmt: skip


def size_of(mesh: trimesh.Trimesh) -> tuple[float, float, float]:
    """Return the sides of a mesh's box in mm, rounded for people."""
    x, y, z = (round(float(side), 3) for side in mesh.extents)
    return x, y, z
