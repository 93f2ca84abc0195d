"""The Check & repair tab: checks whether a mesh prints, and repairs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from caddis.app.page.parts import texts
from caddis.app.page.parts.panel import Panel, build_panel
from caddis.app.page.server.job_service import JobService
from caddis.app.page.server.uploads import MAX_MB, MESHES, listed
from caddis.app.page.server.visitors import visitor_of
from caddis.app.page.tabs.job_events import PROCESSES, QUICK, WORK, with_status

_THICKEN, _BASE = "thicken thin walls", "flat base on the bed"


@dataclass(frozen=True)
class CheckHandlers:
    """The handlers of the tab."""

    service: JobService

    def check(self, mesh: str | None, process: str, request: gr.Request) -> Iterator[list[Any]]:
        """Yield status and the panel."""
        yield from self._mesh("check", mesh, {"process": process}, request)

    def repair(
        self, mesh: str | None, process: str, extras: list[str], request: gr.Request
    ) -> Iterator[list[Any]]:
        """Yield status and the panel."""
        options = {"process": process, "thicken_walls": _THICKEN in extras, "base": _BASE in extras}
        yield from self._mesh("repair", mesh, options, request)

    def _mesh(
        self, kind: str, mesh: str | None, options: dict[str, Any], request: gr.Request
    ) -> Iterator[list[Any]]:
        visitor = visitor_of(request)
        for event, status in with_status(self.service.on_file(kind, visitor, mesh, options)):
            panel = Panel.unchanged()
            if event["event"] == "result":
                panel = Panel.values(self.service.store.folder(visitor, event["name"]))
            yield [status, *panel]
        yield [texts.note("Done."), *Panel.unchanged()]


def build_check_tab(service: JobService) -> None:
    """Lay out the Check & repair tab."""
    handlers = CheckHandlers(service)
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            mesh = gr.File(
                label=f"A mesh in millimetres ({listed(MESHES)}; up to {MAX_MB} MB)",
                file_types=list(MESHES), type="filepath", elem_id="check-file", height=170,
            )  # fmt: skip
            process = gr.Radio(PROCESSES, value="fdm", label="Print process")
            check = gr.Button("Check", variant="primary")
            extras = gr.CheckboxGroup([_THICKEN, _BASE], label="When repairing, also")
            with gr.Row():
                repair = gr.Button("Repair", scale=3)
                stop = gr.Button("Stop", scale=1, min_width=90)
            status = gr.HTML(elem_id="check-status", min_height=44)
        with gr.Column(scale=6, min_width=320):
            panel = build_panel(
                "Mesh, faults in red", "Drop a mesh to see whether it prints, and if not, why."
            )
    outputs = [status, *panel.outputs]
    jobs: list[Any] = [
        check.click(handlers.check, [mesh, process], outputs, show_progress_on=status, **WORK),
        repair.click(
            handlers.repair, [mesh, process, extras], outputs, show_progress_on=status, **WORK
        ),
    ]
    stop.click(lambda: texts.note("Stopped."), outputs=status, cancels=jobs, **QUICK)
