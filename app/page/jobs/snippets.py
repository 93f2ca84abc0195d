"""Commands and Python code that make a result again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caddis.generation.request import Request

_HIDDEN = frozenset({"device", "preset", "weights", "candidates"})
"""Options of a request that the page does not offer."""


def create_snippets(request: Request, start: list[int], item: int) -> tuple[str, str]:
    """Return the command and the Python code that make one object of a request again.

    There is no command for an object that was varied from another's first tokens.
    """
    given = {
        name: value
        for name, value in changed(request).items()
        if name not in _HIDDEN and name != "sampling"
    }
    given |= {"seed": request.seed, **changed(request.sampling)}
    if start:
        return "", _varied(given, start, item)
    which = f"  # object {item + 1}" if request.count > 1 else ""
    command = f"caddis generate {flags(given)} --out out/{which}"
    python = f"import caddis\n\nmade = caddis.generate({arguments(given)})[{item}]\n"
    return command, python + 'caddis.export(made, "made.3mf")\n'


def changed(options: Any) -> dict[str, Any]:
    """Return the options that differ from their default."""
    return {
        one.name: value
        for one in fields(options)
        if (value := getattr(options, one.name)) != one.default
    }


def flags(given: Mapping[str, Any]) -> str:
    """Return options as command-line flags."""
    words = []
    for name, value in given.items():
        flag = f"--{name.replace('_', '-')}"
        words.append(flag if value is True else f"{flag} {shlex.quote(plain(value))}")
    return " ".join(words)


def arguments(given: Mapping[str, Any]) -> str:
    """Return options as Python keyword arguments."""
    return ", ".join(f"{name}={value!r}" for name, value in given.items())


def plain(value: object) -> str:
    """Return a value as text for the command line; numbers keep all their digits."""
    if isinstance(value, float):
        # without an exponent: "-1e-05" would be read as the name of an option
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return str(value)


def _varied(given: Mapping[str, Any], start: list[int], item: int) -> str:
    rest = {name: value for name, value in given.items() if name != "guidance"}
    asked, names = arguments(rest), "Request"
    if "guidance" in given:
        asked += f", sampling=Sampling(guidance={given['guidance']!r})"
        names = "Request, Sampling"
    return (
        f"import caddis\nfrom caddis.app.making.generate import generated\n"
        f"from caddis.generation.request import {names}\n\n"
        f"start = {start}\n"
        f"made = list(generated(Request({asked}), start=start))[{item}]\n"
        'caddis.export(made, "made.3mf")\n'
    )


def file_snippets(kind: str, name: str, options: Any) -> tuple[str, str]:
    """Return the command and the Python code of a job on an uploaded file.

    Args:
        kind: "check", "reconstruct" or "repair".
        name: The visitor's name of the file.
        options: `CheckOptions`, `ReconstructOptions` or `RepairOptions`.
    """
    given = {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in changed(options).items()
    }
    options_text = f" {flags(given)}" if given else ""
    asked = f", {arguments(given)}" if given else ""
    if kind == "check":
        python = f"report = caddis.check({name!r}{asked})\nprint(report.status)\n"
        return f"caddis check {shlex.quote(name)}{options_text}", f"import caddis\n\n{python}"
    command = f"caddis {kind} {shlex.quote(name)}{options_text} --out out.3mf"
    python = f'solid = caddis.{kind}({name!r}{asked})\ncaddis.export(solid, "out.3mf")\n'
    return command, f"import caddis\n\n{python}"
