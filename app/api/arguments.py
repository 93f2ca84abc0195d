"""What the Python functions take besides the options that all front ends share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

from annotated_types import Interval

from caddis.app.making.web_options import Formula
from caddis.geometry.options.checked import check_field
from caddis.geometry.options.kinds import Device, Seed

Callback = Callable[..., object] | None
"""A function that is called with the progress of the work."""


class Arguments:
    """Arguments by name, with their types and limits; see `checked_argument`."""

    path: str | Path
    out: Path
    title: str | None
    licence: str | None
    record: Mapping[Any, Any] | None
    bodies: Annotated[int, Interval(ge=1, le=1_000_000)]
    formula: tuple[Formula, Formula, Formula]
    model: str
    steps: Annotated[int, Interval(ge=1, le=10_000_000)]
    batch: Annotated[int, Interval(ge=1, le=65_536)]
    seed: Seed
    device: Device
    on_token: Callback
    on_step: Callback
    on_done: Callback
    progress: Callback


def checked_argument(name: str, value: Any) -> Any:
    """Return an argument as its type in `Arguments` holds it.

    Raises:
        ConfigError: It has the wrong type or is outside its limits.
    """
    return check_field(Arguments, name, value)
