"""Batches of web samples, randomly rotated, in units of their mean edge length.

Shape letters: B batch, N nodes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from caddis.data.webs.dataset import WebSamples, build_samples
from caddis.generation.webs.learned.model import WebBatch
from caddis.generation.webs.learned.wishes import Wishes

_HIDDEN = 0.2
"""Probability of hiding a condition during training, for each condition independently."""
_POOLS = 4

Rows = NDArray[np.int64]


def web_samples(cache: Path, webs: int, per_web: int, seed: int) -> WebSamples:
    """Return the samples for training; the first call builds them, which takes seconds per web.

    Raises:
        DataError: The file in the cache is damaged.
        ConfigError: `webs` or `per_web` is below 1.
    """
    path = cache / f"samples-{webs}x{per_web}-seed{seed}.npz"
    if not path.exists():
        build_samples(webs, per_web, seed).save(path)
    return WebSamples.load(path)


def drawn_rows(counts: Rows, batch: int, rng: np.random.Generator) -> Rows:
    """Draw samples of similar size, which halves the time of a step because less is padding.

    Four times the wanted number are drawn and sorted by size, and a random quarter is returned.
    """
    drawn = rng.integers(0, len(counts), _POOLS * batch)
    drawn = drawn[np.argsort(counts[drawn], kind="stable")]
    quarter = int(rng.integers(_POOLS))
    return drawn[quarter * batch : (quarter + 1) * batch]


def web_batch(
    samples: WebSamples, rows: Rows, device: torch.device, rng: np.random.Generator | None
) -> WebBatch:
    """Return samples as a batch.

    Args:
        samples: All samples.
        rows: Row numbers of the samples to take.
        device: Device of the tensors.
        rng: Rotates and mirrors each web and hides conditions; None does neither.
    """
    counts = samples.counts[rows]
    width = int(counts.max())
    positions = samples.positions[rows, :width].astype(np.float64)
    adjacency = samples.adjacency[rows, :width, :width]
    if rng is not None:
        positions = positions @ _turns(len(rows), rng)
    lengths, shares = _measured(positions, adjacency)
    chance = np.ones((2, len(rows))) if rng is None else rng.random((2, len(rows)))
    shown = torch.from_numpy(chance >= _HIDDEN)
    wishes = Wishes(
        torch.from_numpy(counts).to(device),
        torch.from_numpy(adjacency.sum(axis=(1, 2)) / counts).float().to(device),
        torch.from_numpy(shares).float().to(device),
        torch.from_numpy(lengths).float().to(device),
        *shown.to(device),
    )
    scaled = torch.from_numpy(positions / lengths[:, None, None]).float()
    return WebBatch(scaled.to(device), torch.from_numpy(adjacency).to(device), wishes)


def _measured(
    positions: NDArray[np.float64], adjacency: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return mean edge lengths (B,) and orientation shares (B, 3), as in `web_parameters`."""
    along = positions[:, :, None] - positions[:, None]
    length = np.linalg.norm(along, axis=3)
    thread = (along**2 / np.maximum(length, 1e-12)[..., None] * adjacency[..., None]).sum((1, 2))
    mean = (length * adjacency).sum((1, 2)) / adjacency.sum((1, 2))
    return mean, thread / thread.sum(axis=1, keepdims=True)


def _turns(count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return (count, 3, 3) uniform rotations and reflections (QR of Gaussians, Mezzadri 2007)."""
    q, r = np.linalg.qr(rng.normal(size=(count, 3, 3)))
    return np.asarray(q * np.sign(np.diagonal(r, axis1=1, axis2=2))[:, None])
