"""The part of the page that shows one result: view, verdict, files, and the same elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from app.web.results import Result
from app.web.texts import describe_result

_VIEW_COLOUR = (0.955, 0.955, 0.945, 1.0)
_CAMERA = (60, 70, None)
"""Degrees around and from above: a three-quarter view of the front; the distance fits."""


@dataclass(frozen=True)
class Panel:
    """The components that show a result."""

    view: gr.Model3D
    facts: gr.HTML
    files: gr.File
    same: gr.Accordion
    command: gr.Code
    python: gr.Code

    @property
    def outputs(self) -> list[Any]:
        """The components, in the order of `values`."""
        return [self.view, self.facts, self.files, self.same, self.command, self.python]

    @staticmethod
    def values(folder: Path) -> list[Any]:
        """Return what the components show of a result's folder."""
        result = Result.load(folder)
        files = [str(folder / name) for name in result.files]
        return [
            str(folder / result.view),
            describe_result(result),
            gr.File(value=files or None, visible=bool(files)),
            gr.Accordion(visible=True),
            gr.Code(value=result.command, visible=bool(result.command)),
            gr.Code(value=result.python, visible=True),
        ]

    @staticmethod
    def unchanged() -> list[Any]:
        """Return values that leave everything as it is."""
        return [gr.skip() for _ in range(6)]


def build_panel(label: str, empty: str) -> Panel:
    """Lay out a panel; `empty` is said while there is no result."""
    view = gr.Model3D(
        label=label,
        clear_color=_VIEW_COLOUR,
        camera_position=_CAMERA,
        height=440,
        interactive=False,
    )
    facts = gr.HTML(f"<p>{empty}</p>")
    files = gr.File(label="Download", file_count="multiple", interactive=False, visible=False)
    with gr.Accordion("The same as a command, and in Python", open=False, visible=False) as same:
        command = gr.Code(language="shell", label="Command", interactive=False, visible=False)
        python = gr.Code(language="python", label="Python", interactive=False, visible=False)
    return Panel(view, facts, files, same, command, python)
