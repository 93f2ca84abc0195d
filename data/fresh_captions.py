"""Captions of a prepared object, drawn again each time that training sees it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from caddis.data.attributes.words import draw_caption

_DRAWN = 8  # captions an object from which words are collected
_SELDOM = 3  # captions that a word must occur in
WRITTEN_SHARE = 0.3
"""Chance that a stored caption (from the name, or a phrase about the category) is taken."""


def fresh_caption(entry: Mapping[str, Any], rng: np.random.Generator) -> str:
    """Return a caption of an object.

    Most captions are composed at random from the object's nouns and the attributes of its shape, so
    that the model does not memorise fixed strings. The others are stored captions: made from its
    name, or phrases that describe its category without naming it.

    Args:
        entry: The object in `objects.json`: "category", "captions", "nouns", "attributes".
        rng: Source of randomness; the same state gives the same caption.

    Returns:
        A phrase; "" if nothing is known of the object.
    """
    written = entry["captions"]
    if written and rng.random() < WRITTEN_SHARE:
        return str(written[int(rng.integers(len(written)))])
    values = {name: reading[0] for name, reading in entry["attributes"].items()}
    made_up = draw_caption(entry["category"], entry["nouns"], values, rng)
    return made_up or (str(written[0]) if written else "")


@dataclass(frozen=True)
class SeenWords:
    """The words of the captions that a model was trained on, in lower case, sorted.

    Attributes:
        words: All of them.
        nouns: Those in names of objects.
    """

    words: tuple[str, ...]
    nouns: tuple[str, ...]


def seen_words(entries: Iterable[Mapping[str, Any]]) -> SeenWords:
    """Collect the words that training can show for these objects, but for very rare ones."""
    words: Counter[str] = Counter()
    nouns: set[str] = set()
    rng = np.random.default_rng(0)
    for entry in entries:
        named = [*entry["nouns"], entry["category"].replace("_", " ")]
        nouns |= {word for name in named for word in _words(name)}
        for caption in (*entry["captions"], *(fresh_caption(entry, rng) for _ in range(_DRAWN))):
            words.update(set(_words(caption)))
    often = {word for word, count in words.items() if count >= _SELDOM}
    return SeenWords(tuple(sorted(often | nouns)), tuple(sorted(nouns)))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())
