"""Fields of the page with the limits and defaults of the options that declare them."""

from __future__ import annotations

from typing import Any

import gradio as gr

from caddis.geometry.options.checked import choices, limits

_JSON_INTEGER = 2**53  # larger ones lose digits on their way to the browser
UNSET = 0
"""Value of an optional number that is not set: Gradio sends 0 for a field that was emptied."""


def number(owner: type, name: str, label: str, **more: Any) -> Any:
    """Return a field for a number that has a default."""
    least, most = limits(owner, name)
    most = None if most is None else min(most, _JSON_INTEGER)
    return gr.Number(getattr(owner, name), label=label, minimum=least, maximum=most, **more)


def optional_number(owner: type, name: str, label: str, **more: Any) -> Any:
    """Return a field for an optional number, which starts as `UNSET`."""
    _, most = limits(owner, name)
    return gr.Number(UNSET, label=label, minimum=UNSET, maximum=most, **more)


def slider(owner: type, name: str, label: str, **more: Any) -> Any:
    """Return a slider for a number that has a default; `minimum` and `maximum` may be narrower."""
    least, most = limits(owner, name)
    given = {"minimum": least, "maximum": most, **more}
    return gr.Slider(value=getattr(owner, name), label=label, **given)


def choice(owner: type, name: str) -> list[str]:
    """Return the allowed values of a field."""
    return list(choices(owner, name))
