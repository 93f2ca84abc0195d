"""The baselines by name, and how one is loaded."""

from __future__ import annotations

from pathlib import Path

from benchmarks.webs.released.models import (
    ReleasedAdjacency,
    ReleasedAnalog,
    ReleasedAutoregressive,
)
from caddis.generation.webs.learned.generator import LearnedWebs
from caddis.generation.webs.learned.shapes import ModelSet
from caddis.generation.webs.learned.weights import load_learned

BASELINES = ModelSet(
    {
        "released-analog": ReleasedAnalog,
        "released-adjacency": ReleasedAdjacency,
        "released-autoregressive": ReleasedAutoregressive,
    },
    "python -m benchmarks.webs.released",
)


def load_baseline(name: str, weights: Path) -> LearnedWebs:
    """Return a baseline, ready to sample; errors are those of `load_learned`."""
    return load_learned(name, weights, known=BASELINES)
