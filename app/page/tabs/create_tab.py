"""The Create tab: generate variations from words or a category, pick one, vary it, undo."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import gradio as gr

from caddis.app.page.parts import texts
from caddis.app.page.parts.examples import Example
from caddis.app.page.parts.fields import choice, number, optional_number, slider
from caddis.app.page.parts.panel import build_panel
from caddis.app.page.server.job_service import MAX_CELLS, MAX_COUNT, JobService
from caddis.app.page.tabs.create_handlers import CreateHandlers
from caddis.app.page.tabs.job_events import PROCESSES, QUICK, WORK
from caddis.generation.models import Models
from caddis.generation.request import DEFAULT_HEIGHT_MM, Request, Sampling


def build_create_tab(
    service: JobService,
    models: Models,
    examples: Sequence[Example],
) -> None:
    """Lay out the tab inside the Blocks that is being built."""
    categories = sorted([*models.categories, *models.groups])
    tokens = models.generator.config.tokens
    handlers = CreateHandlers(service, examples)
    shown, past, chosen = gr.State([]), gr.State([]), gr.State("")
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            # the conditions, each of which is optional
            text = gr.Textbox(
                label="What to make", placeholder="a round wooden stool", max_length=300, lines=2
            )
            category = gr.Dropdown(
                [("any", ""), *((name.replace("_", " "), name) for name in categories)],
                value="", label="Category", info="instead of words, or with them",
            )  # fmt: skip
            with gr.Row():
                seed = number(Request, "seed", "Seed", precision=0, scale=3)
                die = gr.Button("New seed", scale=1, min_width=110, elem_classes="die")
            with gr.Row():
                count = gr.Slider(1, MAX_COUNT, 2, step=1, label="Variations", min_width=180)
                height = optional_number(
                    Request, "height_mm", "Height in mm", min_width=110,
                    info=f"0: {DEFAULT_HEIGHT_MM:g}, or less to fit the bed",
                )  # fmt: skip
            with gr.Accordion("Advanced", open=False):
                with gr.Row():
                    size = gr.Textbox(
                        label="Width x depth x height in mm", placeholder="200x80x60",
                        max_length=60, min_width=180, info="exact; leave Height at 0 then",
                    )  # fmt: skip
                    symmetry = gr.Dropdown(
                        [("as it comes", ""), *choice(Request, "symmetry")], value="",
                        label="Symmetry", min_width=130, info="left and right alike: x",
                    )  # fmt: skip
                process = gr.Radio(PROCESSES, value="fdm", label="Print process")
                guidance = slider(
                    Sampling,
                    "guidance",
                    "Guidance",
                    step=0.1,
                    info="how closely the result follows the words",
                )
                faces = optional_number(
                    Request, "faces", "Triangles", precision=0,
                    info="0 for as many as the surface needs",
                )  # fmt: skip
                cells = slider(Request, "resolution", "Resolution", maximum=MAX_CELLS, step=16)
                surface = gr.Dropdown(
                    choice(Request, "surface"), value=Request.surface, label="Surface"
                )
            with gr.Row():
                go = gr.Button("Create", variant="primary", scale=3)
                stop = gr.Button("Stop", scale=1, min_width=90)
            status = gr.HTML(elem_id="create-status", min_height=44)
            if examples:
                made_before = gr.Gallery(
                    [(str(each.file("png")), each.result.title) for each in examples],
                    label="Examples, made with this model: click one", columns=3,
                    allow_preview=False, height="auto", interactive=False,
                    elem_id="create-examples",
                )  # fmt: skip
        with gr.Column(scale=6, min_width=320):
            pictures = gr.Gallery(
                label="Variations", columns=4, allow_preview=False, height="auto",
                interactive=False, elem_id="create-variations", visible=False,
            )  # fmt: skip
            panel = build_panel("Result", "Say what to make, or click an example.")
            with gr.Column(visible=False) as vary_controls:
                keep = gr.Slider(
                    1, tokens - 1, tokens // 4, step=1, label="Tokens to keep when varying",
                    info="few: another shape of the same kind; many: only details change",
                )  # fmt: skip
                with gr.Row():
                    vary = gr.Button("Vary this one", scale=3)
                    undo = gr.Button("Undo", scale=1, min_width=90)
    asked = [
        text, category, seed, count, height, size, symmetry, process, guidance, faces, cells,
        surface,
    ]  # fmt: skip
    outputs = [status, pictures, shown, past, chosen, *panel.outputs]
    die.click(lambda: secrets.randbelow(2**31), outputs=seed, **QUICK)
    jobs: list[Any] = [
        gr.on(
            [go.click, text.submit], handlers.create, [*asked, shown, past], outputs,
            show_progress_on=status, **WORK,
        ),
        vary.click(
            handlers.vary, [chosen, keep, count, shown, past], outputs,
            show_progress_on=status, **WORK,
        ),
    ]  # fmt: skip
    chosen.change(lambda name: gr.Column(visible=bool(name)), chosen, vary_controls, **QUICK)
    stop.click(lambda: texts.note("Stopped."), outputs=status, cancels=jobs, **QUICK)
    pictures.select(handlers.pick, shown, [chosen, *panel.outputs], **QUICK)
    undo.click(handlers.undo, past, outputs[1:], **QUICK)
    if examples:
        made_before.select(handlers.example, [shown, past], outputs[1:], **QUICK)
