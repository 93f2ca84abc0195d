"""Turns a job's events into status lines and readable errors for the page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import gradio as gr

from caddis.app.page.jobs.worker_process import Event
from caddis.app.page.parts import texts
from caddis.geometry.errors import CaddisError

PROCESSES = ["fdm", "sla", "sls"]
WORK: dict[str, Any] = {
    "concurrency_id": "work", "api_visibility": "private", "show_progress": "minimal",
}  # fmt: skip
"""Arguments of Gradio events that start a job: they wait in one queue."""
QUICK: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}
"""Arguments of Gradio events that answer at once."""


def with_status(events: Iterator[Event]) -> Iterator[tuple[Event, str]]:
    """Yield each event with the status line that goes with it.

    Raises:
        gr.Error: The job was refused or failed; the message says why.
    """
    start, text, done, of = time.monotonic(), "starting", 0, 0
    try:
        for event in events:
            if event["event"] == "progress":
                text = str(event["text"])
                done, of = int(event.get("done", 0)), int(event.get("of", 0))
            yield event, texts.progress(text, time.monotonic() - start, done, of)
    except CaddisError as error:
        raise gr.Error(str(error), duration=None, print_exception=False) from error
    finally:
        close = getattr(events, "close", None)
        if close is not None:
            close()  # stops the job if the visitor has left
