"""From conditions to tokens to surfaces to point clouds, by a coarse and quick route.

One draw per shape, no choice among candidates, marching cubes at a low resolution, the
largest body: what the model makes, before any repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import trimesh
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from torch import Tensor

from benchmarks.common.progress import say, spread
from benchmarks.quality.store import Arrays
from caddis.data.training_set import TrainingSet
from caddis.generation.conditions import Given
from caddis.generation.config import COARSE_TOKENS, FRAME_TOKENS
from caddis.generation.models import Models
from caddis.generation.request import Sampling
from caddis.generation.sampling import sample
from caddis.generation.seeds import derived_seed
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.generation.training.batches import plain_batch
from caddis.geometry.errors import EmptyMeshError, NoSurfaceError
from caddis.geometry.field import Field
from caddis.geometry.frame import to_canonical
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.repair.shells import keep_largest
from caddis.geometry.surfaces.marching_cubes import MarchingCubes

POINTS = 1024  # of a shape that are compared with another's
DENSE = 4096  # of a shape that are kept; the first POINTS of them are as random as any
BATCH = 50
COARSE = FRAME_TOKENS + COARSE_TOKENS
"""Tokens of a shape in outline: its frame and its coarse cells, which is what is generated."""

Wanted = tuple[str | None, str | None]
"""Category and text, each may be missing."""
Tokens = NDArray[np.int64]


@dataclass(frozen=True)
class Clouds:
    """Point clouds of decoded shapes.

    Attributes:
        points: (N, DENSE, 3) float32; all at the origin for a shape without a surface.
        whole: (N,) whether there was a surface.
    """

    points: NDArray[np.float32]
    whole: NDArray[np.bool_]

    @property
    def trees(self) -> list[cKDTree]:
        """One k-d tree of POINTS per shape; without surface it holds the origin alone."""
        return [
            cKDTree(cloud[:POINTS] if whole else cloud[:1])
            for cloud, whole in zip(self.points, self.whole, strict=True)
        ]


def encode(tokenizer: Tokenizer, objects: TrainingSet, rows: NDArray[np.int64]) -> Tokens:
    """Return the tokens (N, 580) of prepared objects."""
    parts = []
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        rng = np.random.default_rng(derived_seed("encode", int(part[0])))
        batch = plain_batch(objects, part, tokenizer.config, rng)
        parts.append(tokenizer.encode(batch.points, batch.frames).numpy())
    return np.concatenate(parts)


def write(models: Models, wanted: Sequence[Wanted], seed: int, sampling: Sampling) -> Tokens:
    """Return one draw of tokens (N, K) for each condition; shape i has the i-th stream."""
    seeds = [derived_seed(seed, "quality", i) for i in range(len(wanted))]
    parts = []
    for start in range(0, len(wanted), BATCH):
        part = slice(start, start + BATCH)
        given = _conditions(models, wanted[part])
        parts.append(sample(models.generator, given, seeds[part], sampling).tokens.cpu().numpy())
        say(f"tokens written: {min(start + BATCH, len(wanted))} of {len(wanted)}")
    return np.concatenate(parts)


def _conditions(models: Models, wanted: Sequence[Wanted]) -> dict[str, Given]:
    each = [models.conditions([category], text) for category, text in wanted]
    return {
        name: Given(
            torch.cat([one[name].values for one in each]),
            torch.cat([one[name].present for one in each]),
        )
        for name in each[0]
    }


def unigram(training: Tokens, count: int, seed: int) -> Tokens:
    """Draw each token from its position's own frequencies in training (M, K).

    Returns:
        (count, 68): frame and coarse cells, which is all that the generator writes.
    """
    rng = np.random.default_rng(derived_seed(seed, "unigram"))
    coarse = training[:, :COARSE]
    picked = rng.integers(0, len(coarse), (count, coarse.shape[1]))
    return np.take_along_axis(coarse, picked, axis=0)


def extracted(field: Field, resolution: int) -> trimesh.Trimesh | None:
    """Return the surface of a field by the product's own extraction, all bodies; or None."""
    try:
        return MarchingCubes().from_field(field, resolution)
    except NoSurfaceError:
        return None


def surface(tokenizer: Tokenizer, tokens: Tensor, resolution: int) -> trimesh.Trimesh | None:
    """Return the surface of the first k tokens (k,) in the model's frame, all bodies; or None."""
    return extracted(tokenizer.shape_field(tokens), resolution)


def body(tokenizer: Tokenizer, tokens: Tensor, resolution: int) -> trimesh.Trimesh | None:
    """Return the largest body of a shape, centred, longest side 1; None without a surface."""
    mesh = surface(tokenizer, tokens, resolution)
    if mesh is None:
        return None
    try:
        return to_canonical(keep_largest(mesh).mesh)
    except EmptyMeshError:
        return None


def decode(
    tokenizer: Tokenizer, tokens: Tokens, resolution: int, label: str, workers: int
) -> Arrays:
    """Decode tokens (N, K) to the arrays of `Clouds`."""

    def cloud(index: int) -> NDArray[np.float32] | None:
        mesh = body(tokenizer, torch.from_numpy(tokens[index]), resolution)
        if mesh is None:
            return None
        rng = np.random.default_rng(derived_seed(label, index))
        return sample_surface(mesh, DENSE, rng)[0].astype(np.float32)

    made = spread(cloud, range(len(tokens)), f"decode {label}", workers)
    none = np.zeros((DENSE, 3), np.float32)
    return {
        "points": np.stack([none if one is None else one for one in made]),
        "whole": np.array([one is not None for one in made]),
    }


def stored(objects: TrainingSet, rows: NDArray[np.int64]) -> Clouds:
    """Return the clouds of prepared objects."""
    chosen = objects.points[rows, :DENSE, :3].astype(np.float32)
    return Clouds(chosen, np.ones(len(rows), dtype=bool))
