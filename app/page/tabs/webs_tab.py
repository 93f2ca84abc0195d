"""The Webs tab: samples of spider webs along a curve, as a solid, with forces and figures."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from caddis.app.making.web_options import SingleSamples, Structure
from caddis.app.page.jobs.web_design import FROM_FILE, MAX_SAMPLES, SINGLE
from caddis.app.page.parts import texts
from caddis.app.page.parts.fields import number, optional_number, slider
from caddis.app.page.parts.panel import Panel, build_panel
from caddis.app.page.server.job_service import JobService
from caddis.app.page.server.uploads import GUIDES
from caddis.app.page.server.visitors import visitor_of
from caddis.app.page.tabs.job_events import PROCESSES, QUICK, WORK, with_status
from caddis.geometry.options.webs import SolidOptions

_CURVES = [
    ("helix", "helix"), ("knot", "knot"), ("formulas of t", "formula"),
    ("a line from a file", "polyline"), ("over a mesh", "surface"), ("inside a mesh", "inside"),
    ("none: one sample", SINGLE),
]  # fmt: skip
_MODELS = {
    "pieces": "pieces of built webs",
    "analog-diffusion": "analog diffusion",
    "discrete-diffusion": "discrete diffusion",
    "autoregressive": "autoregressive",
}
_BASES = [
    ("cut flat", "cut"), ("plate with legs", "plate"), ("frame around", "frame"), ("none", "none"),
]  # fmt: skip
_DEFAULT = Structure()
_KINDS = [("all", ""), *((name, name) for name in ("tangle", "sheet", "orb"))]


@dataclass(frozen=True)
class Form:
    """The fields of the tab, by the name of their option in `Design.of`; "file" is the upload."""

    fields: dict[str, Any]

    def options(self, values: tuple[Any, ...]) -> tuple[str | None, dict[str, Any]]:
        """Return the upload, if the curve needs one, and the options of the job."""
        given = dict(zip(self.fields, values, strict=True))
        upload = given.pop("file")
        for name in ("web_kind", "nodes", "mean_degree", "edge_length_mm", "size_mm"):
            given[name] = given[name] or None  # 0 means not set
        for name in ("nodes", "count", "seed"):
            given[name] = None if given[name] is None else int(given[name])
        return (upload if given["curve"] in FROM_FILE else None), given


def build_webs_tab(service: JobService, models: list[str]) -> None:
    """Lay out the tab; `models` names the generators whose weights can be loaded."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            form, groups = _build_form(models)
            with gr.Row():
                go = gr.Button("Build", variant="primary", scale=3)
                stop = gr.Button("Stop", scale=1, min_width=90)
            status = gr.HTML(elem_id="webs-status", min_height=44)
        with gr.Column(scale=6, min_width=320):
            panel = build_panel(
                "Printed web",
                "Choose a curve and press Build: you get a printable web and its stiffness.",
            )

    def build(request: gr.Request, *values: Any) -> Iterator[list[Any]]:
        """Yield status and the panel."""
        visitor = visitor_of(request)
        upload, options = form.options(values)
        for event, status_line in with_status(service.on_file("web", visitor, upload, options)):
            shown = Panel.unchanged()
            if event["event"] == "result":
                shown = Panel.values(service.store.folder(visitor, event["name"]))
            yield [status_line, *shown]
        yield [texts.note("Done."), *Panel.unchanged()]

    job = go.click(
        build, list(form.fields.values()), [status, *panel.outputs], show_progress_on=status, **WORK
    )
    stop.click(lambda: texts.note("Stopped."), outputs=status, cancels=[job], **QUICK)
    form.fields["curve"].change(_shown_for_curve, form.fields["curve"], groups, **QUICK)


def _build_form(models: list[str]) -> tuple[Form, list[Any]]:
    """Return the form, and the components that `_shown_for_curve` shows or hides."""
    fields: dict[str, Any] = {}
    named = [(_MODELS.get(name, name), name) for name in models]
    fields["model"] = gr.Dropdown(named, value=models[0], label="Samples from")
    fields["web_kind"] = gr.Radio(
        _KINDS, value="", label="Kind of web", visible=models[0] == "pieces"
    )
    fields["model"].change(
        lambda name: gr.Radio(visible=name == "pieces"),
        fields["model"],
        fields["web_kind"],
        **QUICK,
    )
    fields["curve"] = gr.Dropdown(_CURVES, value=_DEFAULT.curve, label="Along")
    with gr.Row():
        fields["radius_mm"] = number(Structure, "radius_mm", "Radius, mm", min_width=80)
        fields["pitch_mm"] = number(Structure, "pitch_mm", "Pitch, mm", min_width=80)
        fields["turns"] = number(Structure, "turns", "Turns", min_width=80)
    with gr.Group(visible=False) as formula:
        for axis in "xyz":
            fields[axis] = gr.Textbox(
                getattr(_DEFAULT, axis), label=f"{axis}(t), mm", max_length=200
            )
        with gr.Row():
            for name, label in (("start", "t from"), ("end", "t to")):
                fields[name] = number(Structure, name, label, min_width=100)
    fields["file"] = gr.File(
        label="A mesh, or a text file with x y z on each line", file_types=list(GUIDES),
        type="filepath", visible=False, height=150, elem_id="webs-file",
    )  # fmt: skip
    fields["count"] = slider(Structure, "count", "Samples", maximum=MAX_SAMPLES, step=1)
    with gr.Row():
        optional = {"info": "0 for any", "min_width": 110}
        fields["nodes"] = optional_number(
            Structure, "nodes", "Nodes of a sample", precision=0, **optional
        )
        fields["mean_degree"] = optional_number(Structure, "mean_degree", "Mean degree", **optional)
        fields["edge_length_mm"] = optional_number(
            SingleSamples, "edge_length_mm", "Mean thread, mm", visible=False, **optional
        )
    with gr.Row():
        fields["diameter_mm"] = number(
            SolidOptions, "diameter_mm", "Strut, mm", min_width=110, info="thickness"
        )
        fields["size_mm"] = optional_number(
            SolidOptions, "size_mm", "Longest side, mm", min_width=110, info="0 for any"
        )
    fields["base"] = gr.Dropdown(_BASES, value=SolidOptions.base, label="Base")
    with gr.Accordion("Advanced", open=False):
        with gr.Row():
            fields["seed"] = number(Structure, "seed", "Seed", precision=0)
            die = gr.Button("New seed", min_width=110, elem_classes="die")
        fields["process"] = gr.Radio(PROCESSES, value="fdm", label="Print process")
        fields["axis"] = gr.Radio(list("xyz"), value="x", label="Draw forces when pulled along")
        fields["lie_flat"] = gr.Checkbox(False, label="Lay its thinnest direction upwards")
    die.click(lambda: secrets.randbelow(2**31), outputs=fields["seed"], **QUICK)
    changing = ("radius_mm", "pitch_mm", "turns", "file", "count", "edge_length_mm")
    groups = [formula, *(fields[name] for name in changing)]
    return Form(fields), groups


def _shown_for_curve(curve: str) -> list[Any]:
    """Return the visibility of the components in `_build_form`'s second result, in its order."""
    return [
        gr.Group(visible=curve == "formula"),
        gr.Number(visible=curve in {"helix", "knot"}),
        gr.Number(visible=curve == "helix"),
        gr.Number(visible=curve == "helix"),
        gr.File(visible=curve in FROM_FILE),
        gr.Slider(visible=curve != SINGLE),
        gr.Number(visible=curve == SINGLE),
    ]
