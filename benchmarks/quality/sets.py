"""The sets of shapes that are compared, each made once and kept."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from benchmarks.quality.bench import Bench
from benchmarks.quality.shapes import Clouds, Tokens, Wanted, decode, encode, stored, unigram, write
from caddis.data.captions import phrases
from caddis.generation.request import Sampling
from caddis.generation.seeds import derived_seed


class Kind(StrEnum):
    """What the shapes of a set are; shape i has the category of the i-th picked test object."""

    GENERATED = "generated"
    UNGUIDED = "unguided"
    PHRASES = "phrases"
    CAPTIONS = "captions"
    UNIGRAM = "unigram"
    AUTOENCODED = "autoencoded"
    TEST = "test"
    TRAINING = "training"
    COPIES = "copies"


def tokens(bench: Bench, kind: Kind) -> Tokens:
    """Return the tokens (N, K) of a decoded set, one for each picked test object."""
    seed, sampling = bench.options.seed, Sampling()
    by_category: list[Wanted] = [(category, None) for category in bench.wanted]

    def make() -> Tokens:
        if kind == Kind.GENERATED:
            return write(bench.models, by_category, seed, sampling)
        if kind == Kind.UNGUIDED:
            return write(bench.models, by_category, seed, Sampling(guidance=0.0))
        if kind == Kind.PHRASES:
            return write(bench.models, [(None, text) for text in heldout(bench)], seed, sampling)
        if kind == Kind.CAPTIONS:
            return write(bench.models, [(None, text) for text in captions(bench)], seed, sampling)
        if kind == Kind.AUTOENCODED:
            return encode(bench.tokenizer, bench.objects, bench.picked)
        training = encode(bench.tokenizer, bench.objects, bench.train)
        return unigram(training, len(bench.picked), seed)

    return bench.store.arrays(f"tokens-{kind}", lambda: {"tokens": make()})["tokens"]


def clouds(bench: Bench, kind: Kind) -> Clouds:
    """Return the point clouds of a set, one for each picked test object."""
    if kind == Kind.TEST:
        return stored(bench.objects, bench.picked)
    if kind == Kind.TRAINING:
        return stored(bench.objects, bench.companions)
    options = bench.options
    return Clouds(
        **bench.store.arrays(
            f"clouds-{kind}",
            lambda: decode(bench.tokenizer, tokens(bench, kind), options.resolution, kind,
                           options.workers),
        )
    )  # fmt: skip


def heldout(bench: Bench) -> list[str]:
    """Return for each picked object a phrase about its category that training never saw.

    The phrases do not name the category. One that has none is asked for by a caption.
    """
    spare = captions(bench)
    texts: list[str] = []
    used: dict[str, int] = {}
    for number, category in enumerate(bench.wanted):
        known = phrases(category, heldout=True)
        turn = used[category] = used.get(category, -1) + 1
        texts.append(known[turn % len(known)] if known else spare[number])
    return texts


def captions(bench: Bench) -> list[str]:
    """Return for each picked test object one of its own captions, by chance."""
    rng = np.random.default_rng(derived_seed(bench.options.seed, "captions"))
    found = []
    for row, category in zip(bench.picked, bench.wanted, strict=True):
        own = bench.objects.objects[int(row)]["captions"] or [category.replace("_", " ")]
        found.append(str(own[int(rng.integers(len(own)))]))
    return found
