"""The tabs that take a file: Reconstruct, and Check & repair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.web import texts
from app.web.panel import Panel, build_panel
from app.web.running import followed
from app.web.studio import Studio
from app.web.uploads import MAX_MB, MESHES, SCANS
from app.web.visitors import visitor_of

_WORK: dict[str, Any] = {
    "concurrency_id": "work", "api_visibility": "private", "show_progress": "minimal",
}  # fmt: skip
_QUICK: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
_PROCESSES = ["fdm", "sla", "sls"]


@dataclass(frozen=True)
class FileTabs:
    """The handlers of both tabs."""

    studio: Studio

    def on_reconstruct(
        self, scan: str | None, height: float | None, process: str, request: gr.Request
    ) -> Iterator[list[Any]]:
        """Yield status, picture of the points, and the panel."""
        options = {"height_mm": float(height) if height else None, "process": process}
        points: Any = gr.skip()
        visitor = visitor_of(request)
        for event, status in followed(self.studio.on_file("reconstruct", visitor, scan, options)):
            panel = Panel.unchanged()
            if event["event"] == "points":
                label = f"{event['count']:,} points"
                points = gr.Image(value=event["picture"], label=label, visible=True)
            elif event["event"] == "result":
                panel = Panel.values(self.studio.store.folder(visitor, event["name"]))
            yield [status, points, *panel]
            points = gr.skip()
        yield [texts.note("Done."), gr.skip(), *Panel.unchanged()]

    def on_check(self, mesh: str | None, process: str, request: gr.Request) -> Iterator[list[Any]]:
        """Yield status and the panel."""
        yield from self._mesh("check", mesh, {"process": process}, request)

    def on_repair(
        self, mesh: str | None, process: str, extras: list[str], request: gr.Request
    ) -> Iterator[list[Any]]:
        """Yield status and the panel."""
        options = {
            "process": process,
            "thicken_walls": "thicken thin walls" in extras,
            "base": "flat base on the bed" in extras,
        }
        yield from self._mesh("repair", mesh, options, request)

    def _mesh(
        self, kind: str, mesh: str | None, options: dict[str, Any], request: gr.Request
    ) -> Iterator[list[Any]]:
        visitor = visitor_of(request)
        for event, status in followed(self.studio.on_file(kind, visitor, mesh, options)):
            panel = Panel.unchanged()
            if event["event"] == "result":
                panel = Panel.values(self.studio.store.folder(visitor, event["name"]))
            yield [status, *panel]
        yield [texts.note("Done."), *Panel.unchanged()]


def build_reconstruct_tab(studio: Studio) -> None:
    """Lay out the Reconstruct tab."""
    tabs = FileTabs(studio)
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            scan = gr.File(
                label=f"A scan: points or a mesh, Z up ({_listed(SCANS)}; up to {MAX_MB} MB)",
                file_types=list(SCANS), type="filepath", elem_id="reconstruct-file",
            )  # fmt: skip
            height = gr.Number(
                None, label="Height in mm", minimum=1, maximum=2000,
                info="empty to keep the scan's size, read as millimetres",
            )  # fmt: skip
            process = gr.Radio(_PROCESSES, value="fdm", label="Print process")
            with gr.Row():
                go = gr.Button("Reconstruct", variant="primary", scale=3)
                stop = gr.Button("Stop", scale=1, min_width=90)
            status = gr.HTML(elem_id="reconstruct-status")
            points = gr.Image(label="Points", visible=False, interactive=False, height=340)
        with gr.Column(scale=6, min_width=320):
            panel = build_panel("Solid", "Drop a scan: it becomes one closed solid.")
    job = go.click(
        tabs.on_reconstruct, [scan, height, process], [status, points, *panel.outputs], **_WORK
    )
    stop.click(lambda: texts.note("Stopped."), outputs=status, cancels=[job], **_QUICK)


def build_check_tab(studio: Studio) -> None:
    """Lay out the Check & repair tab."""
    tabs = FileTabs(studio)
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            mesh = gr.File(
                label=f"A mesh in millimetres ({_listed(MESHES)}; up to {MAX_MB} MB)",
                file_types=list(MESHES), type="filepath", elem_id="check-file",
            )  # fmt: skip
            process = gr.Radio(_PROCESSES, value="fdm", label="Print process")
            check = gr.Button("Check", variant="primary")
            extras = gr.CheckboxGroup(
                ["thicken thin walls", "flat base on the bed"], label="When repairing, also"
            )
            with gr.Row():
                repair = gr.Button("Repair", scale=3)
                stop = gr.Button("Stop", scale=1, min_width=90)
            status = gr.HTML(elem_id="check-status")
        with gr.Column(scale=6, min_width=320):
            panel = build_panel(
                "Mesh; trouble is red", "Drop any mesh: does it print, and if not, why not?"
            )
    outputs = [status, *panel.outputs]
    jobs: list[Any] = [
        check.click(tabs.on_check, [mesh, process], outputs, **_WORK),
        repair.click(tabs.on_repair, [mesh, process, extras], outputs, **_WORK),
    ]
    stop.click(lambda: texts.note("Stopped."), outputs=status, cancels=jobs, **_QUICK)


def _listed(endings: tuple[str, ...]) -> str:
    return ", ".join(ending[1:].upper() for ending in endings)
