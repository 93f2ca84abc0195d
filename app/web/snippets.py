"""The same again elsewhere: a result as a command and as a few lines of Python."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generation.pipeline import Request

_SHOWN = (
    "text", "category", "seed", "count", "height_mm", "process", "surface", "resolution", "faces",
)  # fmt: skip


def create_snippets(request: Request, start: list[int], item: int) -> tuple[str, str]:
    """Return the command and the Python that make one object of a request again.

    An object that was varied from another's first tokens has no command.
    """
    defaults = {field.name: field.default for field in fields(request)}
    given = {
        name: value
        for name in _SHOWN
        if (value := getattr(request, name)) != defaults[name] or name == "seed"
    }
    if request.sampling != type(request.sampling)():
        given["guidance"] = request.sampling.guidance
    if start:
        return "", _varied(given, start, item)
    options = " ".join(
        f"--{name.replace('_', '-')} {shlex.quote(_plain(value))}" for name, value in given.items()
    )
    which = f"  # object {item + 1}" if request.count > 1 else ""
    command = f"caddis generate {options} --out out/{which}"
    arguments = ", ".join(f"{name}={value!r}" for name, value in given.items())
    python = f"import caddis\n\nmade = caddis.generate({arguments})[{item}]\n"
    return command, python + 'caddis.export(made, "made.3mf")\n'


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _varied(given: Mapping[str, Any], start: list[int], item: int) -> str:
    guidance = given.get("guidance")
    rest = {name: value for name, value in given.items() if name != "guidance"}
    arguments = ", ".join(f"{name}={value!r}" for name, value in rest.items())
    if guidance is not None:
        arguments += f", sampling=Sampling(guidance={guidance!r})"
    sampling = "from generation.sampling import Sampling\n" if guidance is not None else ""
    return (
        f"import caddis\nfrom generation.pipeline import Request, generate\n{sampling}\n"
        f"start = {start}\n"
        f"made = list(generate(Request({arguments}), start=start))[{item}]\n"
        'caddis.export(made, "made.3mf")\n'
    )


def file_snippets(kind: str, options: Mapping[str, Any]) -> dict[str, str]:
    """Return "command" and "python" for work on a file of the visitor's."""
    name, process = str(options["name"]), str(options["process"])
    height = options.get("height_mm")
    said, given = "", ""
    if height:
        said, given = f" --height-mm {height:g}", f", height_mm={height:g}"
    if process != "fdm":
        said += f" --process {process}"
    out = "" if kind == "check" else " --out out.3mf"
    switches = "".join(
        f" --{flag.replace('_', '-')}" for flag in ("thicken_walls", "base") if options.get(flag)
    )
    python = {
        "check": f"report = caddis.check({name!r}, process={process!r})\nprint(report.status)\n",
        "reconstruct": f"solid = caddis.reconstruct({name!r}{given})\n"
        'caddis.export(solid, "out.3mf")\n',
        "repair": "from geometry.repair import repair\n\n"
        f"mended = repair(caddis.load({name!r}), {process!r}, "
        f"thicken_walls={bool(options.get('thicken_walls'))}, base={bool(options.get('base'))})\n"
        'caddis.export(mended.mesh, "out.3mf")\n',
    }[kind]
    return {
        "command": f"caddis {kind} {shlex.quote(name)}{said}{switches}{out}",
        "python": f"import caddis\n{python}" if kind == "repair" else f"import caddis\n\n{python}",
    }
