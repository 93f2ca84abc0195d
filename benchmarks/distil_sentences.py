"""Sentences that the teacher labels for distillation: what people might type, and word salad.

A static encoder learns how much each word matters from sentences, not from lone words. The
sentences are made up from templates, from our own captions cut and spliced, and from the
teacher's vocabulary; the same seed gives the same sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.common.sentences import words_of

_TEMPLATES = (
    "{}",
    "a {}",
    "{} {}",
    "{} {} {}",
    "a {} {}",
    "the {} of a {}",
    "a {} for {}",
    "a {} for the {}",
    "something to {} the {} with",
    "a {} {} with a {}",
    "put the {} in the {}",
    "it is {} and {}",
    "a small {} made of {}",
    "where you {} your {}",
    "{} in the {}",
    "a place to {}",
    "a thing that can {} {}",
    "use it to {} a {}",
    "a {} on a {} {}",
    "people {} it in the {}",
    "the {} {} near the {}",
)
_TEMPLATE, _CHANGED = 0.6, 0.2  # shares; the rest is spliced
_OWN_WORDS = 0.45  # share of words taken from our captions
_COMMON = 4000.0  # mean rank of the other words


def made_up(
    own: Sequence[str], vocabulary: Sequence[str], count: int, rng: np.random.Generator
) -> list[str]:
    """Return `count` different sentences, sorted.

    Args:
        own: Our training captions and phrases.
        vocabulary: The teacher's words, the most frequent first.
        count: How many to make.
        rng: The source of chance.
    """
    words = words_of(own)

    def word() -> str:
        if rng.random() < _OWN_WORDS:
            return words[rng.integers(len(words))]
        return vocabulary[min(int(rng.exponential(_COMMON)), len(vocabulary) - 1)]

    def one() -> str:
        kind = rng.random()
        if kind < _TEMPLATE:
            template = _TEMPLATES[rng.integers(len(_TEMPLATES))]
            return template.format(*(word() for _ in range(template.count("{}"))))
        first = own[rng.integers(len(own))].split()
        if kind < _TEMPLATE + _CHANGED:
            for _ in range(rng.integers(1, 3)):
                first[rng.integers(len(first))] = word()
            return " ".join(first)
        second = own[rng.integers(len(own))].split()
        cut, start = rng.integers(1, len(first) + 1), rng.integers(len(second))
        return " ".join(first[:cut] + second[start:])

    found: set[str] = set()
    while len(found) < count:
        found.add(one())
    return sorted(found)
