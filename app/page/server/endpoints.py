"""The page's functions for programs: through `gradio_client`, plain HTTP, and MCP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradio as gr

from caddis.app.making.web_options import Structure
from caddis.app.outputs import FORMATS
from caddis.app.page.jobs.results import Result
from caddis.app.page.jobs.web_design import MAX_SAMPLES, SINGLE
from caddis.app.page.jobs.worker_process import Event
from caddis.app.page.parts.fields import choice, number
from caddis.app.page.server.job_service import JobService
from caddis.app.page.server.visitors import visitor_of
from caddis.generation.request import Request
from caddis.generation.webs.registry import WEB_GENERATORS
from caddis.geometry.errors import CaddisError, ConfigError
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.options.webs import SolidOptions

_PUBLIC: dict[str, Any] = {"concurrency_id": "work", "api_visibility": "public"}


def build_api(service: JobService) -> None:
    """Add the public functions to the Blocks that is being built; the page does not show them."""

    def generate(  # noqa: PLR0917 - one per component
        text: str, category: str, seed: float, height_mm: float | None, process: str,
        file_format: str, size_mm: str, symmetry: str, request: gr.Request,
    ) -> tuple[str, dict[str, Any]]:  # fmt: skip
        """Generate one printable solid from words, a category, or both.

        Args:
            text: What to make, in English; may be empty.
            category: One of the model's categories, such as "chair"; may be empty.
            seed: Same seed, same arguments: same object.
            height_mm: Height in millimetres, 1 to 2000; if empty, 60, or less to fit the bed.
            process: Print process: fdm, sla or sls.
            file_format: Format of the file: 3mf, stl, glb, obj or ply.
            size_mm: Width x depth x height in millimetres, such as 200x80x60; may be empty.
            symmetry: none, x (left and right alike), y, xy or revolved; may be empty.
            request: Filled in by the server.

        Returns:
            The file, and a description: size, faces, the print gate's report.
        """
        options = {
            "text": text.strip() or None, "category": category or None,
            "seed": None if seed is None else int(seed),
            "height_mm": height_mm or None, "process": process, "count": 1,
            "size_mm": size_mm.strip() or None, "symmetry": symmetry or None,
        }  # fmt: skip
        visitor = visitor_of(request)
        return _delivered(service, visitor, service.create(visitor, options), file_format)

    def reconstruct(  # noqa: PLR0917 - one per component
        scan: str, height_mm: float | None, surface: str, process: str, file_format: str,
        request: gr.Request,
    ) -> tuple[str, dict[str, Any]]:  # fmt: skip
        """Turn a scan, points or a mesh with Z up, into one closed solid.

        Args:
            scan: The file: PLY, XYZ, PCD, NPY, LAS, LAZ, STL, OBJ, GLB, 3MF or OFF.
            height_mm: Height of the solid; empty keeps the scan's size.
            surface: Surface method: gridpull or voromesh; auto uses gridpull for points and
                repairs a mesh.
            process: Print process: fdm, sla or sls.
            file_format: Format of the file: 3mf, stl, glb, obj or ply.
            request: Filled in by the server.

        Returns:
            The file, and a description: size, faces, the print gate's report.
        """
        options = {
            "height_mm": height_mm or None, "process": process, "unit": "auto", "up": "z",
            "surface": None if surface == "auto" else surface, "resolution": None,
        }  # fmt: skip
        visitor = visitor_of(request)
        events = service.on_file("reconstruct", visitor, scan, options)
        return _delivered(service, visitor, events, file_format)

    def check_mesh(mesh: str, process: str, request: gr.Request) -> dict[str, Any]:
        """Check whether a mesh prints.

        Args:
            mesh: A file in millimetres: STL, 3MF, OBJ, PLY, GLB or OFF.
            process: Print process: fdm, sla or sls.
            request: Filled in by the server.

        Returns:
            The print gate's report: each check with value, threshold and hint.
        """
        visitor = visitor_of(request)
        events = service.on_file("check", visitor, mesh, {"process": process})
        return _about(_finished(service, visitor, events)[1])

    def repair_mesh(
        mesh: str, process: str, file_format: str, request: gr.Request
    ) -> tuple[str, dict[str, Any]]:
        """Turn a mesh into one clean solid, and list the changes.

        Args:
            mesh: A file in millimetres: STL, 3MF, OBJ, PLY, GLB or OFF.
            process: Print process: fdm, sla or sls.
            file_format: Format of the file: 3mf, stl, glb, obj or ply.
            request: Filled in by the server.

        Returns:
            The repaired file, and a description: changes, size, the gate's report.
        """
        options = {"process": process, "thicken_walls": False, "base": False}
        visitor = visitor_of(request)
        return _delivered(
            service, visitor, service.on_file("repair", visitor, mesh, options), file_format
        )

    def generate_web(  # noqa: PLR0917 - one per component
        model: str, curve: str, count: float, nodes: float | None, mean_degree: float | None,
        seed: float, diameter_mm: float, size_mm: float | None, file_format: str,
        request: gr.Request,
    ) -> tuple[str, dict[str, Any]]:  # fmt: skip
        """Build a spider web that prints: samples along a curve, with figures of its stiffness.

        Args:
            model: Generator of the samples: pieces, analog-diffusion, discrete-diffusion or
                autoregressive.
            curve: helix, knot, or single for one sample by itself.
            count: Samples along the curve, 2 to 120.
            nodes: Wanted nodes of a sample, 2 to 64; may be empty.
            mean_degree: Wanted threads at a node; may be empty.
            seed: Same seed, same arguments: same web.
            diameter_mm: Diameter of the struts in millimetres.
            size_mm: Longest side in millimetres; if empty, the size is not changed.
            file_format: Format of the file: 3mf, stl, glb, obj, ply, or json and graphml for
                the graph.
            request: Filled in by the server.

        Returns:
            The file, and a description: size, the print gate's report, figures.
        """
        options = {
            "model": model, "curve": curve,
            "count": None if count is None else int(count),
            "nodes": int(nodes) if nodes else None, "mean_degree": mean_degree or None,
            "seed": None if seed is None else int(seed), "diameter_mm": diameter_mm,
            "size_mm": size_mm or None,
        }  # fmt: skip
        visitor = visitor_of(request)
        return _delivered(
            service, visitor, service.on_file("web", visitor, None, options), file_format
        )

    with gr.Group(visible=False):
        text, category = gr.Textbox(label="text", max_length=300), gr.Textbox(label="category")
        seed = number(Request, "seed", "seed", precision=0)
        height = number(Request, "height_mm", "height_mm")
        process = gr.Radio(choice(Request, "process"), value=Request.process, label="process")
        form = gr.Radio(list(FORMATS), value="3mf", label="file_format")
        scan, mesh = gr.File(label="scan"), gr.File(label="mesh")
        own_height = number(ReconstructOptions, "height_mm", "height_mm")
        surface = gr.Radio(["auto", "gridpull", "voromesh"], value="auto", label="surface")
        size = gr.Textbox("", label="size_mm", max_length=60)
        symmetry = gr.Radio(["", *choice(Request, "symmetry")], value="", label="symmetry")
        wanted = [text, category, seed, height, process, form, size, symmetry]
        made, about = gr.File(label="file"), gr.JSON(label="about")
        files = [made, about]
        web = [
            gr.Radio(list(WEB_GENERATORS), value="pieces", label="model"),
            gr.Radio(["helix", "knot", SINGLE], value="helix", label="curve"),
            gr.Number(Structure.count, label="count", precision=0, minimum=2, maximum=MAX_SAMPLES),
            number(Structure, "nodes", "nodes"),
            number(Structure, "mean_degree", "mean_degree"),
            seed,
            number(SolidOptions, "diameter_mm", "diameter_mm"),
            number(SolidOptions, "size_mm", "size_mm"),
            gr.Radio([*FORMATS, "json", "graphml"], value="3mf", label="file_format"),
        ]
        for name, function, asked, given in (
            ("generate", generate, wanted, files),
            ("reconstruct", reconstruct, [scan, own_height, surface, process, form], files),
            ("check_mesh", check_mesh, [mesh, process], about),
            ("repair_mesh", repair_mesh, [mesh, process, form], files),
            ("generate_web", generate_web, web, files),
        ):
            gr.Button().click(function, asked, given, api_name=name, **_PUBLIC)


def _finished(service: JobService, visitor: str, events: Iterator[Event]) -> tuple[Path, Result]:
    """Wait for a job; return the folder of its (last) result.

    Raises:
        gr.Error: The job was refused or failed; the message says why.
    """
    try:
        names = [event["name"] for event in events if event["event"] == "result"]
        if not names:
            raise ConfigError("the job ended without a result")
        folder = service.store.folder(visitor, names[-1])
    except CaddisError as error:
        raise gr.Error(str(error), print_exception=False) from error
    return folder, Result.load(folder)


def _delivered(
    service: JobService, visitor: str, events: Iterator[Event], file_format: str
) -> tuple[str, dict[str, Any]]:
    folder, result = _finished(service, visitor, events)
    name = next(name for name in result.files if name.endswith(f".{file_format}"))
    return str(folder / name), _about(result)


def _about(result: Result) -> dict[str, Any]:
    shown = asdict(result)
    hidden = ("picture", "view", "files", "origin", "forces")
    return {name: value for name, value in shown.items() if name not in hidden}
