"""What is wrong with the labels and axes of the open mix, and how it is mended.

Two files beside this one hold the corrections, each with its reason: `curation.toml` has
rules (many objects share a cause, such as "corn" found inside "corner") and
`curation.csv` has single objects. A line for a single object beats every rule.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geometry.errors import DataError

RULES = Path(__file__).with_name("curation.toml")
LINES = Path(__file__).with_name("curation.csv")
_VARIANT = re.compile(r"(?: (?:\d+|[a-d]))+$")  # "table round b 01" is one more "table round"
_TURN = re.compile(r"([xyz])(-?\d+)")


@dataclass(frozen=True)
class Curated:
    """The mended description of one object.

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
    category: str | None
    rotation: str
    drop: bool
    reason: str


@dataclass(frozen=True)
class _Rule:
    label: frozenset[str]
    source: str
    pack: re.Pattern[str] | None
    name: re.Pattern[str] | None
    category: str | None
    drop: bool
    turn: str
    reason: str

    def fits(self, label: str, source: str, name: str, tags: str) -> bool:
        return (
            (not self.label or label in self.label)
            and fnmatchcase(source, self.source)
            and (self.pack is None or bool(self.pack.search(tags)))
            and (self.name is None or bool(self.name.fullmatch(name)))
        )


def curated(record_id: str, label: str, source: str, name: str, tags: str = "") -> Curated:
    """Return the mended category, orientation and fate of one object of the open mix.

    Args:
        record_id: The id in the data set.
        label: The label in the data set: a guess, possibly "".
        source: The source in the data set, for example "quaternius".
        name: The object's name.
        tags: The object's tags; for some sources they name the pack, which rules need.

    Raises:
        DataError: One of the two files of corrections is damaged.
    """
    line = _lines().get(record_id)
    rules, fronts, synonyms = _rules()
    name = _VARIANT.sub("", name.lower())
    rule = next((r for r in rules if r.fits(label, source, name, tags)), None)
    category = synonyms.get(label, label)
    if rule is not None and rule.category is not None:
        category = rule.category
    if line is not None and line.category is not None:
        category = line.category
    dropping = line if line is not None and (line.drop or line.category is not None) else rule
    reason = dropping.reason if dropping is not None and dropping.drop else None
    turns = line.rotation if line is not None and line.rotation else ""
    if not turns:
        front = next((r for r in fronts if r.fits(category, source, name, tags)), None)
        turns = front.turn if front is not None else ""
    return Curated(category, _rotation(turns), reason)


def ancestors(category: str) -> tuple[str, ...]:
    """Return the wider categories that contain `category`, nearest first."""
    return _hierarchy().get(category, ())


def members(word: str) -> tuple[str, ...]:
    """Return the categories that a user's word covers: itself and what lies below it."""
    below = [name for name, above in _hierarchy().items() if word in above]
    return tuple(sorted({word, *below}))


@lru_cache(maxsize=1)
def _hierarchy() -> dict[str, tuple[str, ...]]:
    table = _toml()["parents"]
    return {name: tuple(above) for name, above in table.items()}


@lru_cache(maxsize=1)
def _toml() -> dict[str, dict[str, list[str]]]:
    try:
        return tomllib.loads(RULES.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"the curation rules cannot be read: {error}", str(RULES)) from error


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[_Rule, ...], tuple[_Rule, ...], dict[str, str]]:
    table = _toml()
    rules = tuple(_rule(entry) for entry in table["rule"])
    fronts = tuple(_rule(entry) for entry in table.get("front", ()))
    return rules, fronts, table["synonyms"]


def _rule(entry: dict) -> _Rule:
    try:
        if not entry["reason"]:
            raise KeyError("reason")
        return _Rule(
            label=frozenset(entry.get("label", entry.get("category_in", ()))),
            source=entry.get("source", "*"),
            pack=re.compile(entry["pack"], re.I) if "pack" in entry else None,
            name=re.compile(entry["name"]) if "name" in entry else None,
            category=entry.get("category"),
            drop=bool(entry.get("drop", False)),
            turn=entry.get("turn", ""),
            reason=entry["reason"],
        )
    except (KeyError, re.error) as error:
        raise DataError(f"a curation rule is damaged: {error}: {entry}", str(RULES)) from error


@lru_cache(maxsize=1)
def _lines() -> dict[str, _Line]:
    with LINES.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: _line(row) for row in csv.DictReader(stream)}


def _line(row: dict[str, str]) -> _Line:
    if not row.get("reason"):
        raise DataError(f"a curation line has no reason: {row}", str(LINES))
    category = None if row["category"] == "" else row["category"]
    return _Line("" if category == "-" else category, row["rotation"], row["drop"] == "yes", row["reason"])


def _rotation(turns: str) -> NDArray[np.float64] | None:
    """Multiply turns such as "x90 z-90", the first one applied first."""
    matrix = np.eye(3)
    for axis, degrees in _TURN.findall(turns):
        matrix = _turn(axis, int(degrees)) @ matrix
    return None if np.array_equal(matrix, np.eye(3)) else matrix


def _turn(axis: str, degrees: int) -> NDArray[np.float64]:
    cosine, sine = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[i, i] = matrix[j, j] = cosine
    matrix[i, j], matrix[j, i] = -sine, sine
    return np.round(matrix, 12)
