"""What generators are asked for and compared with: samples of webs that none of them has seen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.common.rows import Row, Rows
from benchmarks.webs.descriptors import described
from benchmarks.webs.fidelity import properties
from benchmarks.webs.identity import Hashes
from benchmarks.webs.whole import real_webs
from caddis.data.webs.dataset import WebSamples
from caddis.data.webs.sampling import MAX_NODES, neighbourhood
from caddis.generation.webs.conditions import WebCondition
from caddis.geometry.webs import Web, web_parameters
from caddis.geometry.webs.graph import Floats

_LEAST_NODES = 8  # as in the training set


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Wishes, and what to compare with.

    Attributes:
        sources: Number of whole webs that were held out.
        webs: C samples of them.
        conditions: What is asked for: nodes, edges, mean length and orientation of each of them.
        asked: (C, 7) the same in the order of `fidelity.PROPERTIES`.
        described: Histograms of the held-out samples.
        training: Samples that generators have learned from.
        known: Hashes of all of those.
        real: Histograms of C samples of each real web.
    """

    sources: int
    webs: list[Web]
    conditions: list[WebCondition]
    asked: Floats
    described: dict[str, Floats]
    training: WebSamples
    known: Hashes
    real: dict[str, dict[str, Floats]]

    @property
    def against(self) -> str:
        """Return a short hash of what is asked and compared with: other data, other rows."""
        about = self.asked.tobytes() + ",".join(sorted(self.real)).encode()
        return hashlib.sha256(about).hexdigest()[:12]

    def learned_from(self, seed: int) -> list[Web]:
        """Return C samples that generators have learned from."""
        return chosen(self.training, len(self.webs), seed)


def held_out(samples: WebSamples, count: int, real: Path | None, results: Rows) -> HeldOut:
    """Choose `count` samples of held-out webs, and gather what they are compared with."""
    webs = chosen(samples.of("test"), count, 0)
    training = samples.of("train")
    key = {"part": "known", "samples": len(training), "first": int(training.counts[:99].sum())}
    known = results.once(key, _hashes, training)
    return HeldOut(
        sources=len(np.unique(samples.of("test").webs)),
        webs=webs,
        conditions=[wish(web) for web in webs],
        asked=properties(webs),
        described=described(webs),
        training=training,
        known=Hashes(known["topology"], known["geometry"]),
        real={name: described(cut(web, count)) for name, web in real_webs(real)},
    )


def _hashes(samples: WebSamples) -> Row:
    return vars(Hashes.of([samples.web(row) for row in range(len(samples))]))


def wish(web: Web) -> WebCondition:
    """Return the condition that a web fulfils exactly."""
    found = web_parameters(web)
    return WebCondition(
        nodes=found.nodes,
        edges=found.edges,
        edge_length_mm=found.mean_length_mm,
        orientation=found.orientation,
    )


def chosen(samples: WebSamples, count: int, seed: int) -> list[Web]:
    """Return `count` different samples, drawn at random.

    Raises:
        ValueError: There are not so many.
    """
    rows = np.random.default_rng(seed).choice(len(samples), count, replace=False)
    return [samples.web(int(row)) for row in rows]


def cut(web: Web, count: int) -> Sequence[Web]:
    """Cut a whole web into `count` samples of 8 to 64 nodes, as the training set is cut."""
    rng = np.random.default_rng(0)
    sizes = rng.integers(_LEAST_NODES, MAX_NODES + 1, count)
    return [neighbourhood(web, int(size), rng) for size in sizes]
