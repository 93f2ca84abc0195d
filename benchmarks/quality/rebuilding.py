"""A shape from all of its tokens, from a part of them, and what the extraction alone costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import trimesh
from numpy.typing import NDArray

from benchmarks.quality.classifier import features
from benchmarks.quality.shape_scores import Original, field_scores, mesh_scores
from benchmarks.quality.shapes import COARSE, Tokens, extracted
from generation.config import FINE_TOKENS
from generation.tokenizer.tokenizer import SEQUENCE, Tokenizer
from geometry.errors import EmptyMeshError
from geometry.field import SolidField
from geometry.frame import to_canonical
from geometry.repair.shells import keep_largest
from geometry.sampling import sample_surface
from geometry.shape_frame import ShapeFrame

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


@dataclass(frozen=True)
class Rebuilt:
    """One variant of a shape, measured.

    Attributes:
        scores: See `shape_scores`.
        features: What the classifier reads of it, all bodies; None without a surface.
        largest: The same of its largest body alone.
    """

    scores: dict[str, float]
    features: Floats | None
    largest: Floats | None


def rebuild(
    tokenizer: Tokenizer, tokens_k: Tokens, original: Original, seed: int
) -> dict[str, Rebuilt]:
    """Measure every variant of a shape.

    Args:
        tokenizer: In eval mode.
        tokens_k: All tokens (580,) of the shape.
        original: The shape itself.
        seed: Of the points that surfaces are measured at.
    """
    result = {}
    for name, length in LENGTHS.items():
        field = tokenizer.shape_field(torch.from_numpy(tokens_k[:length]))
        mesh = extracted(field, RESOLUTION)
        result[name] = _measured(field_scores(field, original), mesh, original, seed)
    frame = tokenizer.shape_field(torch.from_numpy(tokens_k[:COARSE])).frame
    mesh = extracted(FramedSolid(original.mesh, frame), RESOLUTION)
    # the original is the original: a grid says nothing about its overlap with itself
    result[EXTRACTED] = _measured({"iou": 1.0, "near_iou": 1.0}, mesh, original, seed)
    return result


def _measured(
    overlap: dict[str, float], mesh: trimesh.Trimesh | None, original: Original, seed: int
) -> Rebuilt:
    scores = {**overlap, **mesh_scores(mesh, original, np.random.default_rng(seed))}
    return Rebuilt(scores, _features(mesh, seed), _features(_largest(mesh), seed))


def _largest(mesh: trimesh.Trimesh | None) -> trimesh.Trimesh | None:
    try:
        return None if mesh is None else keep_largest(mesh).mesh
    except EmptyMeshError:
        return None


def _features(mesh: trimesh.Trimesh | None, seed: int) -> Floats | None:
    if mesh is None:
        return None
    try:
        canonical = to_canonical(mesh)
        return features(sample_surface(canonical, CLASSIFIED, np.random.default_rng(seed))[0])
    except EmptyMeshError:
        return None


def columns(each: list[dict[str, Rebuilt]]) -> dict[str, dict[str, list[float]]]:
    """Return for every variant and score the list of the shapes' values."""
    return {
        variant: {
            key: [one[variant].scores[key] for one in each] for key in each[0][variant].scores
        }
        for variant in each[0]
    }
