"""Batches for training: subsampled, mirrored, stretched and slightly noisy objects.

Shape letters: B batch, N surface points, Q query points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from caddis.data.training_set import TrainingSet
from caddis.generation.config import TokenizerConfig
from caddis.generation.tokenizer.frames import LEVELS, Frames
from caddis.geometry.symmetry import SYMMETRIES

STRETCH = 0.2  # axes are scaled by exp(U(-0.2, 0.2)), then all so that the longest side is 1
NOISE = 0.001  # standard deviation of the noise on surface points, as a share of the longest side

Floats = NDArray[np.float32]

_REVOLVED = np.array([kind.revolved for kind in SYMMETRIES])


@dataclass(frozen=True)
class Batch:
    """Objects for one step.

    Attributes:
        points: (B, N, 6) float32 coordinates and unit normals in the canonical frame.
        frames: Frames of the objects.
        queries: (B, Q, 3) float32 points.
        distance: (B, Q) float32 signed distances of the queries.
    """

    points: Tensor
    frames: Frames
    queries: Tensor
    distance: Tensor

    def to(self, device: torch.device) -> Batch:
        """Return the batch on a device."""
        return Batch(
            self.points.to(device),
            self.frames.to(device),
            self.queries.to(device),
            self.distance.to(device),
        )


def augmented_batch(
    objects: TrainingSet, rows: NDArray[np.int64], config: TokenizerConfig, queries: int,
    rng: np.random.Generator,
) -> Batch:  # fmt: skip
    """Return the objects `rows`, randomly mirrored and stretched, and with noise."""
    factors = random_factors(objects, rows, rng)
    sampled = _take(objects.queries, rows, queries, rng)
    # A stretched distance field is not a distance field. Near the surface, distances change by the
    # stretch along the normal, which the geometric mean of the factors approximates. The surface
    # itself (distance 0) stays exact, and the surface is what is learned.
    mean_factor = np.abs(factors).prod(axis=1) ** (1 / 3)
    return Batch(
        torch.from_numpy(augmented_points(objects, rows, config.points, factors, rng)),
        frames_of(objects, rows, config, factors),
        torch.from_numpy(sampled[..., :3] * factors[:, None]),
        torch.from_numpy(sampled[..., 3] * mean_factor[:, None]),
    )


def plain_batch(
    objects: TrainingSet, rows: NDArray[np.int64], config: TokenizerConfig,
    rng: np.random.Generator,
) -> Batch:  # fmt: skip
    """Return the objects `rows` unchanged, with only the uniform queries (for measuring IoU)."""
    uniform = objects.uniform_queries(rows).astype(np.float32)
    return Batch(
        torch.from_numpy(_take(objects.points, rows, config.points, rng)),
        frames_of(objects, rows, config),
        torch.from_numpy(uniform[..., :3].copy()),
        torch.from_numpy(uniform[..., 3].copy()),
    )


def frames_of(
    objects: TrainingSet, rows: NDArray[np.int64], config: TokenizerConfig,
    factors: Floats | None = None,
) -> Frames:  # fmt: skip
    """Return the frames of objects, stretched by axis factors (B, 3) if given."""
    sides = objects.sides[rows]
    if factors is not None:
        sides = sides * np.abs(factors)
    return frames_around(objects.symmetries[rows], sides, config)


def frames_around(symmetry: NDArray[np.int64], sides: Floats, config: TokenizerConfig) -> Frames:
    """Return the frames that a tokenizer assigns to shapes.

    Args:
        symmetry: (B,) indices into `caddis.geometry.symmetry.SYMMETRIES`.
        sides: (B, 3) sides of the shapes' boxes.
        config: Tells whether shapes are folded and framed.
    """
    kinds = torch.from_numpy(symmetry)
    if not config.folded:
        kinds = torch.zeros_like(kinds)
    if not config.framed:
        return Frames(kinds, torch.full((len(kinds), 3), LEVELS - 1))
    return Frames.around(kinds, torch.from_numpy(sides))


def random_factors(
    objects: TrainingSet, rows: NDArray[np.int64], rng: np.random.Generator
) -> Floats:
    """Return axis factors (B, 3) that mirror x at random, stretch, and keep the longest side 1.

    A solid of revolution is stretched equally along x and y, so that it remains one.
    """
    extents = objects.sides[rows]
    factors = np.exp(rng.uniform(-STRETCH, STRETCH, extents.shape))
    revolved = _REVOLVED[objects.symmetries[rows]]
    factors[revolved, 1] = factors[revolved, 0]
    factors /= (factors * extents).max(axis=1, keepdims=True)
    factors[:, 0] *= rng.choice([-1.0, 1.0], len(factors))
    return factors.astype(np.float32)


def augmented_points(
    objects: TrainingSet, rows: NDArray[np.int64], count: int, factors: Floats,
    rng: np.random.Generator,
) -> Floats:  # fmt: skip
    """Return oriented points (B, count, 6) of objects under axis factors (B, 3), with noise.

    Normals transform by the inverse factors (the inverse transpose of the stretch).
    """
    cloud = _take(objects.points, rows, count, rng)
    noise = rng.normal(0, NOISE, cloud[..., :3].shape)
    cloud[..., :3] = cloud[..., :3] * factors[:, None] + noise
    cloud[..., 3:] /= factors[:, None]
    cloud[..., 3:] /= np.linalg.norm(cloud[..., 3:], axis=-1, keepdims=True).clip(1e-6)
    return cloud


def _take(
    values: NDArray[np.float16], rows: NDArray[np.int64], count: int, rng: np.random.Generator
) -> Floats:
    """Return `count` random entries of each row, with replacement, (B, count, C).

    If `count` is the number of entries, all are returned in their order.
    """
    if count == values.shape[1]:
        return values[rows].astype(np.float32)
    picked = rng.integers(0, values.shape[1], (len(rows), count))
    return values[rows[:, None], picked].astype(np.float32)
