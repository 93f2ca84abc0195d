"""What a person writes, read before the model sees it: lengths, slips of the pen, unknown words.

The model answers every text with some shape. A word that it never saw must therefore be corrected,
said to have no effect, or refused; a confident wrong object is worse than a refusal.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from caddis.geometry.errors import ConfigError, UnknownWordError

_UNITS_MM = {
    "mm": 1.0, "millimetre": 1.0, "millimeter": 1.0, "cm": 10.0, "centimetre": 10.0,
    "centimeter": 10.0, "m": 1000.0, "metre": 1000.0, "meter": 1000.0, "in": 25.4, "inch": 25.4,
    "inche": 25.4, '"': 25.4, "ft": 304.8, "foot": 304.8, "feet": 304.8,
}  # fmt: skip
_SIDES = {
    "tall": "height_mm", "high": "height_mm", "height": "height_mm", "wide": "wide_mm",
    "width": "wide_mm", "across": "wide_mm", "deep": "deep_mm", "depth": "deep_mm",
    "long": "longest_mm", "length": "longest_mm",
}  # fmt: skip
_LENGTH = re.compile(
    r"(?<![\w.])(?P<number>\d+(?:[.,]\d+)?)\s*-?\s*(?P<unit>"
    + "|".join(sorted(map(re.escape, _UNITS_MM), key=len, reverse=True))
    + r")s?(?![a-z])\s*-?\s*(?:in\s+)?(?P<side>"
    + "|".join(_SIDES)
    + r")?\b",
    re.IGNORECASE,
)
_FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "with",
        "and",
        "or",
        "on",
        "in",
        "for",
        "no",
        "not",
        "without",
        "is",
        "are",
        "be",
        "that",
        "this",
        "to",
        "my",
        "your",
        "its",
        "it",
        "has",
        "have",
        "very",
        "some",
        "any",
        "at",
        "by",
        "as",
        "from",
        "into",
        "which",
        "who",
        "me",
        "i",
        "want",
        "make",
        "please",
        "like",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)
_BEFORE_DETAILS = frozenset(
    [
        "with",
        "without",
        "on",
        "for",
        "of",
        "that",
        "which",
        "in",
        "having",
        "and",
        "to",
        "like",
        "from",
    ]
)
_SIMILAR = 0.75  # share of letters that a slip of the pen leaves, as `difflib` counts
_SHORTEST = 4  # letters of a word that is corrected: shorter ones have too many neighbours


@dataclass(frozen=True)
class Prompt:
    """A text as the model is given it.

    Attributes:
        text: Without lengths, slips mended.
        lengths_mm: Sides that the text stated, by the names of a request.
        notes: What was read otherwise than written, for the report.
    """

    text: str
    lengths_mm: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_prompt(
    text: str,
    words: Collection[str],
    nouns: Collection[str],
    nearest: Callable[[str], Sequence[str]],
    *,
    anyway: bool = False,
) -> Prompt:
    """Read a text.

    Args:
        text: What a person wrote.
        words: Every word that the model saw in training.
        nouns: Those of them that name objects.
        nearest: Returns known words that are near in meaning to an unknown one.
        anyway: Make something for unknown words, too, with a note.

    Raises:
        UnknownWordError: The object's name is unknown.
        ConfigError: Two objects at once, or a length stated twice.
    """
    plain, lengths = _without_lengths(text)
    _refuse_two(plain, nouns)
    notes: list[str] = []
    mended, unknown = plain, []
    for word in _content(plain):
        if _is_known(word, words):
            continue
        near = difflib.get_close_matches(word, words, n=1, cutoff=_SIMILAR)
        if near and len(word) >= _SHORTEST:
            mended = re.sub(rf"\b{word}\b", near[0], mended, flags=re.IGNORECASE)
            notes.append(f"read {word!r} as {near[0]!r}")
        else:
            unknown.append(word)
    for word in unknown:
        if not anyway and _is_head(word, mended):
            near = list(nearest(word))[:3]
            raise UnknownWordError(
                f"the model has never seen {word!r}",
                "text",
                f"Known words near it: {', '.join(near)}. --anyway makes something nevertheless.",
            )
        notes.append(f"{word!r} is unknown and has no sure effect")
    return Prompt(mended, lengths, tuple(notes))


def _without_lengths(text: str) -> tuple[str, dict[str, float]]:
    lengths: dict[str, float] = {}
    for found in _LENGTH.finditer(text):
        unit = found["unit"].lower()
        side = _SIDES[(found["side"] or "long").lower()]
        if side in lengths:
            raise ConfigError(f"{text!r} states its {side.removesuffix('_mm')} twice", "text")
        lengths[side] = float(found["number"].replace(",", ".")) * _UNITS_MM[unit]
    plain = re.sub(r"\s+", " ", _LENGTH.sub(" ", text)).strip(" ,;")
    return re.sub(r"\s+([,;])", r"\1", plain), lengths


def _content(text: str) -> list[str]:
    """Return the words of a text that carry meaning, in order, each once."""
    found = re.findall(r"[a-z]+", text.lower())
    return list(dict.fromkeys(word for word in found if word not in _FUNCTION_WORDS))


def _is_known(word: str, words: Collection[str]) -> bool:
    """Tell whether a word or its singular was seen."""
    forms = {word, word.removesuffix("s"), word.removesuffix("es"), f"{word[:-3]}y", f"{word}s"}
    return bool(forms & set(words)) or len(word) == 1


def _is_head(word: str, text: str) -> bool:
    """Tell whether a word names the object: it is the last one before any details."""
    head = ""
    for one in re.findall(r"[a-z]+|[,;]", text.lower()):
        if one in _BEFORE_DETAILS and head:
            break
        if one in {",", ";"}:
            break
        if one not in _FUNCTION_WORDS:
            head = one
    return word == head


def _refuse_two(text: str, nouns: Collection[str]) -> None:
    """Refuse "a chair and a table": one shape is made at a time."""
    pair = re.search(r"\b([a-z]+) (?:and|plus|beside|next to) (?:a|an|the|one|two) ([a-z ]+)",
                     text.lower())  # fmt: skip
    if pair is None:
        return
    second = [word for word in pair[2].split() if word in nouns]
    if pair[1] in nouns and second:
        raise ConfigError(
            f"two objects at once are not possible yet: {pair[1]!r} and {second[0]!r}",
            "text",
            "Ask for one at a time.",
        )
