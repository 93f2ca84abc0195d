"""The Reconstruct tab: a scan is shown as points, then becomes one closed solid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from caddis.app.page.parts import texts
from caddis.app.page.parts.fields import optional_number
from caddis.app.page.parts.forecasts import AUTOMATIC, Scan, expected
from caddis.app.page.parts.panel import Panel, build_panel
from caddis.app.page.server.job_service import JobService
from caddis.app.page.server.uploads import MAX_MB, SCANS, listed
from caddis.app.page.server.visitors import visitor_of
from caddis.app.page.tabs.job_events import PROCESSES, QUICK, WORK, with_status
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.scans.reconstruct import DEFAULT_SURFACE

_SURFACES = [
    ("automatic", AUTOMATIC), ("GridPull", "gridpull"), ("VoroMesh, sharp edges", "voromesh"),
]  # fmt: skip
_DEFAULT_CELLS = {"gridpull": 128, "voromesh": 48}
_MOST_CELLS = {"gridpull": 256, "voromesh": 96}
_UNITS = ["auto", "mm", "cm", "m", "inch"]
_UPS = ["z", "-z", "y", "-y", "x", "-x"]


@dataclass(frozen=True)
class ReconstructHandlers:
    """The handlers of the tab."""

    service: JobService

    def look(  # noqa: PLR0917 - one per component
        self, scan: str | None, unit: str, up: str, surface: str, cells: float, request: gr.Request
    ) -> Iterator[list[Any]]:
        """Yield status, the picture of the points, their description, and the estimate."""
        if scan is None:
            yield ["", gr.Image(visible=False), {}, expected({}, surface, cells)]
            return
        options = {"unit": unit, "up": up}
        known: Scan = {}
        picture: Any = gr.skip()
        for event, status in with_status(
            self.service.on_file("look", visitor_of(request), scan, options)
        ):
            if event["event"] == "points":
                known, picture = event, _points(event)
            yield [status, picture, known, expected(known, surface, cells)]
            picture = gr.skip()
        yield ["", gr.skip(), known, gr.skip()]

    def make_solid(  # noqa: PLR0917 - one per component
        self,
        scan: str | None,
        unit: str,
        up: str,
        surface: str,
        cells: float,
        height: float | None,
        process: str,
        request: gr.Request,
    ) -> Iterator[list[Any]]:
        """Yield status, picture of the points, and the panel."""
        options = {
            "height_mm": float(height) if height else None, "process": process, "unit": unit,
            "up": up, "surface": None if surface == AUTOMATIC else surface,
            "resolution": int(cells),
        }  # fmt: skip
        points: Any = gr.skip()
        visitor = visitor_of(request)
        for event, status in with_status(
            self.service.on_file("reconstruct", visitor, scan, options)
        ):
            panel = Panel.unchanged()
            if event["event"] == "points":
                points = _points(event)
            elif event["event"] == "result":
                panel = Panel.values(self.service.store.folder(visitor, event["name"]))
            yield [status, points, *panel]
            points = gr.skip()
        yield [texts.note("Done."), gr.skip(), *Panel.unchanged()]


def _points(event: Scan) -> Any:
    return gr.Image(value=event["picture"], label=f"{event['count']:,} points", visible=True)


def slider_for(surface: str) -> Any:
    """Return the resolution slider with the limits of a surface method."""
    name = DEFAULT_SURFACE if surface == AUTOMATIC else surface
    return gr.Slider(maximum=_MOST_CELLS[name], value=_DEFAULT_CELLS[name])


def build_reconstruct_tab(service: JobService) -> None:
    """Lay out the Reconstruct tab."""
    handlers = ReconstructHandlers(service)
    known = gr.State({})
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            scan = gr.File(
                label=f"A scan, points or a mesh (up to {MAX_MB} MB)",
                file_types=list(SCANS), type="filepath", elem_id="reconstruct-file", height=170,
            )  # fmt: skip
            gr.HTML(f'<p class="formats">{listed(SCANS)}</p>', padding=False)
            points = gr.Image(
                label="Points", visible=False, interactive=False, height=300,
                elem_id="reconstruct-points", buttons=["fullscreen"],
            )  # fmt: skip
            surface = gr.Radio(_SURFACES, value=AUTOMATIC, label="Surface")
            cells = gr.Slider(
                32, _MOST_CELLS["gridpull"], _DEFAULT_CELLS["gridpull"], step=16,
                label="Resolution",
                info="cells along the longest side; the smallest details are two cells wide",
            )  # fmt: skip
            estimated = gr.HTML(elem_id="reconstruct-estimate")
            height = optional_number(
                ReconstructOptions, "height_mm", "Height in mm", info="0 keeps the scan's size"
            )
            with gr.Accordion("Advanced", open=False):
                with gr.Row():
                    unit = gr.Dropdown(_UNITS, value="auto", label="Unit of the scan")
                    up = gr.Dropdown(_UPS, value="z", label="Axis that points up")
                process = gr.Radio(PROCESSES, value="fdm", label="Print process")
            with gr.Row():
                go = gr.Button("Reconstruct", variant="primary", scale=3)
                stop = gr.Button("Stop", scale=1, min_width=90)
            status = gr.HTML(elem_id="reconstruct-status", min_height=44)
        with gr.Column(scale=6, min_width=320):
            panel = build_panel("Solid", "Drop a scan: it becomes one closed solid.")
    looked = gr.on(
        [scan.change, unit.change, up.change], handlers.look, [scan, unit, up, surface, cells],
        [status, points, known, estimated], show_progress_on=status, **WORK,
    )  # fmt: skip
    surface.change(slider_for, surface, cells, **QUICK)
    cells.change(expected, [known, surface, cells], estimated, **QUICK)
    surface.change(expected, [known, surface, cells], estimated, **QUICK)
    job = go.click(
        handlers.make_solid, [scan, unit, up, surface, cells, height, process],
        [status, points, *panel.outputs], show_progress_on=status, **WORK,
    )  # fmt: skip
    stop.click(lambda: texts.note("Stopped."), outputs=status, cancels=[looked, job], **QUICK)
