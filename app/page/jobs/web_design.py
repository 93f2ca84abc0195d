"""The options of a web on the page, converted to those of the commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from caddis.app.making.web_options import SingleSamples, Structure
from caddis.generation.webs.registry import WEB_GENERATORS, load_web_generator
from caddis.geometry.errors import ConfigError, WeightsError
from caddis.geometry.options.webs import SolidOptions

SINGLE = "single"
"""Value of the option curve for one sample without a curve."""
FROM_FILE = frozenset({"polyline", "surface", "inside"})
MAX_SAMPLES = 120
_SHARED = ("model", "nodes", "mean_degree", "seed")
_LAID = ("curve", "x", "y", "z", "start", "end", "radius_mm", "pitch_mm", "turns", "count")
_PRINTED = ("diameter_mm", "process", "base", "size_mm", "lie_flat")
_OPEN = frozenset({"nodes", "mean_degree", "size_mm"})
"""Options that may be empty."""
_NEEDED = [name for name in (*_SHARED, *_LAID, *_PRINTED) if name not in _OPEN]


@dataclass(frozen=True)
class Design:
    """The options of one web.

    Attributes:
        asked: Options of the sample, or of the structure of many samples.
        printed: Options of the solid.
        axis: Direction of the pull whose forces are drawn.
        file_name: The visitor's name of the file that a structure follows; empty if there is none.
    """

    asked: SingleSamples | Structure
    printed: SolidOptions
    axis: str = "x"
    file_name: str = ""

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Design:
        """Return the design for a job's options; see `app.page.server.job_models.WebJob`.

        Raises:
            ConfigError: An option is out of range, or empty although it must not be.
        """
        empty = [name for name in _NEEDED if name in options and options[name] is None]
        if empty:
            raise ConfigError(f"{', '.join(empty)}: left empty", "", "Enter a value.")
        count, curve = options.get("count", 2), options.get("curve", "helix")
        if not 2 <= count <= MAX_SAMPLES:
            raise ConfigError(f"samples must be 2 to {MAX_SAMPLES}", "")
        given = {name: options[name] for name in _SHARED if name in options}
        if given.get("model", "pieces") == "pieces":
            given["kind"] = options.get("web_kind")
        asked: SingleSamples | Structure
        if curve == SINGLE:
            asked = SingleSamples(**given, edge_length_mm=options.get("edge_length_mm"))
        else:
            given |= {name: options[name] for name in _LAID if name in options}
            file = options.get("file")
            if curve in FROM_FILE and file is None:
                raise ConfigError("this curve needs a file", "", "Upload one.")
            if options.get("edge_length_mm") is not None:
                raise ConfigError("along a curve the samples' size follows from their number", "")
            asked = Structure(**given, path=None if file is None else Path(file))
        printed = {name: options[name] for name in _PRINTED if name in options}
        return cls(
            asked, SolidOptions(**printed), options.get("axis", "x"), options.get("name", "")
        )

    @property
    def title(self) -> str:
        """Title of the web."""
        return self.asked.title()

    def changed_options(self) -> list[tuple[str, Any]]:
        """Return the options of the equivalent command that differ from their default."""
        given = [*_changed(self.asked), *_changed(self.printed)]
        return [(name, self.file_name if name == "path" else value) for name, value in given]


def _changed(asked: Any) -> list[tuple[str, Any]]:
    return [
        (one.name, value)
        for one in fields(asked)
        if (value := getattr(asked, one.name)) != one.default or one.name == "seed"
    ]


def models_that_load() -> list[str]:
    """Return the names of the generators whose weights can be loaded."""
    found = []
    for name in WEB_GENERATORS:
        try:
            if name != "pieces":  # they have no weights, and take seconds to build
                load_web_generator(name)
        except WeightsError:
            continue
        found.append(name)
    return found
