"""The panel that shows one result: view, verdict, files, command and Python code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from caddis.app.outputs import FORMATS
from caddis.app.page.jobs.results import Result
from caddis.app.page.parts.texts import describe_result

_VIEW_COLOUR = (0.955, 0.955, 0.945, 1.0)
_CAMERA = (60, 70, None)
"""Angles around and from above in degrees, for a three-quarter view of the front."""
_ENDINGS = (*FORMATS, "json", "graphml")
"""Formats of all files that a result may have."""


@dataclass(frozen=True)
class Panel:
    """The components that show a result."""

    view: gr.Model3D
    forces: gr.Image
    facts: gr.HTML
    heading: gr.HTML
    files: tuple[gr.DownloadButton, ...]
    snippets: gr.Accordion
    command: gr.Code
    python: gr.Code

    @property
    def outputs(self) -> list[Any]:
        """The components, in the order of `values`."""
        return [
            self.view, self.forces, self.facts, self.heading, *self.files, self.snippets,
            self.command, self.python,
        ]  # fmt: skip

    @staticmethod
    def values(folder: Path) -> list[Any]:
        """Return the values of the components for a result's folder."""
        result = Result.load(folder)
        by_ending = {name.rpartition(".")[2]: str(folder / name) for name in result.files}
        forces = str(folder / result.forces) if result.forces else None
        return [
            str(folder / result.view),
            gr.Image(value=forces, visible=forces is not None),
            describe_result(result),
            gr.HTML(visible=bool(by_ending)),
            *(
                gr.DownloadButton(value=by_ending.get(ending), visible=ending in by_ending)
                for ending in _ENDINGS
            ),
            gr.Accordion(visible=True),
            gr.Code(value=result.command, visible=bool(result.command)),
            gr.Code(value=result.python, visible=True),
        ]

    @staticmethod
    def unchanged() -> list[Any]:
        """Return values that change nothing."""
        return [gr.skip() for _ in range(7 + len(_ENDINGS))]


def build_panel(label: str, empty: str) -> Panel:
    """Lay out a panel; it shows the text `empty` while there is no result."""
    view = gr.Model3D(
        label=label,
        clear_color=_VIEW_COLOUR,
        camera_position=_CAMERA,
        height=440,
        elem_classes="view",
        interactive=False,
    )
    with gr.Row(equal_height=False):
        with gr.Column(scale=3, min_width=300):
            facts = gr.HTML(f"<p>{empty}</p>")
        with gr.Column(scale=2, min_width=240):
            forces = gr.Image(
                label="Forces: red in tension, blue in compression", visible=False,
                interactive=False, height=300, buttons=["download", "fullscreen"],
            )  # fmt: skip
            heading = gr.HTML('<p class="downloads">Download</p>', visible=False, padding=False)
            with gr.Row(elem_classes="downloads"):
                files = tuple(
                    gr.DownloadButton(
                        ending.upper(), visible=False, size="sm", min_width=72,
                        elem_classes=f"download-{ending}",
                    )
                    for ending in _ENDINGS
                )  # fmt: skip
            with gr.Accordion("As a command, and in Python", open=False, visible=False) as snippets:
                command = gr.Code(
                    language="shell", label="Command", interactive=False, visible=False
                )
                python = gr.Code(
                    language="python", label="Python", interactive=False, visible=False
                )
    return Panel(view, forces, facts, heading, files, snippets, command, python)
