"""A shape from all of its tokens, from a part of them, and what the extraction alone costs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
import trimesh
from numpy.typing import NDArray

from benchmarks.quality.classifier import features
from benchmarks.quality.shape_scores import Original, field_scores, mesh_scores
from benchmarks.quality.shapes import COARSE, Tokens, extracted
from caddis.generation.config import FINE_TOKENS
from caddis.generation.tokenizer.tokenizer import SEQUENCE, Tokenizer
from caddis.geometry.errors import EmptyMeshError
from caddis.geometry.field import SolidField
from caddis.geometry.frame import to_canonical
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.repair.shells import keep_largest
from caddis.geometry.shape_frame import ShapeFrame

RESOLUTION = 128  # cells along a side, where rebuilt shapes are meshed
CLASSIFIED = 1024  # surface points that the classifier reads
LENGTHS = {"all": SEQUENCE, "half": COARSE + FINE_TOKENS // 2, "coarse": COARSE}
"""Tokens that each variant is decoded from; "coarse" has the frame and the coarse cells."""
EXTRACTED = "extracted"
"""The variant that never was tokens: the original's own distances, meshed in the same way."""

Floats = NDArray[np.float64]


class FramedSolid:
    """The distance field of an original with the frame of its tokens, as `TokenField` has one.

    Args:
        mesh: A closed mesh in the canonical frame.
        frame: Its symmetry and box.
    """

    def __init__(self, mesh: trimesh.Trimesh, frame: ShapeFrame) -> None:
        self._field = SolidField(mesh)
        self.frame = frame

    def __call__(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return signed distances (N,) at points (N, 3)."""
        return self._field(points)


Judge = Callable[[Floats | None], float]
"""Tells from the features of a shape, None without surface, whether it is named rightly: 1, 0."""
Scores = dict[str, dict[str, float]]
"""Scores of a shape by variant."""


def not_judged(features: Floats | None) -> float:
    """Be the judge of shapes of no known category."""
    return math.nan


def rebuild(
    tokenizer: Tokenizer, tokens_k: Tokens, original: Original, seed: int,
    judge: Judge = not_judged,
) -> Scores:  # fmt: skip
    """Measure every variant of a shape.

    Args:
        tokenizer: In eval mode.
        tokens_k: All tokens (580,) of the shape.
        original: The shape itself.
        seed: Of the points that surfaces are measured at.
        judge: Says whether the shape is named rightly.

    Returns:
        Per variant the scores of `shape_scores`; named and named_largest: the judge's word on
        all bodies together and on the largest alone.
    """
    result = {}
    for name, length in LENGTHS.items():
        field = tokenizer.shape_field(torch.from_numpy(tokens_k[:length]))
        mesh = extracted(field, RESOLUTION)
        overlap = field_scores(field, original)
        result[name] = overlap | _mesh_scores(mesh, original, seed, judge)
    frame = tokenizer.shape_field(torch.from_numpy(tokens_k[:COARSE])).frame
    mesh = extracted(FramedSolid(original.mesh, frame), RESOLUTION)
    # only its mesh is measured: the field is the original's own
    overlap = {"iou": math.nan, "near_iou": math.nan}
    result[EXTRACTED] = overlap | _mesh_scores(mesh, original, seed, judge)
    return result


def _mesh_scores(
    mesh: trimesh.Trimesh | None, original: Original, seed: int, judge: Judge
) -> dict[str, float]:
    return {
        **mesh_scores(mesh, original, np.random.default_rng(seed)),
        "named": judge(_features(mesh, seed)),
        "named_largest": judge(_features(_largest(mesh), seed)),
    }


def _largest(mesh: trimesh.Trimesh | None) -> trimesh.Trimesh | None:
    try:
        return None if mesh is None else keep_largest(mesh).mesh
    except EmptyMeshError:
        return None


def _features(mesh: trimesh.Trimesh | None, seed: int) -> Floats | None:
    if mesh is None:
        return None
    try:
        points, _ = sample_surface(to_canonical(mesh), CLASSIFIED, np.random.default_rng(seed))
    except EmptyMeshError:
        return None
    return features(points)


def columns(each: Sequence[Scores]) -> dict[str, dict[str, list[float]]]:
    """Return for every variant and score the list of the shapes' values."""
    return {
        variant: {key: [one[variant][key] for one in each] for key in each[0][variant]}
        for variant in each[0]
    }
