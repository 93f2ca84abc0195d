"""The fields of each kind of job, taken from the option dataclasses that all interfaces share."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, get_origin

from caddis.app.making.web_options import SingleSamples, Structure
from caddis.app.outputs import FORMATS
from caddis.generation.request import Request, Sampling
from caddis.geometry.errors import ConfigError
from caddis.geometry.options.checked import annotation, check_field, parts
from caddis.geometry.options.kinds import Process, Seed
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.options.webs import SolidOptions

_OWN = frozenset({"seed", "count", "weights", "device", "sampling"})
"""Options that a job cannot set, or that have another meaning in a batch."""
_DECLARED: dict[str, tuple[type, ...]] = {
    "generate": (Request, Sampling),
    "reconstruct": (ReconstructOptions,),
    "web": (SingleSamples, Structure, SolidOptions),
}
_WORDS = {"generate": "to generate", "reconstruct": "to reconstruct", "web": "for a web"}
_COMMON = ("id", "count", "seed", "formats", "process")

ALIASES = {"format": "formats", "height": "height_mm"}
"""Other names of some fields."""
FILES = ("scan", "web", "path")
"""Fields that name a file; relative paths start at the folder of the jobs file."""


@cache
def owners(kind: str) -> dict[str, type]:
    """Return the fields of a kind of job, each with the dataclass that declares it."""
    found: dict[str, type] = {}
    for owner in _DECLARED[kind]:
        for one in fields(owner):
            if one.name not in _OWN:
                found.setdefault(one.name, owner)
    return found


@cache
def _curve_fields() -> frozenset[str]:
    """Return the fields that only a web along a curve can have."""
    single = {one.name for one in fields(SingleSamples)}
    return frozenset({one.name for one in fields(Structure)} - single - {"curve"} | {"samples"})


def known(kind: str) -> set[str]:
    """Return the names of the fields of a kind of job."""
    more = {"reconstruct": {"scan"}, "web": {"samples"}}.get(kind, set())
    return {*_COMMON, *owners(kind), *more}


def kind_of(names: Collection[str]) -> str:
    """Return the kind of a job that has these fields."""
    if "scan" in names:
        return "reconstruct"
    return "web" if set(names) & (known("web") - set(_COMMON)) else "generate"


def checked(kind: str, names: Collection[str]) -> None:
    """Check that a job of this kind can have these fields together.

    Raises:
        ValueError: It cannot; the message says why.
    """
    for name in names:
        if name == "image":
            raise ValueError("the generator takes no images: give a text or a category")
        if name not in known(kind):
            raise ValueError(f"a job {_WORDS[kind]} has no field {name!r}")
        if name in _curve_fields() and "curve" not in names:
            raise ValueError(f"{name} needs a curve")
    if "curve" in names and "edge_length_mm" in names:
        raise ValueError("along a curve the number of samples decides their edge length")


def read(kind: str, name: str, value: Any) -> Any:
    """Return the value of a field, converted to its declared type; paths as text.

    Raises:
        ValueError: The value is not allowed; the message says what is.
    """
    if name in {"id", "scan"}:
        return str(value)
    if name == "formats":
        return _formats(value)
    owner, declared = _declared(kind, name)
    allowed = parts(annotation(owner, declared))
    if any(get_origin(part) is tuple for part in allowed) and isinstance(value, str):
        value = _listed(value)
    if str in allowed and isinstance(value, int | float):
        value = str(value)  # YAML reads a text of digits as a number
    try:
        found = check_field(owner, declared, value)
    except ConfigError as error:
        raise ValueError(error.what.replace(declared, name, 1)) from None
    return str(found) if isinstance(found, Path) else found


class _CommonFields:
    """Fields of all kinds of jobs."""

    count: int
    seed: Seed
    process: Process


def _declared(kind: str, name: str) -> tuple[type, str]:
    if name == "samples":
        return Structure, "count"
    if name in {"count", "seed", "process"}:
        return _CommonFields, name
    return owners(kind)[name], name


def _formats(value: object) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(name.lower().removeprefix(".") for name in _listed(value)))
    if not kinds or set(kinds) - set(FORMATS):
        raise ValueError(f"formats must be some of {', '.join(FORMATS)}, not {value!r}")
    return kinds


def _listed(value: object) -> list[str]:
    names = value if isinstance(value, list | tuple) else re.split(r"[\s,;+|]+", str(value).strip())
    return [str(name) for name in names]
