"""A web of the page again elsewhere: as a command, and as a few lines of Python."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from caddis.app.page.jobs.snippets import plain
from caddis.app.structures import SingleSamples

if TYPE_CHECKING:
    from caddis.app.page.jobs.web_design import Design

_SAMPLES = ("model", "count", "seed", "nodes", "mean_degree", "edge_length_mm", "kind")
_PLACES = ("curve", "radius_mm", "pitch_mm", "turns", "start", "end", "path", "seed")
_FORMULA = ("x", "y", "z")
_PRINT = ("diameter_mm", "process", "base", "size_mm", "lie_flat")


def web_command(design: Design) -> str:
    """Return the command that makes the same solid."""
    verb = "generate" if isinstance(design.asked, SingleSamples) else "assemble"
    words = [f"--{name.replace('_', '-')} {_word(value)}".rstrip()
             for name, value in design.command()]  # fmt: skip
    return f"caddis web {verb} {' '.join(words)} --out web.3mf"


def _word(value: object) -> str:
    if value is True:
        return ""
    return shlex.quote(plain(value))


def web_python(design: Design) -> str:
    """Return Python that makes the same solid."""
    given = dict(design.command())
    printed = _arguments({name: given[name] for name in _PRINT if name in given})
    samples = _arguments({name: given[name] for name in _SAMPLES if name in given})
    if isinstance(design.asked, SingleSamples):
        made = [f"(web,) = caddis.generate_webs({samples})"]
    else:
        if "count" not in given:
            samples = f"count={design.asked.count}, {samples}"
        places = {name: given[name] for name in _PLACES if name in given}
        if any(name in given for name in _FORMULA):
            places["formula"] = tuple(getattr(design.asked, name) for name in _FORMULA)
        made = [
            f"samples = caddis.generate_webs({samples})",
            f"web, _ = caddis.assemble_webs(samples, {_arguments(places)})",
        ]
    # the command's base when left out, which is not the library's
    base = "" if "base" in given else f"base={design.fabrication.base!r}, "
    return "\n".join([
        "import caddis", "", *made,
        f"solid = caddis.web_solid(web, caddis.SolidOptions({base}{printed}))",
        'caddis.export(solid.mesh, "web.3mf")', "",
    ])  # fmt: skip


def _arguments(given: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in given.items())
