"""Attributes that a text asks for, and how well a solid meets them.

The same words as in captions (`words.toml`), read backwards: "a stool on three legs" asks for
`legs` 3. Words of proportion have no limit of their own ("tall" is tall for a bottle), so that
solids are compared with each other by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caddis.data.attributes.reading import Readings, Value
from caddis.data.attributes.words import NUMBERS, part_names, word_table

_LEAD = re.compile(r"^(?:with|that has|that is|that stands on|on|of|in the shape of|that) ")
_NUMBER = "|".join([*NUMBERS, r"\d+"])
_ALIKE = {"top": ("top", "body"), "body": ("top", "body")}
"""A "round" or "square" thing may be so in its top or in its body."""
_PROPORTIONS = {
    "tall": ("height", 1), "high": ("height", 1), "upright": ("height", 1),
    "slender": ("height", 1), "slim": ("height", 1), "low": ("height", -1),
    "short": ("height", -1), "squat": ("height", -1), "flat": ("height", -1),
    "wide": ("width", 1), "broad": ("width", 1), "long": ("width", 1), "elongated": ("width", 1),
    "narrow": ("width", -1), "thin": ("width", -1),
}  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """One attribute that is asked for.

    Attributes:
        words: How the text said it.
        attributes: Names of which one has to have the value; empty for a proportion.
        value: The value.
        proportion: "height" or "width" for a word of proportion, else "".
        direction: 1 for much of it, -1 for little.
    """

    words: str
    attributes: tuple[str, ...] = ()
    value: Value = True
    proportion: str = ""
    direction: int = 0

    def met_by(self, readings: Readings) -> bool | None:
        """Tell whether a solid meets the wish; None if that cannot be read off."""
        found = [readings[name].value for name in self.attributes if name in readings]
        return None if not found else self.value in found


def asked(text: str) -> list[Wish]:
    """Return the attributes that a text asks for, in the order of the text."""
    rest, found = f" {text.lower()} ".replace("-", " "), []
    for pattern, attributes, key in _patterns():
        for match in pattern.finditer(rest):
            value = _value(key, match.groupdict().get("n"))
            found.append((match.start(), Wish(match[0].strip(), attributes, value)))
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    for word, (proportion, direction) in _PROPORTIONS.items():
        wish = Wish(word, proportion=proportion, direction=direction)
        found += [
            (match.start(), wish) for match in re.finditer(rf"(?<![a-z]){word}(?![a-z])", rest)
        ]
    return [wish for _, wish in sorted(found, key=lambda one: one[0])]


def scores(
    wishes: Sequence[Wish], readings: Sequence[Readings], sides: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how well each of N solids meets the wishes (N,), between 0 and 1.

    A proportion counts by the rank among the solids, an attribute that cannot be read by half.

    Args:
        wishes: At least one.
        readings: Of each solid.
        sides: (N, 3) sides of their boxes.
    """
    x, y, z = np.asarray(sides, dtype=np.float64).clip(min=1e-6).T
    ratio = {
        "height": z / np.sqrt(x * y),
        "width": np.maximum(x, y) / np.sqrt(np.minimum(x, y) * z),
    }
    total = np.zeros(len(readings))
    for wish in wishes:
        if wish.proportion:
            rank = np.argsort(np.argsort(wish.direction * ratio[wish.proportion], kind="stable"))
            total += rank / max(1, len(readings) - 1)
        else:
            met = [wish.met_by(each) for each in readings]
            total += [0.5 if one is None else float(one) for one in met]
    return total / len(wishes)


@cache
def _patterns() -> list[tuple[re.Pattern[str], tuple[str, ...], str]]:
    """Return (pattern, attributes, key), denials before the rest, longer phrases first."""
    rows = []
    for attribute, key, phrase in _phrases():
        core = _LEAD.sub("", phrase).replace("-", " ")
        text = re.escape(core).replace(r"\{n\}", f"(?P<n>{_NUMBER})")
        text = text.replace(r"\{s\}", f"(?:{'|'.join(part_names())})").replace(r"\ ", " +")
        plural = "s?" if core.endswith("e") or core.endswith("k") else ""
        pattern = re.compile(rf"(?<![a-z]){text}{plural}(?![a-z])")
        denies = key in {"no", "none"}
        rows.append((not denies, -len(core), pattern, _ALIKE.get(attribute, (attribute,)), key))
    rows.sort(key=lambda row: row[:2])
    return [(pattern, attributes, key) for _, _, pattern, attributes, key in rows]


def _phrases() -> Iterator[tuple[str, str, str]]:
    table: Mapping[str, Mapping[str, Mapping[str, Any]]] = word_table()
    for attribute, values in table.items():
        for key, entry in values.items():
            phrases = [*entry.get("before", ()), *entry.get("after", ())]
            for phrase in phrases:
                if _LEAD.sub("", phrase) not in _PROPORTIONS:
                    yield attribute, key, phrase


def _value(key: str, number: str | None) -> Value:
    if number is not None:
        return int(number) if number.isdigit() else NUMBERS.index(number)
    return {"yes": True, "no": False, "none": 0, "one": 1}.get(key, key)
