"""Train the network on crops of distance grids; a run that was stopped goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates
from torch import Tensor

from benchmarks.voromesh_learned.loss import loss
from benchmarks.voromesh_learned.network import Network, Seen, guards, owners, see
from benchmarks.voromesh_learned.objects import Training
from geometry.files import atomic_path
from geometry.surface import DEFAULT_BOUND

_MARGIN = 2.0  # cells at a crop's border where generators stand but no sample asks
_BESIDE = 0.5  # cells; spread of the points that ask for their side
_FALL = 0.25  # share of the steps, the last ones, in which the rate falls to zero
_EVERY = 100  # steps between checkpoints


@dataclass(frozen=True)
class TrainOptions:
    """Settings of `train`.

    Attributes:
        steps: Of Adam.
        crops: Boxes of random objects that a step sees.
        rate: Adam's step; in the last quarter it falls to zero.
        half_width: Half the side of a crop, in cells.
        samples: At most how many samples a crop.
        seed: Of the weights and the crops.
    """

    steps: int = 2400
    crops: int = 4
    rate: float = 1e-3
    half_width: float = 9.0
    samples: int = 2000
    seed: int = 0


@dataclass(frozen=True)
class Crop:
    """A part of a grid; lengths in cells, places from its centre, everything float32.

    Attributes:
        pairs: (n, 3) corners that get a pair.
        seen: What the network reads there.
        guards: (g, 3) corners inside and (h, 3) outside that are generators themselves.
        samples: Points (N, 3) of the surface and their normals (N, 3).
        beside: Points (N, 3) near it and their distances (N,).
    """

    pairs: Tensor
    seen: Seen
    guards: tuple[Tensor, Tensor]
    samples: tuple[Tensor, Tensor]
    beside: tuple[Tensor, Tensor]

    def generators(self, network: Network) -> tuple[Tensor, Tensor]:
        """Return the generators inside and outside."""
        inside, outside = network(self.seen)
        fixed_in, fixed_out = self.guards
        return (
            torch.cat([self.pairs + inside, fixed_in]),
            torch.cat([self.pairs + outside, fixed_out]),
        )

    def loss(self, network: Network) -> Tensor:
        """Return the loss of what the network makes of it."""
        return loss(self.generators(network), self.samples, self.beside)


def crop(shape: Training, options: TrainOptions, rng: np.random.Generator) -> Crop:
    """Cut a random box out of an object at one of two grids."""
    stride = int(rng.integers(1, 3))
    finest = shape.values / np.float32(2.0 * DEFAULT_BOUND / (len(shape.values) - 1))
    cells = finest[::stride, ::stride, ::stride] / np.float32(stride)
    points = (shape.points + DEFAULT_BOUND) * ((len(cells) - 1) / (2.0 * DEFAULT_BOUND))
    centre = points[rng.integers(len(points))]
    near = (np.abs(points - centre) <= options.half_width - _MARGIN).all(axis=1)
    asked = rng.permutation(np.flatnonzero(near))[: options.samples]
    points, normals = points[asked], shape.normals[asked]
    beside = points + normals * rng.normal(0.0, _BESIDE, (len(points), 1))
    distance = map_coordinates(finest, stride * beside.T, order=1, mode="nearest") / stride
    pairs = _within(cells, owners, centre, options.half_width)
    fixed = _within(cells, guards, centre, options.half_width)
    solid = cells[tuple(fixed.T)] < 0.0
    return Crop(
        _tensor(pairs - centre),
        see(cells, pairs),
        (_tensor(fixed[solid] - centre), _tensor(fixed[~solid] - centre)),
        (_tensor(points - centre), _tensor(normals)),
        (_tensor(beside - centre), _tensor(distance)),
    )


def _within(
    cells: NDArray[np.float32],
    choose: Callable[[NDArray[np.float32]], NDArray[np.int64]],
    centre: NDArray[np.float64],
    reach: float,
) -> NDArray[np.int64]:
    """Return the chosen corners that are within reach along each axis."""
    low = np.ceil(centre - reach).clip(0).astype(np.int64)
    high = np.floor(centre + reach).astype(np.int64) + 1
    return choose(cells[tuple(slice(*ends) for ends in zip(low, high, strict=True))]) + low


def _tensor(array: NDArray[Any]) -> Tensor:
    return torch.from_numpy(array.astype(np.float32))


def train(
    shapes: Sequence[Training],
    options: TrainOptions,
    checkpoint: Path,
    say: Callable[[str], None] = print,
) -> tuple[Network, float]:
    """Train from scratch, or from the checkpoint; the same options give the same weights.

    Args:
        shapes: What to learn from.
        options: See `TrainOptions`.
        checkpoint: File with weights, Adam's moments and progress.
        say: Takes lines of progress.

    Returns:
        The network, and the processor seconds that it took, interruptions left out.
    """
    torch.manual_seed(options.seed)
    network = Network()
    adam = torch.optim.Adam(network.parameters(), options.rate)
    step, spent = 0, 0.0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(kept["network"])
        adam.load_state_dict(kept["adam"])
        step, spent = kept["step"], kept["seconds"]
    recent: list[float] = []
    while step < options.steps:
        began = time.process_time()
        rng = np.random.default_rng([options.seed, step])
        seen = [
            crop(shapes[int(rng.integers(len(shapes)))], options, rng) for _ in range(options.crops)
        ]
        for group in adam.param_groups:
            group["lr"] = options.rate * min(1.0, (1.0 - step / options.steps) / _FALL)
        recent.append(_update(network, adam, seen))
        step += 1
        spent += time.process_time() - began
        if step % _EVERY == 0 or step == options.steps:
            state = {"network": network.state_dict(), "adam": adam.state_dict()}
            with atomic_path(checkpoint) as beside:
                torch.save({**state, "step": step, "seconds": spent}, beside)
            say(f"step {step}: loss {sum(recent) / len(recent):.4f}, {spent:.0f} s")
            recent = []
    return network, spent


def _update(network: Network, adam: torch.optim.Optimizer, seen: Sequence[Crop]) -> float:
    total = torch.stack([one.loss(network) for one in seen]).mean()
    adam.zero_grad()
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    adam.step()
    return float(total.detach())
