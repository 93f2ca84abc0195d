"""The page's functions for programs: through `gradio_client`, plain HTTP, and MCP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradio as gr

from app.outputs import FORMATS
from app.web.process import Event
from app.web.results import Result
from app.web.studio import Studio
from app.web.visitors import visitor_of
from geometry.errors import CaddisError, ConfigError

_PUBLIC: dict[str, Any] = {"concurrency_id": "work", "api_visibility": "public"}

GUIDE = """
Every function of this page can be called by a program. Files go up and come back by themselves.

**Python**, with `pip install gradio_client`:

```python
from gradio_client import Client, handle_file

client = Client("ADDRESS")
path, report = client.predict("a round table", "", 7, 60, "fdm", "3mf", api_name="/generate")
report = client.predict(handle_file("part.stl"), "fdm", api_name="/check_mesh")
```

`client.submit(...)` gives a job with `.status()`, `.result()` and `.cancel()`.

**Plain HTTP**: a POST starts a job, a GET waits for it.

```sh
curl -s ADDRESS/gradio_api/call/generate -H 'Content-Type: application/json' \\
  -d '{"data": ["a round table", "", 7, 60, "fdm", "3mf"]}'          # {"event_id": "..."}
curl -N ADDRESS/gradio_api/call/generate/EVENT_ID
```

The description of all functions is at `ADDRESS/gradio_api/openapi.json`.

**MCP**: `ADDRESS/gradio_api/mcp/` is a streamable HTTP server with the same functions as tools.
"""


def build_api(studio: Studio) -> None:
    """Add the public functions to the Blocks that is being built. Nothing of it is visible."""

    def generate(  # noqa: PLR0917 - one per component
        text: str, category: str, seed: float, height_mm: float, process: str, file_format: str,
        request: gr.Request,
    ) -> tuple[str, dict[str, Any]]:  # fmt: skip
        """Generate one printable solid from words, a category, or both.

        Args:
            text: What to make, in English; may be empty.
            category: One of the model's categories, such as "chair"; may be empty.
            seed: Same seed, same arguments: same object.
            height_mm: Height in millimetres, 1 to 2000.
            process: Print process: fdm, sla or sls.
            file_format: Format of the file: 3mf, stl, glb, obj or ply.
            request: Who asks; the server fills it in.

        Returns:
            The file, and what is known of it: size, faces, the print gate's report.
        """
        options = {
            "text": text.strip() or None, "category": category or None, "seed": int(seed),
            "height_mm": float(height_mm), "process": process, "count": 1,
        }  # fmt: skip
        visitor = visitor_of(request)
        return _delivered(studio, visitor, studio.create(visitor, options), file_format)

    def reconstruct(
        scan: str, height_mm: float | None, process: str, file_format: str, request: gr.Request
    ) -> tuple[str, dict[str, Any]]:
        """Turn a scan, points or a mesh with Z up, into one closed solid.

        Args:
            scan: The file: PLY, XYZ, PCD, NPY, STL, OBJ, GLB, 3MF or OFF.
            height_mm: Height of the solid; empty keeps the scan's size as millimetres.
            process: Print process: fdm, sla or sls.
            file_format: Format of the file: 3mf, stl, glb, obj or ply.
            request: Who asks; the server fills it in.

        Returns:
            The file, and what is known of it: size, faces, the print gate's report.
        """
        options = {"height_mm": height_mm or None, "process": process}
        visitor = visitor_of(request)
        events = studio.on_file("reconstruct", visitor, scan, options)
        return _delivered(studio, visitor, events, file_format)

    def check_mesh(mesh: str, process: str, request: gr.Request) -> dict[str, Any]:
        """Check whether a mesh prints.

        Args:
            mesh: A file in millimetres: STL, 3MF, OBJ, PLY, GLB or OFF.
            process: Print process: fdm, sla or sls.
            request: Who asks; the server fills it in.

        Returns:
            The print gate's report: each check with value, threshold and hint.
        """
        visitor = visitor_of(request)
        events = studio.on_file("check", visitor, mesh, {"process": process})
        return _about(_finished(studio, visitor, events)[1])

    def repair_mesh(
        mesh: str, process: str, file_format: str, request: gr.Request
    ) -> tuple[str, dict[str, Any]]:
        """Make a mesh one clean solid, and say what was changed.

        Args:
            mesh: A file in millimetres: STL, 3MF, OBJ, PLY, GLB or OFF.
            process: Print process: fdm, sla or sls.
            file_format: Format of the file: 3mf, stl, glb, obj or ply.
            request: Who asks; the server fills it in.

        Returns:
            The mended file, and what is known of it: changes, size, the gate's report.
        """
        options = {"process": process, "thicken_walls": False, "base": False}
        visitor = visitor_of(request)
        return _delivered(
            studio, visitor, studio.on_file("repair", visitor, mesh, options), file_format
        )

    with gr.Group(visible=False):
        text, category = gr.Textbox(label="text", max_length=300), gr.Textbox(label="category")
        seed = gr.Number(0, label="seed", precision=0, minimum=0, maximum=2**53)
        height = gr.Number(60, label="height_mm", minimum=1, maximum=2000)
        process = gr.Radio(["fdm", "sla", "sls"], value="fdm", label="process")
        form = gr.Radio(list(FORMATS), value="3mf", label="file_format")
        scan, mesh = gr.File(label="scan"), gr.File(label="mesh")
        own_height = gr.Number(None, label="height_mm", minimum=1, maximum=2000)
        made, about = gr.File(label="file"), gr.JSON(label="about")
        files = [made, about]
        for name, function, asked, given in (
            ("generate", generate, [text, category, seed, height, process, form], files),
            ("reconstruct", reconstruct, [scan, own_height, process, form], files),
            ("check_mesh", check_mesh, [mesh, process], about),
            ("repair_mesh", repair_mesh, [mesh, process, form], files),
        ):
            gr.Button().click(function, asked, given, api_name=name, **_PUBLIC)


def _finished(studio: Studio, visitor: str, events: Iterator[Event]) -> tuple[Path, Result]:
    """Wait for a job; return the folder of its (last) result.

    Raises:
        gr.Error: The job was refused or failed; says why.
    """
    try:
        names = [event["name"] for event in events if event["event"] == "result"]
        if not names:
            raise ConfigError("the job ended without a result")
        folder = studio.store.folder(visitor, names[-1])
    except CaddisError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return folder, Result.load(folder)


def _delivered(
    studio: Studio, visitor: str, events: Iterator[Event], file_format: str
) -> tuple[str, dict[str, Any]]:
    folder, result = _finished(studio, visitor, events)
    name = next(name for name in result.files if name.endswith(f".{file_format}"))
    return str(folder / name), _about(result)


def _about(result: Result) -> dict[str, Any]:
    shown = asdict(result)
    hidden = ("picture", "view", "files", "origin")
    return {name: value for name, value in shown.items() if name not in hidden}
