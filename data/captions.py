"""Captions of an object, made from its name, its tags and its category; no network, no chance.

`captions_for` says what the object is called; `phrases` gives sentences that describe a
category without naming it ("a comfy place to sit for two"), from `phrases.toml`. The words
that decide how a name is read (adjectives, compounds, translations, rooms, styles) lie in
`caption_words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from geometry.errors import DataError

PHRASES = Path(__file__).with_name("phrases.toml")
WORDS = Path(__file__).with_name("caption_words.toml")
MOST = 8
_TOKEN = re.compile(r"[^\W\d_]+(?:'s)?")  # letters only: digits and underscores separate


@dataclass(frozen=True)
class _Words:
    cruft: frozenset[str]
    heads: frozenset[str]
    compounds: dict[str, str]
    translations: dict[str, str]
    adjectives: dict[str, str]
    synonyms: dict[str, tuple[str, ...]]
    rooms: dict[str, str]
    traits: dict[str, str]
    styles: dict[str, str]


@dataclass(frozen=True)
class _Described:
    """A name taken apart: what it is, what it is like, where it stands, in which style."""

    noun: str
    adjectives: tuple[str, ...]
    place: str
    style: str

    def phrase(self, *extra: str) -> str:
        return " ".join([*extra, *self.adjectives, self.noun])


def captions_for(
    name: str, tags: str, category: str, *, extents: Sequence[float] | None = None
) -> tuple[str, ...]:
    """Return 3 to 8 captions in English, the plainest first; the same input, the same captions.

    Args:
        name: The object's name in its source, such as "table round small 2".
        tags: The object's tags: key words, rooms, or the name of a pack.
        category: The curated category, or "".
        extents: Width (x), depth (y) and height (z) in the canonical frame; if given,
            one caption says whether the object is tall, low or long.

    Returns:
        Lower-case phrases without digits; empty only if there is neither name nor category.
    """
    noun = category.replace("_", " ")
    thing = _describe(name, tags, noun)
    if not thing.noun:
        return ()
    base = thing.phrase()
    found = [base, with_article(base)]
    if thing.adjectives:
        found.append(f"{thing.noun}, {' and '.join(thing.adjectives)}")
    if noun and noun.split()[-1] not in base.split():
        found.append(f"{with_article(base)}, a kind of {noun}")
    if noun:
        found.append(with_article(" ".join([*thing.adjectives, noun])))
    if extents is not None and (build := _build(extents)):
        found.append(with_article(f"{build} {base}"))
    if thing.place:
        found.append(f"{with_article(base)} {thing.place}")
    if thing.style:
        found.append(with_article(thing.phrase(thing.style)))
    found += [
        with_article(" ".join([*thing.adjectives, other]))
        for other in _words().synonyms.get(noun, ())
    ]
    found += [f"one {base}", f"a model of {with_article(base)}", f"the shape of {with_article(base)}"]
    return tuple(dict.fromkeys(found))[: max(3, min(MOST, len(set(found)) - 3))]


def phrases(category: str, *, heldout: bool = False) -> tuple[str, ...]:
    """Return the sentences that describe `category` without naming it.

    Args:
        category: A curated category; one without sentences gives ().
        heldout: Give the sentences kept apart for measuring; training never sees them.

    Raises:
        DataError: phrases.toml cannot be read.
    """
    entry = _phrases().get(category)
    return tuple(entry["heldout" if heldout else "train"]) if entry else ()


def described_categories() -> tuple[str, ...]:
    """Return the categories that have sentences, sorted."""
    return tuple(sorted(_phrases()))


def with_article(phrase: str) -> str:
    """Put "a" or "an" before a phrase; plurals and mass nouns stay as they are."""
    last = phrase.split(",")[0].split()[-1]
    if last in _UNCOUNTED or (last.endswith("s") and not last.endswith(("ss", "us", "is", "as"))):
        return phrase
    return f"an {phrase}" if phrase[0] in "aeiou" and not phrase.startswith("uni") else f"a {phrase}"


_UNCOUNTED = frozenset(
    "grass food furniture meat bread clothing cutlery armor corn rice wheat lettuce celery".split()
)


def _describe(name: str, tags: str, category: str) -> _Described:
    words = _words()
    tokens = _tokens(name)
    kind = category.split()
    rest = tokens
    if kind and set(kind) <= set(tokens):  # "table coffee glass" is a "glass coffee table"
        rest, tokens = [token for token in tokens if token not in kind], []
    adjectives = tuple(
        dict.fromkeys(words.adjectives[token] for token in rest if token in words.adjectives)
    )
    nouns = [token for token in rest if token not in words.adjectives]
    if not tokens:
        nouns += kind
    elif len(nouns) > 1 and nouns[0] in words.heads:  # "light ceiling" is a "ceiling light"
        nouns = [*nouns[1:], nouns[0]]
    nouns = nouns or kind
    hints = [hint.strip().lower() for hint in tags.split(",")]
    known = set(adjectives) | set(nouns)
    traits = tuple(
        trait for hint in hints if (trait := words.traits.get(hint)) and trait not in known
    )
    last = hints[-1] if hints else ""
    place = next((text for room, text in words.rooms.items() if last.endswith(room)), "")
    style = next((text for pack, text in words.styles.items() if pack in tags.lower()), "")
    return _Described(
        " ".join(nouns), (*traits[:1], *adjectives), place, "" if style in known else style
    )


def _tokens(name: str) -> list[str]:
    """Split a name into clean English words."""
    words = _words()
    found: list[str] = []
    for token in _TOKEN.findall(name.lower().replace("_", " ")):
        token = words.translations.get(token, token)
        for part in words.compounds.get(token, token).split():
            if part not in words.cruft and (len(part) > 1) and part not in found:
                found.append(part)
    return found


def _build(extents: Sequence[float]) -> str:
    """Say in a word how a box of this width, depth and height is proportioned."""
    width, depth, height = (max(float(side), 1e-6) for side in extents)
    across = max(width, depth)
    if height > 2.2 * across:
        return "tall slim"
    if height > 1.4 * across:
        return "tall"
    if height < 0.35 * across:
        return "long low" if across > 1.8 * min(width, depth) else "low flat"
    if across > 1.8 * min(width, depth):
        return "wide" if width >= depth else "deep"
    return ""


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = _read(WORDS)
    return _Words(
        cruft=frozenset(table["cruft"]),
        heads=frozenset(table["heads"]),
        compounds=table["compounds"],
        translations=table["translations"],
        adjectives={**{word: word for word in table["adjective_words"]}, **table["adjectives"]},
        synonyms={name: tuple(others) for name, others in table["synonyms"].items()},
        rooms=table["rooms"],
        traits=table["traits"],
        styles=table["styles"],
    )


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, list[str]]]:
    table = _read(PHRASES)
    for category, entry in table.items():
        _no_overlap(category, entry["train"], entry["heldout"])
    return table


def _no_overlap(category: str, train: Iterable[str], heldout: Iterable[str]) -> None:
    shared = set(train) & set(heldout)
    if shared:
        raise DataError(f"held-out phrases of {category} are also in train: {shared}", str(PHRASES))


def _read(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"this table cannot be read: {error}", str(path)) from error
