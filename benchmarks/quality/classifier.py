"""Class accuracy by a small classifier of shapes that only ever sees training objects.

Kernel ridge regression on one-hot classes, solved in closed form: the same data give the same
classifier. Its features are a blurred 12 x 12 x 12 histogram of where the surface lies and the
three side lengths; objects stand upright and face the front, so nothing has to be turned.
Kernel width and ridge were chosen on the validation objects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve
from scipy.spatial.distance import cdist

from benchmarks.common.progress import spread
from benchmarks.quality.bench import Bench, Rows
from benchmarks.quality.scores import top_k
from benchmarks.quality.sets import Kind, clouds
from benchmarks.quality.shapes import POINTS, stored
from caddis.data.duplicates import signature

SHARPNESS = 4.0  # k(a, b) = exp(-SHARPNESS |a - b|^2)
RIDGE = 0.1
CLASSIFIED = (
    Kind.TEST, Kind.AUTOENCODED, Kind.GENERATED, Kind.UNGUIDED, Kind.PHRASES, Kind.CAPTIONS,
    Kind.UNIGRAM, Kind.TRAINING,
)  # fmt: skip

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Classifier:
    """A fitted classifier.

    Attributes:
        known: (M, F) features of the training objects.
        weights: (M, C).
    """

    known: Floats
    weights: Floats

    @classmethod
    def fitted(cls, known: Floats, labels: NDArray[np.int64], classes: int) -> Classifier:
        """Fit to features (M, F) and classes (M,)."""
        kernel = _kernel(known, known) + RIDGE * np.eye(len(known))
        return cls(known, solve(kernel, np.eye(classes)[labels], assume_a="pos"))

    def scores(self, features: Floats) -> Floats:
        """Return a score for every class, (N, C), of features (N, F)."""
        return np.asarray(_kernel(features, self.known) @ self.weights)

    @property
    def sha256(self) -> str:
        """Hash of what was fitted, rounded to what every machine agrees on."""
        rounded = np.round(self.weights, 5) + 0.0  # no negative zeros
        return hashlib.sha256(rounded.astype("<f4").tobytes()).hexdigest()


def features(points: NDArray[np.floating]) -> Floats:
    """Return the features (F,) of points (N, 3) in the canonical frame."""
    chosen = points[:POINTS]
    return np.concatenate([signature(chosen).ravel(), np.ptp(chosen, axis=0)]).astype(np.float64)


def _kernel(a: Floats, b: Floats) -> Floats:
    return np.asarray(np.exp(-SHARPNESS * cdist(a, b, "sqeuclidean")))


def accuracy(bench: Bench) -> dict[str, Any]:
    """Return top-1 and top-5 accuracy of every set, chance, and the classifier's hash.

    The wanted class of shape i is the category of the i-th picked test object, in every set.
    """
    classes = bench.models.categories
    rows, labels = labelled(bench, bench.train, classes)
    model = Classifier.fitted(features_of(bench, rows), labels, len(classes))
    wanted = np.array([classes.index(name) for name in bench.wanted])
    result = {}
    for name in CLASSIFIED:
        made = clouds(bench, name)
        found = model.scores(np.stack([features(cloud) for cloud in made.points]))
        result[name] = {
            f"top{k}": float((top_k(found, wanted, k) & made.whole).mean()) for k in (1, 5)
        }
    every, truth = labelled(bench, bench.test, classes)
    found = model.scores(features_of(bench, every))
    frequent = np.argsort(-np.bincount(labels, minlength=len(classes)), kind="stable")
    return {
        "sets": result,
        "all_test": {f"top{k}": float(top_k(found, truth, k).mean()) for k in (1, 5)},
        "all_test_objects": len(every),
        "classes": len(classes),
        "training_objects": len(rows),
        "chance": 1 / len(classes),
        "always_most_frequent": float((wanted == frequent[0]).mean()),
        "always_five_most_frequent": float(np.isin(wanted, frequent[:5]).mean()),
        "sha256": model.sha256,
    }


def labelled(bench: Bench, rows: Rows, classes: Sequence[str]) -> tuple[Rows, NDArray[np.int64]]:
    """Return those of `rows` that have one of the classes, and the places of their classes."""
    number = {name: i for i, name in enumerate(classes)}
    known = [int(row) for row in rows if bench.category(int(row)) in number]
    found = [number[bench.category(row)] for row in known]
    return np.array(known, dtype=np.int64), np.array(found, dtype=np.int64)


def features_of(bench: Bench, rows: Rows) -> Floats:
    """Return the features (N, F) of prepared objects."""
    points = stored(bench.objects, rows).points
    return np.stack(spread(features, points, "classifier: features", bench.options.workers))
