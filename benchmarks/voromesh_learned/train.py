"""Train the network on crops of distance grids; a run that was stopped goes on."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save
from torch import Tensor

from benchmarks.voromesh_learned.loss import Weights, loss
from benchmarks.voromesh_learned.network import Network, near_surface, patches
from benchmarks.voromesh_learned.objects import Training
from geometry.files import write_bytes
from geometry.surface import DEFAULT_BOUND

_MARGIN = 2.0  # cells at a crop's border where generators stand but no sample asks
_EVERY = 100  # steps between checkpoints


@dataclass(frozen=True)
class TrainOptions:
    """Settings of `train`.

    Attributes:
        steps: Crops seen, one a step.
        rate: Adam's largest step; it falls to zero as half a cosine.
        half_width: Half the side of a crop, in cells.
        samples: At most how many samples a crop.
        seed: Of the weights and the crops.
        weights: Of the loss.
    """

    steps: int = 1200
    rate: float = 2e-3
    half_width: float = 9.0
    samples: int = 3000
    seed: int = 0
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True)
class Crop:
    """What one step sees; lengths in cells, relative to the grid's first corner.

    Attributes:
        corners: (n, 3) float32 corners that get a generator.
        patches: (n, 343) float32 distances around them.
        points: (N, 3) float32 samples.
        normals: (N, 3) float32.
    """

    corners: NDArray[np.float32]
    patches: NDArray[np.float32]
    points: NDArray[np.float32]
    normals: NDArray[np.float32]


def crop(shape: Training, options: TrainOptions, rng: np.random.Generator) -> Crop:
    """Cut a random box out of an object at one of two grids, turned by a random symmetry."""
    stride = int(rng.integers(1, 3))
    values = shape.values[::stride, ::stride, ::stride]
    cell = 2.0 * DEFAULT_BOUND / (len(values) - 1)
    cells = values / np.float32(cell)
    points = (shape.points + np.float32(DEFAULT_BOUND)) / np.float32(cell)
    corners = near_surface(cells)
    centre = points[rng.integers(len(points))]
    box = np.abs(corners - centre).max(axis=1) <= options.half_width
    inner = np.abs(points - centre).max(axis=1) <= options.half_width - _MARGIN
    chosen = np.flatnonzero(inner)
    chosen = rng.permutation(chosen)[: options.samples]
    corners = corners[box]
    around = patches(cells, corners).reshape(len(corners), 7, 7, 7)
    order, signs = rng.permutation(3), rng.choice(np.array([-1, 1]), 3)
    around = np.transpose(around, (0, *(order + 1)))
    around = around[(slice(None), *(slice(None, None, int(sign)) for sign in signs))]
    turned = [
        (array[:, order] * signs).astype(np.float32)
        for array in (corners - centre, points[chosen] - centre, shape.normals[chosen])
    ]
    flat = np.ascontiguousarray(around).reshape(len(corners), -1)
    return Crop(turned[0], flat, turned[1], turned[2])


def train(
    load: Sequence[Callable[[], Training]],
    options: TrainOptions,
    checkpoint: Path,
    say: Callable[[str], None] = print,
) -> tuple[Network, float]:
    """Train from scratch, or from the checkpoint; the same options give the same weights.

    Args:
        load: How to read each object.
        options: See `TrainOptions`.
        checkpoint: Safetensors file with weights, Adam's moments and progress.
        say: Takes lines of progress.

    Returns:
        The network, and the processor seconds that it took, interruptions left out.
    """
    torch.manual_seed(options.seed)
    network = Network()
    parameters = list(network.parameters())
    adam = torch.optim.Adam(parameters, options.rate)
    step, spent = _resume(network, adam, checkpoint)
    began, recent, last = time.process_time(), 0.0, step
    while step < options.steps:
        rng = np.random.default_rng([options.seed, step])
        shape = load[int(rng.integers(len(load)))]()
        for group in adam.param_groups:
            group["lr"] = options.rate * 0.5 * (1.0 + math.cos(math.pi * step / options.steps))
        recent += _update(network, adam, crop(shape, options, rng), options.weights)
        step += 1
        if step % _EVERY == 0 or step == options.steps:
            seconds = spent + time.process_time() - began
            _keep(network, adam, checkpoint, step, seconds)
            say(f"step {step}: loss {recent / (step - last):.4f}, {seconds:.0f} s")
            recent, last = 0.0, step
    return network, spent + time.process_time() - began


def _update(network: Network, adam: torch.optim.Optimizer, seen: Crop, weights: Weights) -> float:
    offset, logits = network(torch.from_numpy(seen.patches))
    places = torch.from_numpy(seen.corners) + offset
    points, normals = torch.from_numpy(seen.points), torch.from_numpy(seen.normals)
    total = loss(places, logits, points, normals, weights)
    adam.zero_grad()
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    adam.step()
    return float(total.detach())


def _keep(
    network: Network, adam: torch.optim.Optimizer, path: Path, step: int, seconds: float
) -> None:
    state: dict[str, Tensor] = {f"weight.{k}": v for k, v in network.state_dict().items()}
    for index, moments in adam.state_dict()["state"].items():
        state |= {f"adam.{index}.{k}": v for k, v in moments.items()}
    state["progress"] = torch.tensor([step, seconds], dtype=torch.float64)
    write_bytes(path, save(state))


def _resume(network: Network, adam: torch.optim.Optimizer, path: Path) -> tuple[int, float]:
    if not path.exists():
        return 0, 0.0
    state = load_file(path)
    network.load_state_dict(
        {k.removeprefix("weight."): v for k, v in state.items() if k.startswith("weight.")}
    )
    moments: dict[int, dict[str, Tensor]] = {}
    for key, value in state.items():
        if key.startswith("adam."):
            _, index, name = key.split(".")
            moments.setdefault(int(index), {})[name] = value
    kept = adam.state_dict()
    kept["state"] = moments
    adam.load_state_dict(kept)
    step, seconds = state["progress"].tolist()
    return int(step), float(seconds)
