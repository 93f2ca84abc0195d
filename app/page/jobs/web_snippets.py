"""Command and Python code that make a web of the page again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caddis.app.making.web_options import SingleSamples
from caddis.app.page.jobs.snippets import arguments, flags

if TYPE_CHECKING:
    from caddis.app.page.jobs.web_design import Design

_SAMPLES = ("model", "count", "seed", "nodes", "mean_degree", "edge_length_mm", "kind")
_PLACES = ("curve", "radius_mm", "pitch_mm", "turns", "start", "end", "path", "seed")
_FORMULA = ("x", "y", "z")
_PRINT = ("diameter_mm", "process", "base", "size_mm", "lie_flat")


def web_command(design: Design) -> str:
    """Return the command that makes the same solid."""
    verb = "generate" if isinstance(design.asked, SingleSamples) else "assemble"
    return f"caddis web {verb} {flags(dict(design.changed_options()))} --out web.3mf"


def web_python(design: Design) -> str:
    """Return Python that makes the same solid."""
    given = dict(design.changed_options())
    printed = arguments({name: given[name] for name in _PRINT if name in given})
    samples = arguments({name: given[name] for name in _SAMPLES if name in given})
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
            f"web, _ = caddis.assemble_webs(samples, {arguments(places)})",
        ]
    return "\n".join([
        "import caddis", "", *made,
        f"solid = caddis.web_solid(web, caddis.SolidOptions({printed}))",
        'caddis.export(solid.mesh, "web.3mf")', "",
    ])  # fmt: skip
