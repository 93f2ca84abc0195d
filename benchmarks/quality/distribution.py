"""Generated sets beside the test objects: 1-NNA, coverage, MMD."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from benchmarks.quality import distances
from benchmarks.quality.bench import Bench
from benchmarks.quality.scores import set_scores
from benchmarks.quality.sets import Kind, clouds
from caddis.generation.seeds import derived_seed

COMPARED = (Kind.GENERATED, Kind.UNGUIDED, Kind.UNIGRAM, Kind.AUTOENCODED, Kind.TRAINING)


def distribution(bench: Bench) -> dict[str, Any]:
    """Return `SetScores` of every set beside the test objects, and its share of whole shapes."""
    workers = bench.options.workers
    test = clouds(bench, Kind.TEST).trees
    among_test = distances.within(test, "distances test - test", workers)
    result: dict[str, Any] = {}
    for name in COMPARED:
        made = clouds(bench, name)
        trees = made.trees
        between = distances.between(trees, test, f"distances {name} - test", workers)
        among = distances.within(trees, f"distances {name} - {name}", workers)
        rng = np.random.default_rng(derived_seed(bench.options.seed, "bootstrap", name))
        scores = set_scores(between, among, among_test, rng)
        result[name] = {**asdict(scores), "whole": float(made.whole.mean())}
    return result
