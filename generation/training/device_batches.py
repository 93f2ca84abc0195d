"""Batches built on the GPU: the counterpart of `caddis.generation.training.batches`.

The whole cache (0.6 GB) is kept in the device's memory, so that a step waits neither for numpy nor
for a copy. Rows and axis factors come from the same numpy stream as in `augmented_batch`. The
choice of points and queries and the noise come from a random stream of the device, whose seed is
drawn from the numpy stream. A batch thus depends only on the step's seed, but differs from the one
that numpy makes of the same seed. With the same `Picks`, both are equal up to rounding.

Shape letters: B batch, N surface points, Q query points.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from caddis.data.training_set import TrainingSet
from caddis.generation.config import TokenizerConfig
from caddis.generation.tokenizer.frames import Frames
from caddis.generation.training.batches import (
    NOISE,
    Batch,
    Floats,
    augmented_batch,
    frames_of,
    random_factors,
)

MakeBatch = Callable[[NDArray[np.int64], int, np.random.Generator], Batch]
"""(row numbers, queries per object, random stream) -> an augmented batch on the device."""


@dataclass(frozen=True)
class Picks:
    """All random choices of a batch, apart from its rows.

    Attributes:
        factors: (B, 3) float32 axis factors from `random_factors`.
        points: (B, N) int64 indices of surface points; None takes all, in their order.
        queries: (B, Q) int64 indices of queries; None takes all, in their order.
        noise: (B, N, 3) float32 noise to add to the points.
    """

    factors: Floats
    points: Tensor | None
    queries: Tensor | None
    noise: Tensor


def batch_maker(objects: TrainingSet, config: TokenizerConfig, device: torch.device) -> MakeBatch:
    """Return a function that makes augmented batches: in numpy on a CPU, else on the device."""
    if device.type != "cpu":
        return DeviceBatches(objects, config, device)

    def in_numpy(rows: NDArray[np.int64], queries: int, rng: np.random.Generator) -> Batch:
        return augmented_batch(objects, rows, config, queries, rng)

    return in_numpy


class DeviceBatches:
    """A training set in the memory of a device.

    Args:
        objects: The prepared data.
        config: Tells how many points the encoder reads, and whether shapes are folded and framed.
        device: Device for the arrays and the batches.
    """

    def __init__(self, objects: TrainingSet, config: TokenizerConfig, device: torch.device) -> None:
        self.objects, self.config, self.device = objects, config, device
        self.points = torch.from_numpy(np.array(objects.points)).to(device)
        self.queries = torch.from_numpy(np.array(objects.queries)).to(device)

    def __call__(self, rows: NDArray[np.int64], queries: int, rng: np.random.Generator) -> Batch:
        """Return the objects `rows` (B,), randomly mirrored and stretched, and with noise.

        Args:
            rows: (B,) row numbers of the training set.
            queries: Q, number of queries per object.
            rng: The step's random stream.
        """
        return self.batch(rows, self.draw(rows, queries, rng))

    def draw(self, rows: NDArray[np.int64], queries: int, rng: np.random.Generator) -> Picks:
        """Draw the random choices of a batch; the arguments are those of `__call__`."""
        factors = random_factors(self.objects, rows, rng)
        stream = torch.Generator(self.device).manual_seed(int(rng.integers(2**62)))
        noise = torch.randn(
            (len(rows), self.config.points, 3), generator=stream, device=self.device
        )
        return Picks(
            factors,
            self._random_indices(len(rows), self.config.points, self.points.shape[1], stream),
            self._random_indices(len(rows), queries, self.queries.shape[1], stream),
            NOISE * noise,
        )

    def batch(self, rows: NDArray[np.int64], picks: Picks) -> Batch:
        """Return the batch for rows (B,) and picks, by the same steps as `augmented_batch`."""
        factors = self._send(torch.from_numpy(picks.factors))[:, None]  # (B, 1, 3)
        at = self._send(torch.from_numpy(rows))
        cloud = _taken(self.points, at, picks.points)
        sampled = _taken(self.queries, at, picks.queries)
        normals = cloud[..., 3:] / factors
        normals = normals / normals.norm(dim=-1, keepdim=True).clamp(min=1e-6)
        frames = frames_of(self.objects, rows, self.config, picks.factors)
        return Batch(
            torch.cat([cloud[..., :3] * factors + picks.noise, normals], dim=-1),
            Frames(self._send(frames.symmetry), self._send(frames.level)),
            sampled[..., :3] * factors,
            sampled[..., 3] * factors.abs().prod(dim=-1) ** (1 / 3),
        )

    def _random_indices(
        self, rows: int, count: int, of: int, stream: torch.Generator
    ) -> Tensor | None:
        if count == of:
            return None
        return torch.randint(of, (rows, count), generator=stream, device=self.device)

    def _send(self, values: Tensor) -> Tensor:
        """Copy to the device from pinned memory; else the copy would wait for all queued work."""
        if self.device.type == "cuda":
            values = values.pin_memory()
        return values.to(self.device, non_blocking=True)


def _taken(values: Tensor, rows: Tensor, picked: Tensor | None) -> Tensor:
    """Return the picked entries of rows of (R, E, C) values, (B, count, C) float32."""
    chosen = values[rows] if picked is None else values[rows[:, None], picked]
    return chosen.float()
