"""How well held-out objects come back from their tokens: shape, class, cost and use of codes."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.common.progress import spread
from benchmarks.quality.bench import Bench, Rows
from benchmarks.quality.classifier import Classifier, features_of, labelled
from benchmarks.quality.cost import cost
from benchmarks.quality.rebuilding import Judge, Scores, columns, not_judged, rebuild
from benchmarks.quality.scores import ranks_between
from benchmarks.quality.shape_scores import Original, pieces
from benchmarks.quality.shapes import COARSE, Tokens, encode
from caddis.data.training_set import NEAR, UNIFORM
from caddis.generation.config import FRAME_TOKENS
from caddis.generation.seeds import derived_seed
from caddis.geometry.frame import BOX_HALF_WIDTH

TIMED = 24  # objects that encode and decode are timed on, evenly chosen


def reconstruction(bench: Bench) -> dict[str, Any]:
    """Measure every test object; each is kept once it is measured.

    Returns:
        rows, symmetry, kind, solid (share of the box) of each object, and named: whether the
        classifier names the original rightly (NaN: no known category); scores: per variant and
        score a list over objects; classes: of the classifier; codes: use of the code books;
        cost: see `cost`; bytes: size of the weight file.
    """
    rows, store = bench.measured, bench.tokenizer_store
    tokens = test_tokens(bench)
    truth = bench.meshes(rows.tolist())
    classifier = _Classifier(bench)

    def measure(index: int) -> Scores:
        row = int(rows[index])
        queries = bench.objects.queries[row].astype(np.float32)
        mesh = truth[row]
        original = Original(mesh, queries[UNIFORM], queries[NEAR], pieces(mesh))
        seed = derived_seed(bench.options.seed, "reconstruction", row)
        judge = classifier.judge(bench.category(row))
        return rebuild(bench.tokenizer, tokens[index], original, seed, judge)

    def kept(index: int) -> Scores:
        found: Scores = store.figures(f"objects/{rows[index]}", lambda: measure(index))
        return found

    each = spread(kept, range(len(rows)), "rebuild test objects", bench.options.workers)
    facts = [bench.objects.objects[int(row)] for row in rows]
    box = (2.0 * BOX_HALF_WIDTH) ** 3
    options, timed = bench.options, rows[ranks_between(len(rows), TIMED)]
    return {
        "rows": rows.tolist(),
        "symmetry": [one["symmetry"] for one in facts],
        "kind": [one["kind"] for one in facts],
        "solid": [float(truth[int(row)].volume) / box for row in rows],
        "named": store.figures("originals", lambda: classifier.originals(rows)),
        "scores": columns(each),
        "classes": len(bench.objects.categories),
        "codes": code_uses(tokens, bench),
        "cost": store.figures("cost", lambda: cost(options.weights, options.cache, timed)),
        "bytes": (options.weights / "tokenizer.safetensors").stat().st_size,
    }


def test_tokens(bench: Bench) -> Tokens:
    """Return all tokens (N, 580) of the measured test objects, kept once they are made."""

    def make() -> dict[str, Tokens]:
        return {"tokens": encode(bench.tokenizer, bench.objects, bench.measured)}

    return bench.tokenizer_store.arrays("tokens-test", make)["tokens"]


class _Classifier:
    """The kernel classifier over the categories of the data, fitted when it is first asked."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self._classes = bench, bench.objects.categories
        self._fitting = Lock()

    @cached_property
    def _model(self) -> Classifier:
        learned, labels = labelled(self._bench, self._bench.train, self._classes)
        return Classifier.fitted(features_of(self._bench, learned), labels, len(self._classes))

    def judge(self, category: str) -> Judge:
        """Return what tells whether a shape is named as an object of `category` should be."""
        if category not in self._classes:
            return not_judged
        wanted = self._classes.index(category)

        def named(features: NDArray[np.float64] | None) -> float:
            if features is None:
                return 0.0
            with self._fitting:
                model = self._model
            return float(model.scores(features[None])[0].argmax() == wanted)

        return named

    def originals(self, rows: Rows) -> list[float]:
        """Tell of each prepared object whether it is named rightly; NaN without a category."""
        found = features_of(self._bench, rows)
        return [
            self.judge(self._bench.category(int(row)))(one)
            for row, one in zip(rows, found, strict=True)
        ]


def code_uses(tokens: Tokens, bench: Bench) -> dict[str, dict[str, float]]:
    """Return the use of the coarse and of the fine code book by tokens (N, 580)."""
    config = bench.tokenizer.config
    return {
        "coarse": code_use(tokens[:, FRAME_TOKENS:COARSE], config.coarse_codes),
        "fine": code_use(tokens[:, COARSE:], config.fine_codes),
    }


def code_use(tokens: NDArray[np.int64], codes: int) -> dict[str, float]:
    """Return what share of a code book tokens (N, K) use, in percent, and their perplexity."""
    count = np.bincount(tokens.ravel(), minlength=codes)
    share = count[count > 0] / count.sum()
    return {
        "codes": float(codes),
        "used": float(100.0 * (count > 0).mean()),
        "perplexity": float(np.exp(-(share * np.log(share)).sum())),
    }
