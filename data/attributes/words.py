"""Attributes in English: which are mentioned for which category, and random captions from them.

`kinds.toml` lists the attributes that suit each category, `words.toml` the words for them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from caddis.data.attributes.proportions import BUILDS
from caddis.data.attributes.reading import Value
from caddis.data.captions import with_article
from caddis.geometry.errors import DataError

_HERE = Path(__file__).parent
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve")  # fmt: skip
_ALWAYS = ("height", "width", *BUILDS)
_CONTRARY = {
    "height": ("tall", "slender", "low", "flat"), "width": ("wide", "narrow", "long"),
}  # fmt: skip
"""A word relative to the category replaces these absolute ones, which might contradict it."""
_MOST_SAID = 3


@dataclass(frozen=True)
class Saying:
    """The words for one attribute.

    Attributes:
        attribute: Its name.
        before: Options for words in front of the noun.
        after: Options for phrases behind the noun.
    """

    attribute: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def sayings(category: str, attributes: Mapping[str, Value]) -> list[Saying]:
    """Return the words for the attributes that suit an object of this category.

    Args:
        category: Decides which attributes are mentioned; "" allows only proportions.
        attributes: Values by name, from `reader.read` and `relative`.

    Raises:
        DataError: A table of words cannot be read.
    """
    said, denied, parts = _kind(category)
    found = []
    for attribute, value in attributes.items():
        if attribute not in said and attribute not in _ALWAYS:
            continue
        if any(attribute in _CONTRARY[one] for one in _CONTRARY if one in attributes):
            continue
        if _is_absence(value) and attribute not in denied:
            continue
        entry = _entry(attribute, value)
        if entry is not None:
            found.append(_said(attribute, value, entry, parts))
    return found


def is_said(category: str, attribute: str) -> bool:
    """Tell whether captions of a category ever mention an attribute.

    Raises:
        DataError: A table of words cannot be read.
    """
    return attribute in _ALWAYS or attribute in _kind(category)[0]


def draw_caption(
    category: str, nouns: Sequence[str], attributes: Mapping[str, Value], rng: np.random.Generator
) -> str:
    """Compose a random caption of an object.

    Args:
        category: Category of the object, or "".
        nouns: Nouns for it; "" or an empty sequence gives a phrase without a noun.
        attributes: Values by name.
        rng: Source of randomness; the same state gives the same caption.

    Returns:
        A lower-case phrase such as "a round table on three legs"; "" if there is nothing to say.
    """
    every = sayings(category, attributes)
    count = min(len(every), int(rng.choice(_MOST_SAID + 1, p=(0.15, 0.4, 0.3, 0.15))))
    chosen = [every[int(row)] for row in rng.permutation(len(every))[:count]]
    before, after = _placed(chosen, rng)
    noun = str(rng.choice(list(nouns))) if nouns else ""
    if noun and after and not before and rng.random() < 0.1:
        noun = ""  # "on three legs, with a round top"
    if not noun:
        return ", ".join([*before, *after])
    said = noun.split()
    phrase = " ".join([*(word for word in before if word not in said), noun])
    if rng.random() < 0.7:
        phrase = with_article(phrase)
    if before and rng.random() < 0.15:
        return ", ".join([with_article(noun), *before, *after])
    joint = " and " if len(after) > 1 and rng.random() < 0.6 else ", "
    return f"{phrase} {joint.join(after)}".strip()


def _placed(chosen: Sequence[Saying], rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Put each attribute in front of or behind the noun; at most two stand in front."""
    before: list[str] = []
    after: list[str] = []
    for saying in chosen:
        front = bool(saying.before) and len(before) < 2 and (not saying.after or rng.random() < 0.5)
        options = saying.before if front else saying.after
        if options:
            (before if front else after).append(str(rng.choice(list(options))))
    return before, after


def _said(
    attribute: str, value: Value, entry: Mapping[str, Any], parts: Mapping[str, str]
) -> Saying:
    number = NUMBERS[value] if isinstance(value, int) and value < len(NUMBERS) else str(value)
    names = {"top": parts.get("top", "top"), "levels": parts.get("boards", "levels")}
    if attribute == "levels" and value == 1:
        names["levels"] = parts.get("board", "level")

    def filled(options: Sequence[str]) -> tuple[str, ...]:
        return tuple(one.format(n=number, s=names.get(attribute, "")) for one in options)

    return Saying(attribute, filled(entry.get("before", ())), filled(entry.get("after", ())))


def _entry(attribute: str, value: Value) -> Mapping[str, Any] | None:
    """Return the table entry for a value; None if it is not mentioned."""
    table = word_table().get(attribute, {})
    return next((table[key] for key in _keys(value) if key in table), None)


def _keys(value: Value) -> Iterator[str]:
    if isinstance(value, bool):
        yield "yes" if value else "no"
    elif isinstance(value, int):
        yield from {0: ("none",), 1: ("one", "any")}.get(value, ("any",))
    else:
        yield value


def _is_absence(value: Value) -> bool:
    return value is False or (value == 0 and not isinstance(value, bool))


def _kind(category: str) -> tuple[set[str], set[str], dict[str, str]]:
    """Return the attributes mentioned, those also mentioned when absent, and names of parts."""
    said: set[str] = set()
    denied: set[str] = set()
    parts: dict[str, str] = {}
    for kind in _kinds().values():
        if category in kind["categories"]:
            said |= set(kind["says"])
            denied |= set(kind.get("denies", ()))
            parts |= {name: kind[name] for name in ("top", "board", "boards") if name in kind}
    return said, denied, parts


@cache
def _kinds() -> dict[str, Any]:
    return _read("kinds.toml")


@cache
def part_names() -> tuple[str, ...]:
    """Return what captions call the parts that attributes are about, longest first."""
    names = {"top", "levels", "level"}
    for kind in _kinds().values():
        names |= {kind[name] for name in ("top", "board", "boards") if name in kind}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def word_table() -> dict[str, Any]:
    """Return `words.toml`: attribute, value, then the phrases before and after the noun."""
    return _read("words.toml")


def _read(name: str) -> dict[str, Any]:
    path = _HERE / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"this table cannot be read: {error}", str(path)) from error
