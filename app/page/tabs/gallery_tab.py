"""The Gallery tab: this visitor's own results, newest first."""

from __future__ import annotations

from typing import Any

import gradio as gr

from caddis.app.page.jobs.results import Result
from caddis.app.page.parts.panel import Panel, build_panel
from caddis.app.page.server.job_service import JobService
from caddis.app.page.server.visitors import visitor_of
from caddis.app.page.tabs.job_events import QUICK
from caddis.geometry.errors import CaddisError


def build_gallery_tab(service: JobService, tab: gr.Tab, page: gr.Blocks) -> None:
    """Lay out the tab; it is filled when the page loads and when the tab is opened."""
    names = gr.State([])
    gr.Markdown("Your own results. Only this browser sees them; they are kept for a day.")
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=300):
            pictures = gr.Gallery(
                label="Results", columns=3, allow_preview=False, height="auto",
                interactive=False, elem_id="own-results",
            )  # fmt: skip
        with gr.Column(scale=5, min_width=320):
            panel = build_panel("Result", "Nothing picked yet.")

    def fill(request: gr.Request) -> list[Any]:
        service.store.prune()  # removes old results even if no job runs
        folders = service.store.all_of(visitor_of(request))
        shown = [(folder, Result.load(folder)) for folder in folders]
        captions = [(str(folder / one.picture), one.title) for folder, one in shown]
        return [captions, [folder.name for folder in folders]]

    def pick(event: gr.SelectData, known: list[str], request: gr.Request) -> list[Any]:
        try:
            name = known[int(event.index)]
            return Panel.values(service.store.folder(visitor_of(request), name))
        except (CaddisError, IndexError) as error:
            raise gr.Error("This result does not exist any more.", print_exception=False) from error

    for opened in (page.load, tab.select):
        opened(fill, outputs=[pictures, names], **QUICK)
    pictures.select(pick, names, panel.outputs, **QUICK)
