"""Captions of an object, derived from its name, tags and category by fixed rules.

`captions_for` says what the object is called; `phrases` gives sentences that describe a
category without naming it ("a comfy place to sit for two"), from `phrases.toml`. The word lists
used to interpret a name (adjectives, compounds, translations, rooms, styles) are in
`caption_words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from caddis.geometry.errors import DataError

PHRASES = Path(__file__).with_name("phrases.toml")
WORDS = Path(__file__).with_name("caption_words.toml")
FEWEST, MOST = 3, 8
_LETTERS = re.compile(r"[^\W\d_]+(?:'s)?")  # all else separates words


@dataclass(frozen=True)
class _Words:
    """The tables of caption_words.toml."""

    cruft: frozenset[str]
    heads: frozenset[str]
    mass_nouns: frozenset[str]
    compounds: dict[str, str]
    translations: dict[str, str]
    adjectives: dict[str, str]
    synonyms: dict[str, list[str]]
    rooms: dict[str, str]
    traits: dict[str, str]
    styles: dict[str, str]


@dataclass(frozen=True)
class _Described:
    """An object's name, analysed: its noun and adjectives, and phrases for its room and style."""

    noun: str
    adjectives: tuple[str, ...]
    place: str
    style: str

    def called(self, noun: str, *extra: str) -> str:
        """Return `noun` with an article, the `extra` words and the adjectives; no word repeats."""
        said = noun.split()
        words = [word for word in (*extra, *self.adjectives) if word not in said]
        return with_article(" ".join([*words, noun]))


def captions_for(
    name: str,
    tags: str | Sequence[str],
    category: str,
    *,
    extents: Sequence[float] | None = None,
) -> tuple[str, ...]:
    """Return 3 to 8 captions in English, the plainest first. Deterministic.

    Args:
        name: The object's name in its source, such as "table round small 2".
        tags: The object's tags: key words, rooms, or the name of a pack.
        category: The curated category, or "".
        extents: Width (x), depth (y) and height (z) in the canonical frame; if given,
            one caption says whether the object is tall, low or wide.

    Returns:
        Lower-case phrases without digits; empty only if there is neither name nor category.
    """
    kind = category.replace("_", " ")
    thing = _describe(name, ", ".join([tags] if isinstance(tags, str) else tags), kind)
    if not thing.noun:
        return ()
    base = " ".join([*thing.adjectives, thing.noun])
    found = [base, with_article(base)]
    if thing.adjectives:
        found.append(f"{thing.noun}, {' and '.join(thing.adjectives)}")
    if kind:
        found.append(thing.called(kind))
    if extents is not None and (build := proportions(extents)):
        found.append(thing.called(thing.noun, build))
    if kind and kind.split()[-1] not in base.split():
        found.append(f"{with_article(base)}, a kind of {kind}")
    if thing.style:
        found.append(thing.called(thing.noun, thing.style))
    if thing.place:
        found.append(f"{with_article(base)} {thing.place}")
    found += [thing.called(other) for other in _words().synonyms.get(kind, ())]
    found = list(dict.fromkeys(found))
    padding = [f"one {base}", f"a model of {with_article(base)}"]
    return tuple((found + padding[: max(0, FEWEST - len(found))])[:MOST])


def nouns_for(name: str, tags: str | Sequence[str], category: str) -> tuple[str, ...]:
    """Return the nouns for an object, without adjectives: that of its name, and its category.

    Args:
        name: The object's name in its source.
        tags: The object's tags.
        category: The curated category, or "".

    Returns:
        Lower-case nouns without repeats; empty if there is neither name nor category.
    """
    kind = category.replace("_", " ")
    thing = _describe(name, ", ".join([tags] if isinstance(tags, str) else tags), kind)
    found = [kind, thing.noun, *_words().synonyms.get(kind, ())]
    return tuple(noun for noun in dict.fromkeys(found) if noun)


def phrases(category: str, *, heldout: bool = False) -> tuple[str, ...]:
    """Return the sentences that describe `category` without naming it; () if there are none.

    Args:
        category: A curated category.
        heldout: Return the sentences reserved for evaluation, which training never uses.

    Raises:
        DataError: phrases.toml cannot be read.
    """
    entry = _phrases().get(category)
    return entry[1 if heldout else 0] if entry else ()


def described_categories() -> tuple[str, ...]:
    """Return the categories that have sentences, sorted."""
    return tuple(sorted(_phrases()))


def with_article(phrase: str) -> str:
    """Put "a" or "an" before a phrase; plurals and mass nouns stay as they are."""
    head, _, _ = phrase.partition(",")
    last = head.rsplit(maxsplit=1)[-1]
    plural = last.endswith("s") and not last.endswith(("ss", "us", "is", "as"))
    if plural or last in _words().mass_nouns:
        return phrase
    vowel = phrase[0] in "aeiou" and not phrase.startswith(("uni", "one"))
    return f"{'an' if vowel else 'a'} {phrase}"


def proportions(extents: Sequence[float]) -> str:
    """Describe a box of this width, depth and height in a word or two; "" if nothing stands out."""
    width, depth, height = (max(float(side), 1e-6) for side in extents)
    across, deep = max(width, depth), min(width, depth)
    if height > 2.2 * across:
        return "tall slim"
    if height > 1.4 * across:
        return "tall"
    if height < 0.35 * across:
        return "long low" if across > 1.8 * deep else "low flat"
    return "wide" if across > 1.8 * deep else ""


def _describe(name: str, tags: str, kind: str) -> _Described:
    words = _words()
    tokens, kinds = _tokens(name), kind.split()
    named = bool(kinds) and set(kinds) <= set(tokens)
    rest = [token for token in tokens if not (named and token in kinds)]
    nouns = [token for token in rest if token not in words.adjectives]
    if named:  # "table coffee glass" is a "glass coffee table"
        nouns += kinds
    elif len(nouns) > 1 and nouns[0] in words.heads:  # "light ceiling" is a "ceiling light"
        nouns = [*nouns[1:], nouns[0]]
    noun = " ".join(nouns or kinds)
    hints = [hint.strip().lower() for hint in tags.split(",")]
    traits = [words.traits[hint] for hint in hints if hint in words.traits]
    likes = [words.adjectives[token] for token in rest if token in words.adjectives]
    adjectives = [word for word in dict.fromkeys([*traits[:1], *likes]) if word not in noun.split()]
    place = next((text for room, text in words.rooms.items() if hints[-1].endswith(room)), "")
    style = next((text for pack, text in words.styles.items() if pack in tags.lower()), "")
    said = {*adjectives, *noun.split()}
    return _Described(
        noun,
        tuple(adjectives),
        "" if "outdoor" in said else place,
        "" if style in said else style,
    )


def _tokens(name: str) -> list[str]:
    """Split a name into clean English words, without repeats."""
    words = _words()
    parts = (
        part
        for letters in _LETTERS.findall(name.lower().replace("_", " "))
        for translated in [words.translations.get(letters, letters)]
        for part in words.compounds.get(translated, translated).split()
    )
    kept = (part for part in parts if len(part) > 1 and part not in words.cruft)
    return list(dict.fromkeys(kept))


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = _read(WORDS)
    return _Words(
        cruft=frozenset(table["cruft"]),
        heads=frozenset(table["heads"]),
        mass_nouns=frozenset(table["mass_nouns"]),
        compounds=table["compounds"],
        translations=table["translations"],
        adjectives={**{word: word for word in table["adjective_words"]}, **table["adjectives"]},
        synonyms=table["synonyms"],
        rooms=table["rooms"],
        traits=table["traits"],
        styles=table["styles"],
    )


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return (train, held-out) sentences of each category."""
    return {
        category: (tuple(entry["train"]), tuple(entry["heldout"]))
        for category, entry in _read(PHRASES).items()
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"this table cannot be read: {error}", str(path)) from error
