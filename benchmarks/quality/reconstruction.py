"""How well held-out objects come back from their tokens: shape, class, cost and use of codes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.bench import Bench, Rows
from benchmarks.quality.classifier import Classifier, features_of, labelled
from benchmarks.quality.cost import cost
from benchmarks.quality.progress import spread
from benchmarks.quality.rebuilding import LENGTHS, Rebuilt, columns, rebuild
from benchmarks.quality.scores import top_k
from benchmarks.quality.shape_scores import Original, pieces
from benchmarks.quality.shapes import COARSE, Tokens, encode
from data.training_set import NEAR, UNIFORM
from generation.config import FRAME_TOKENS
from generation.seeds import derived_seed
from geometry.frame import BOX_HALF_WIDTH


def reconstruction(bench: Bench) -> dict[str, Any]:
    """Measure every test object.

    Returns:
        rows, symmetry, kind, solid (share of the box) of each object; scores: per variant and
        score a list over objects; classes: accuracy of the classifier; codes: use of the code
        books; cost: see `cost`; bytes: size of the weight file.
    """
    rows = bench.measured
    tokens = test_tokens(bench)
    truth = bench.meshes(rows.tolist())

    def measure(index: int) -> dict[str, Rebuilt]:
        row = int(rows[index])
        queries = bench.objects.queries[row].astype(np.float32)
        mesh = truth[row]
        original = Original(mesh, queries[UNIFORM], queries[NEAR], pieces(mesh))
        seed = derived_seed(bench.options.seed, "reconstruction", row)
        return rebuild(bench.tokenizer, tokens[index], original, seed)

    label = "rebuild test objects"
    each = spread(measure, range(len(rows)), label, bench.options.workers)
    facts = [bench.objects.objects[int(row)] for row in rows]
    box = (2.0 * BOX_HALF_WIDTH) ** 3
    return {
        "rows": rows.tolist(),
        "symmetry": [one["symmetry"] for one in facts],
        "kind": [one["kind"] for one in facts],
        "solid": [float(truth[int(row)].volume) / box for row in rows],
        "scores": columns(each),
        "classes": _class_accuracy(bench, rows, each),
        "codes": code_uses(tokens, bench),
        "cost": cost(bench.options.weights, bench.options.cache, rows),
        "bytes": (bench.options.weights / "tokenizer.safetensors").stat().st_size,
    }


def test_tokens(bench: Bench) -> Tokens:
    """Return all tokens (N, 580) of the measured test objects, kept once they are made."""

    def make() -> dict[str, Tokens]:
        return {"tokens": encode(bench.tokenizer, bench.objects, bench.measured)}

    return bench.tokenizer_store.arrays("tokens-test", make)["tokens"]


def _class_accuracy(bench: Bench, rows: Rows, each: list[dict[str, Rebuilt]]) -> dict[str, Any]:
    """Return what share the classifier names rightly, of originals and of rebuilt shapes.

    All test objects of known categories count. A shape without a surface is named wrongly.
    """
    classes = bench.objects.categories
    learned, labels = labelled(bench, bench.train, classes)
    model = Classifier.fitted(features_of(bench, learned), labels, len(classes))
    known, wanted = labelled(bench, rows, classes)
    place = {int(row): index for index, row in enumerate(rows)}
    shapes = [each[place[int(row)]] for row in known]
    result: dict[str, Any] = {"objects": len(known), "classes": len(classes)}
    if not len(known):
        return result
    right = top_k(model.scores(features_of(bench, known)), wanted, 1)
    result["original"] = float(right.mean())
    for variant in LENGTHS:
        for key in ("features", "largest"):
            found = [getattr(shape[variant], key) for shape in shapes]
            result[f"{variant}-{key}"] = _right(model, found, wanted)
    return result


def _right(
    model: Classifier, found: list[NDArray[np.float64] | None], wanted: NDArray[np.int64]
) -> float:
    whole = np.array([one is not None for one in found])
    if not whole.any():
        return 0.0
    scores = model.scores(np.stack([one for one in found if one is not None]))
    return float(top_k(scores, wanted[whole], 1).sum() / len(wanted))


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
