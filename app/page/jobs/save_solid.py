"""Saves a solid as a result: files of every format, picture, view and record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import trimesh

from caddis.app.making.made import Made
from caddis.app.outputs import FORMATS
from caddis.app.page.jobs.results import Result
from caddis.app.page.parts.views import write_picture, write_view
from caddis.generation.stopwatch import Stopwatch
from caddis.geometry.files.export import export_mesh


def save_solid(
    made: Made,
    folder: Path,
    stem: str,
    *,
    kind: str,
    snippets: tuple[str, str],
    title: str = "",
    more: Mapping[str, Any] | None = None,
    more_files: Sequence[str] = (),
) -> None:
    """Write the files of every format, the picture, the view and, last, the record.

    Args:
        made: The object.
        folder: Folder of the result.
        stem: Name of the files without ending.
        kind: Kind of the job.
        snippets: The command and the Python code that make it again.
        title: Title; by default the object's.
        more: Further fields of the `Result`.
        more_files: Names of further files, which are written already.
    """
    timer = Stopwatch()
    title = title or made.title
    with timer.stage("files"):
        for ending in FORMATS:  # one record for all formats: result.json
            path = folder / f"{stem}.{ending}"
            export_mesh(made.mesh, path, title=title, licence=made.licence, record=None)
        write_picture(made.mesh, folder / "picture.png")
        write_view(made.mesh, folder / "view.glb")
    spent = {**made.seconds, **timer.seconds}
    Result(
        title=title, kind=kind, size_mm=size_of(made.mesh), faces=len(made.mesh.faces),
        gate=made.report.to_json(), changes=tuple(made.changes),
        stage_seconds={name: round(seconds, 3) for name, seconds in spent.items()},
        picture="picture.png", view="view.glb",
        files=(*(f"{stem}.{ending}" for ending in FORMATS), *more_files),
        command=snippets[0], python=snippets[1], **(more or {}),
    ).save(folder)  # fmt: skip


def size_of(mesh: trimesh.Trimesh) -> tuple[float, float, float]:
    """Return the sides of a mesh's bounding box in mm, rounded to 0.001."""
    x, y, z = (round(float(side), 3) for side in mesh.extents)
    return x, y, z
