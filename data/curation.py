"""Corrections of the labels and axes of the open mix.

Two files beside this module hold the corrections, each with its reason: `curation.toml` has
rules for many objects with the same fault (such as "corn" found inside "corner"), and
`curation.csv` has lines for single objects. A line overrides every rule.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import DataError

RULES = Path(__file__).with_name("curation.toml")
LINES = Path(__file__).with_name("curation.csv")
_TURNS = re.compile(r"([xyz]-?\d+( [xyz]-?\d+)*)?")
_FIELDS = ("source", "pack", "name", "category", "turn", "drop", "reason")
_VARIANT = re.compile(r"(?: (?:\d+|[a-d]))+$")  # "table round b 01" is one more "table round"


@dataclass(frozen=True)
class Curated:
    """The corrected description of one object.

    Attributes:
        category: Lower-case name with underscores; "" when no category fits.
        rotation: (3, 3) float64 that turns a raw column vector into the canonical frame
            (Z up, front along -Y), or None when the object already stands so.
        drop_reason: Why the object must not be used, or None.
    """

    category: str
    rotation: NDArray[np.float64] | None
    drop_reason: str | None


@dataclass(frozen=True)
class _Line:
    """A correction of one object; a field that is None is left to the rules."""

    category: str | None
    turn: str | None
    drop: bool
    reason: str


@dataclass(frozen=True)
class _Rule:
    """A correction of every object that it matches; its fields are explained in curation.toml."""

    categories: frozenset[str]
    source: str
    pack: re.Pattern[str] | None
    name: re.Pattern[str] | None
    category: str
    turn: str
    drop: bool
    reason: str

    def fits(self, category: str, source: str, name: str, tags: str) -> bool:
        return (
            (not self.categories or category in self.categories)
            and fnmatchcase(source, self.source)
            and (self.pack is None or bool(self.pack.search(tags)))
            and (self.name is None or bool(self.name.fullmatch(name)))
        )


@dataclass(frozen=True)
class _Rules:
    labels: tuple[_Rule, ...]
    fronts: tuple[_Rule, ...]
    synonyms: dict[str, str]
    aliases: dict[str, str]
    parents: dict[str, tuple[str, ...]]


def curated(
    record_id: str, label: str, source: str, name: str, tags: str | Sequence[str] = ""
) -> Curated:
    """Return the corrected category and orientation of an object, and whether to drop it.

    Args:
        record_id: The id in the data set.
        label: The label in the data set: a guess, possibly "".
        source: The source in the data set, for example "quaternius".
        name: The object's name.
        tags: The object's tags; for some sources they name the pack, which rules need.

    Raises:
        DataError: One of the two files of corrections is damaged.
    """
    tags = tags if isinstance(tags, str) else ", ".join(tags)
    stem = _VARIANT.sub("", name.lower())
    rules, line = _rules(), _lines().get(record_id)
    rule = _first(rules.labels, label, source, stem, tags)
    category = rule.category if rule else rules.synonyms.get(label, label)
    dropping = rule.reason if rule and rule.drop else None
    if line is not None and (line.drop or line.category is not None):
        category = line.category or ""
        dropping = line.reason if line.drop else None
    if line is not None and line.turn is not None:
        turn = line.turn
    else:
        front = _first(rules.fronts, category, source, stem, tags)
        turn = front.turn if front else ""
    return Curated(category, _rotation(turn), dropping)


def ancestors(category: str) -> tuple[str, ...]:
    """Return the wider categories that contain `category`, nearest first; () at the top."""
    return _rules().parents.get(category, ())


def members(word: str) -> tuple[str, ...]:
    """Return the categories that a user's word covers, sorted.

    A category covers itself and every category that lists it as a parent: "lamp" covers desk, floor
    and ceiling lamps. Spaces, capitals and everyday names ("couch") are understood. An unknown word
    covers only itself.
    """
    rules = _rules()
    plain = "_".join(word.lower().split())
    plain = rules.aliases.get(plain, plain)
    below = (name for name, above in rules.parents.items() if plain in above)
    return tuple(sorted({plain, *below}))


def _first(
    rules: tuple[_Rule, ...], category: str, source: str, name: str, tags: str
) -> _Rule | None:
    return next((rule for rule in rules if rule.fits(category, source, name, tags)), None)


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    try:
        table: dict[str, Any] = tomllib.loads(RULES.read_text(encoding="utf-8"))
        return _Rules(
            labels=tuple(_rule(entry, "label") for entry in table["rule"]),
            fronts=tuple(_rule(entry, "category_in") for entry in table["front"]),
            synonyms=table["synonyms"],
            aliases=table["aliases"],
            parents={name: tuple(above) for name, above in table["parents"].items()},
        )
    except (OSError, ValueError, KeyError, re.error) as error:
        raise DataError(f"the curation rules cannot be read: {error!r}", str(RULES)) from error


def _rule(entry: Mapping[str, Any], categories: str) -> _Rule:
    unknown = set(entry) - {categories, *_FIELDS}
    if unknown or not entry["reason"]:
        raise ValueError(f"unknown fields {unknown} or no reason in {dict(entry)}")
    return _Rule(
        categories=frozenset(entry.get(categories, ())),
        source=entry.get("source", "*"),
        pack=re.compile(entry["pack"], re.IGNORECASE) if "pack" in entry else None,
        name=re.compile(entry["name"]) if "name" in entry else None,
        category=entry.get("category", ""),
        turn=_checked(entry.get("turn", "")),
        drop=entry.get("drop", False),
        reason=entry["reason"],
    )


@lru_cache(maxsize=1)
def _lines() -> dict[str, _Line]:
    try:
        with LINES.open(encoding="utf-8", newline="") as stream:
            return {row["id"]: _line(row) for row in csv.DictReader(stream)}
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"the curation lines cannot be read: {error!r}", str(LINES)) from error


def _line(row: Mapping[str, str]) -> _Line:
    if not row["reason"]:
        raise ValueError(f"no reason for {row['id']}")
    return _Line(
        category={"": None, "-": ""}.get(row["category"], row["category"]),
        turn=_checked(row["rotation"]) or None,
        drop=row["drop"] == "yes",
        reason=row["reason"],
    )


def _checked(turn: str) -> str:
    if not _TURNS.fullmatch(turn):
        raise ValueError(f"not a list of turns such as 'x90 z-90': {turn}")
    return turn


def _rotation(turns: str) -> NDArray[np.float64] | None:
    """Multiply turns such as "x90 z-90" (degrees, right-handed), the first applied first."""
    matrix = np.eye(3)
    for turn in turns.split():
        matrix = _turn(turn[0], np.deg2rad(float(turn[1:]))) @ matrix
    return matrix if turns else None


def _turn(axis: str, angle: float) -> NDArray[np.float64]:
    cosine, sine = np.cos(angle), np.sin(angle)
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = cosine
    matrix[i, j], matrix[j, i] = -sine, sine
    return np.round(matrix, 12)
