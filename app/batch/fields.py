"""The fields that a job may have, by kind of job, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from caddis.app.outputs import FORMATS

Reader = Callable[[Any], Any]
"""Returns the value that was meant; raises ValueError, TypeError or OverflowError if none was."""


def whole(value: object) -> int:
    """Read a whole number."""
    if isinstance(value, bool) or (isinstance(value, float) and value != int(value)):
        raise ValueError
    return int(str(value)) if isinstance(value, str) else int(value)  # type: ignore[call-overload]


def number(value: object) -> float:
    """Read a number."""
    if isinstance(value, bool):
        raise ValueError
    return float(value)  # type: ignore[arg-type]


def truth(value: object) -> bool:
    """Read true or false, which spreadsheets write in many ways."""
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if (word := str(value).strip().lower()) not in words:
        raise ValueError
    return words[word]


def _formats(value: object) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(name.lower().removeprefix(".") for name in _listed(value)))
    if not kinds or set(kinds) - set(FORMATS):
        raise ValueError
    return kinds


def _three(value: object) -> tuple[float, float, float]:
    x, y, z = (number(one) for one in _listed(value))
    return x, y, z


def _listed(value: object) -> list[str]:
    names = value if isinstance(value, list) else re.split(r"[\s,;+|]+", str(value).strip())
    return [str(name) for name in names]


_COMMON: dict[str, Reader] = {
    "id": str, "count": whole, "seed": whole, "formats": _formats, "process": str,
}  # fmt: skip
_CURVE: dict[str, Reader] = {
    "samples": whole, "x": str, "y": str, "z": str, "start": number, "end": number, "path": str,
    "radius_mm": number, "pitch_mm": number, "turns": number, "keep_ends": truth,
}  # fmt: skip
"""Fields of a web that need a curve."""
_WEB: dict[str, Reader] = {
    "model": str, "kind": str, "web": str, "nodes": whole, "edges": whole, "mean_degree": number,
    "edge_length_mm": number, "orientation": _three, "curve": str, "diameter_mm": number,
    "base": str, "bar_mm": number, "size_mm": number, "lie_flat": truth, "fineness": number,
    **_CURVE,
}  # fmt: skip
_KINDS: dict[str, dict[str, Reader]] = {
    "generate": {
        "text": str, "category": str, "height_mm": number, "preset": str, "surface": str,
        "resolution": whole, "faces": whole, "candidates": whole, "guidance": number,
        "temperature": number, "top_p": number,
    },
    "reconstruct": {
        "scan": str, "height_mm": number, "surface": str, "resolution": whole, "faces": whole,
        "unit": str, "up": str, "voxel_mm": number, "noise_mm": number, "keep_outliers": truth,
    },
    "web": _WEB,
}  # fmt: skip
_WORDS = {"generate": "to generate", "reconstruct": "to reconstruct", "web": "for a web"}

ALIASES = {"profile": "process", "format": "formats", "height": "height_mm"}
"""Other names of some fields."""
FILES = ("scan", "web", "path")
"""Fields that name a file beside the jobs."""


def kind_of(names: Collection[str]) -> str:
    """Return the kind of a job that states these fields."""
    if "scan" in names:
        return "reconstruct"
    return "web" if set(names) & set(_WEB) else "generate"


def known(kind: str) -> dict[str, Reader]:
    """Return the fields of a kind of job."""
    return _COMMON | _KINDS[kind]


def checked(kind: str, names: Collection[str]) -> None:
    """Refuse fields that a job of this kind cannot have, or not together.

    Raises:
        ValueError: What is wrong, in words.
    """
    for name in names:
        if name == "image":
            raise ValueError("the generator takes no images: say text or category")
        if name not in known(kind):
            raise ValueError(f"a job {_WORDS[kind]} has no field {name!r}")
        if name in _CURVE and "curve" not in names:
            raise ValueError(f"{name} needs a curve")
    if "curve" in names and "edge_length_mm" in names:
        raise ValueError("along a curve the samples' size follows from their number")
