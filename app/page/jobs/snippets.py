"""The same again elsewhere: a result as a command and as a few lines of Python."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caddis.generation.pipeline import Request

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
        f"--{name.replace('_', '-')} {shlex.quote(plain(value))}" for name, value in given.items()
    )
    which = f"  # object {item + 1}" if request.count > 1 else ""
    command = f"caddis generate {options} --out out/{which}"
    arguments = ", ".join(f"{name}={value!r}" for name, value in given.items())
    python = f"import caddis\n\nmade = caddis.generate({arguments})[{item}]\n"
    return command, python + 'caddis.export(made, "made.3mf")\n'


def plain(value: object) -> str:
    """Return a value as an option of a command says it: a number with all its digits."""
    if isinstance(value, float):
        # never with an exponent: "-1e-05" would be read as the name of an option
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return str(value)


def _varied(given: Mapping[str, Any], start: list[int], item: int) -> str:
    guidance = given.get("guidance")
    rest = {name: value for name, value in given.items() if name != "guidance"}
    arguments = ", ".join(f"{name}={value!r}" for name, value in rest.items())
    if guidance is not None:
        arguments += f", sampling=Sampling(guidance={guidance!r})"
    sampling = "from caddis.generation.sampling import Sampling\n" if guidance is not None else ""
    return (
        f"import caddis\nfrom caddis.generation.pipeline import Request, generate\n{sampling}\n"
        f"start = {start}\n"
        f"made = list(generate(Request({arguments}), start=start))[{item}]\n"
        'caddis.export(made, "made.3mf")\n'
    )


def file_snippets(kind: str, options: Mapping[str, Any]) -> dict[str, str]:
    """Return "command" and "python" for work on a file of the visitor's."""
    name, process = str(options["name"]), str(options["process"])
    given = _not_default(options)
    said = "".join(f" --{flag.replace('_', '-')} {value}" for flag, value in given.items())
    if process != "fdm":
        said += f" --process {process}"
    out = "" if kind == "check" else " --out out.3mf"
    switches = "".join(
        f" --{flag.replace('_', '-')}" for flag in ("thicken_walls", "base") if options.get(flag)
    )
    python = {"check": _check_python, "reconstruct": _scan_python, "repair": _repair_python}[kind]
    return {
        "command": f"caddis {kind} {shlex.quote(name)}{said}{switches}{out}",
        "python": python(name, options, given),
    }


_DEFAULTS = {"height_mm": None, "surface": None, "resolution": None, "unit": "auto", "up": "z"}


def _not_default(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a reconstruction that are not as they are when left out."""
    given = {
        name: options[name]
        for name, default in _DEFAULTS.items()
        if options.get(name) not in {default, None}
    }
    return {name: int(v) if isinstance(v, float) and v.is_integer() else v
            for name, v in given.items()}  # fmt: skip


def _check_python(name: str, options: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    call = f"caddis.check({name!r}, process={options['process']!r})"
    return f"import caddis\n\nreport = {call}\nprint(report.status)\n"


def _scan_python(name: str, options: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    if "up" not in given:
        arguments = "".join(f", {key}={value!r}" for key, value in given.items())
        made = f"import caddis\n\nsolid = caddis.reconstruct({name!r}{arguments})\n"
        return made + 'caddis.export(solid, "out.3mf")\n'
    inner = {key: v for key, v in given.items() if key in {"surface", "resolution", "up"}}
    arguments = ", ".join(f"{key}={value!r}" for key, value in inner.items())
    height = f", height_mm={given['height_mm']!r}" if "height_mm" in given else ""
    unit = f", {given['unit']!r}" if "unit" in given else ""
    return (
        "import caddis\n"
        "from caddis.geometry.scans.reconstruct import Options, load_scan, reconstruct\n\n"
        f"scan = load_scan({name!r}{unit})\n"
        f"solid = reconstruct(scan{height}, options=Options({arguments}))\n"
        'caddis.export(solid.mesh, "out.3mf")\n'
    )


def _repair_python(name: str, options: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    switches = ", ".join(f"{flag}={bool(options.get(flag))}" for flag in ("thicken_walls", "base"))
    return (
        "import caddis\nfrom caddis.geometry.repair import repair\n\n"
        f"mended = repair(caddis.load({name!r}), {options['process']!r}, {switches})\n"
        'caddis.export(mended.mesh, "out.3mf")\n'
    )
