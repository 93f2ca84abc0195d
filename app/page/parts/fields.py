"""Fields of the page with the limits and defaults of the options that declare them."""

from __future__ import annotations

from typing import Any

import gradio as gr

from caddis.geometry.options.checked import choices, limits

_JSON_INTEGER = 2**53  # larger ones lose digits on their way to the browser
LEFT_OPEN = 0
"""What an optional number shows: an empty field of Gradio's sends 0 once it has been shown."""


def number(owner: type, name: str, label: str, **more: Any) -> Any:
    """Return a field for a number that has a default."""
    least, most = limits(owner, name)
    most = None if most is None else min(most, _JSON_INTEGER)
    return gr.Number(getattr(owner, name), label=label, minimum=least, maximum=most, **more)


def optional_number(owner: type, name: str, label: str, **more: Any) -> Any:
    """Return a field for a number that may be left open, with `LEFT_OPEN`."""
    _, most = limits(owner, name)
    return gr.Number(LEFT_OPEN, label=label, minimum=LEFT_OPEN, maximum=most, **more)


def slider(owner: type, name: str, label: str, **more: Any) -> Any:
    """Return a slider for a number that has a default; `minimum` and `maximum` may be narrower."""
    least, most = limits(owner, name)
    given = {"minimum": least, "maximum": most, **more}
    return gr.Slider(value=getattr(owner, name), label=label, **given)


def choice(owner: type, name: str) -> list[str]:
    """Return the words that a field may be."""
    return list(choices(owner, name))
