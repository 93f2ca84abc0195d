"""Caddis: solids that print, from words, categories or scans. This module is the public API.

Example:
    >>> import caddis
    >>> stool = caddis.generate("a round wooden stool", seed=7)[0]
    >>> caddis.export(stool, "stool.3mf").name
    'stool.3mf'
    >>> caddis.check("stool.3mf").is_solid
    True

`python -m caddis` is the command line. Importing this module is cheap: what a function needs
is imported when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caddis.version import VERSION

# In a checkout that is not installed, such as one on a borrowed machine, the packages lie beside
# this folder; in a wheel they lie inside it.
_beside = Path(__file__).resolve().parent.parent
if (_beside / "pyproject.toml").is_file() and (_beside / "geometry").is_dir():
    __path__.append(str(_beside))

if TYPE_CHECKING:
    from caddis.app.api.batch import run_batch
    from caddis.app.api.shapes import (
        categories,
        check,
        export,
        generate,
        load,
        reconstruct,
        repair,
    )
    from caddis.app.api.webs import assemble_webs, generate_webs, train_webs
    from caddis.app.batch.journal import Outcome
    from caddis.app.batch.plates import Plate
    from caddis.app.batch.run import BatchResult
    from caddis.app.making.generate import Generation, Refused
    from caddis.app.making.made import Made
    from caddis.data.webs.kinds import build_web
    from caddis.generation.webs.assembly import AssemblyReport
    from caddis.geometry.errors import CaddisError
    from caddis.geometry.gate import Check, GateReport, Profile
    from caddis.geometry.options.webs import SolidOptions
    from caddis.geometry.webs import Web, WebParameters, web_parameters
    from caddis.geometry.webs.drawing import draw_web
    from caddis.geometry.webs.files import read_web, write_web
    from caddis.geometry.webs.mechanics import Response, Stiffness, stretch
    from caddis.geometry.webs.mechanics.material import Material
    from caddis.geometry.webs.solid import WebSolid, web_solid

__version__ = VERSION
__all__ = [
    "AssemblyReport",
    "BatchResult",
    "CaddisError",
    "Check",
    "GateReport",
    "Generation",
    "Made",
    "Material",
    "Outcome",
    "Plate",
    "Profile",
    "Refused",
    "Response",
    "SolidOptions",
    "Stiffness",
    "Web",
    "WebParameters",
    "WebSolid",
    "assemble_webs",
    "build_web",
    "categories",
    "check",
    "draw_web",
    "export",
    "generate",
    "generate_webs",
    "load",
    "read_web",
    "reconstruct",
    "repair",
    "run_batch",
    "stretch",
    "train_webs",
    "web_parameters",
    "web_solid",
    "write_web",
]

_PLACES = {
    "app.api.batch": ("run_batch",),
    "app.api.shapes": (
        *("categories", "check", "export", "generate", "load", "reconstruct", "repair"),
    ),
    "app.api.webs": ("assemble_webs", "generate_webs", "train_webs"),
    "app.batch.journal": ("Outcome",),
    "app.batch.plates": ("Plate",),
    "app.batch.run": ("BatchResult",),
    "app.making.generate": ("Generation", "Refused"),
    "app.making.made": ("Made",),
    "data.webs.kinds": ("build_web",),
    "generation.webs.assembly": ("AssemblyReport",),
    "geometry.errors": ("CaddisError",),
    "geometry.gate": ("Check", "GateReport", "Profile"),
    "geometry.options.webs": ("SolidOptions",),
    "geometry.webs": ("Web", "WebParameters", "web_parameters"),
    "geometry.webs.drawing": ("draw_web",),
    "geometry.webs.files": ("read_web", "write_web"),
    "geometry.webs.mechanics": ("Response", "Stiffness", "stretch"),
    "geometry.webs.mechanics.material": ("Material",),
    "geometry.webs.solid": ("WebSolid", "web_solid"),
}
_HOMES = {name: module for module, names in _PLACES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"caddis.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
