"""The training loop that both models share.

What happens at a step follows from the seed and the step number alone, so a run that is
killed goes on from its last checkpoint to the same losses as one that was left alone.
"""

from __future__ import annotations

import copy
import logging
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from generation.config import Training
from generation.training.device import bfloat16_is_faster, pick_device
from generation.training.log import Log, draw_curves
from geometry.errors import ConfigError, DataError
from geometry.files import atomic_path

logger = logging.getLogger(__name__)

Model = TypeVar("Model", bound=nn.Module)
GRADIENT_NORM = 1.0
FREE_TO_CHANGE = {"out", "cache", "device", "threads", "checkpoint_seconds", "log_every"}


@dataclass(frozen=True)
class Step:
    """One step's number, device and random streams."""

    number: int
    device: torch.device
    numpy: np.random.Generator
    torch: torch.Generator


@dataclass
class Run(Generic[Model]):
    """A training run: what `fit` needs to know of the model.

    Attributes:
        name: "tokenizer" or "generator": names the files of the run.
        config: Settings.
        model: The model to train; weights are changed in place.
        loss: Returns the loss to minimise as "loss", beside what else is to be logged.
        before_step: Called before each step with the model and its running average.
        evaluate: Returns held-out figures of the running average, for the log.
        evaluations: How many times to evaluate in the run.
        progress: Called after each step with its number and the loss.
    """

    name: str
    config: Training
    model: Model
    loss: Callable[[Model, Step], dict[str, Tensor]]
    evaluate: Callable[[Model, torch.device], dict[str, float]]
    before_step: Callable[[Model, Model, Step], None] = lambda model, average, step: None
    evaluations: int = 12
    progress: Callable[[int, float], None] = lambda step, loss: None


def fit(run: Run[Model]) -> Model:
    """Train, and return the running average of the weights in eval mode.

    Raises:
        DataError: A checkpoint in `out` is damaged or of a run with other settings.
        ConfigError: The settings make no sense, or the loss became NaN.
    """
    config = run.config
    if config.steps < 1 or config.batch < 1:
        raise ConfigError("steps and batch must be at least 1", f"{config.steps}, {config.batch}")
    if config.threads:
        torch.set_num_threads(config.threads)
    device = pick_device(config.device)
    half = bfloat16_is_faster(device)
    model = run.model.to(device).train()
    average = copy.deepcopy(model).eval().requires_grad_(False)
    optimizer = _optimizer(model, config)
    checkpoint = config.out / f"{run.name}.checkpoint"
    first, seconds = _resume(checkpoint, config, model, average, optimizer)
    log = Log(config.out / f"{run.name}.jsonl", resume_at=first)
    began = saved = time.monotonic()
    for number in range(first, config.steps):
        step = _step(config.seed, number, device)
        run.before_step(model, average, step)
        _set_learning_rate(optimizer, config, number)
        with torch.autocast(device.type, torch.bfloat16, enabled=half):
            losses = run.loss(model, step)
        optimizer.zero_grad()
        losses["loss"].backward()
        nn.utils.clip_grad_norm_(model.parameters(), GRADIENT_NORM)
        optimizer.step()
        _follow(average, model, config.ema, number)
        now = time.monotonic()
        _report(run, log, average, number, losses, seconds + now - began, device)
        if now - saved > config.checkpoint_seconds or number + 1 == config.steps:
            spent = seconds + now - began
            _save(checkpoint, config, number + 1, spent, model, average, optimizer)
            saved = now
    draw_curves(log.path, config.out / f"{run.name}-curves.png")
    return average.to("cpu")


def _step(seed: int, number: int, device: torch.device) -> Step:
    # dropout draws from torch's own stream, which is therefore set at every step
    torch.manual_seed(seed * 1_000_003 + number)
    return Step(
        number,
        device,
        np.random.default_rng((seed, number)),
        torch.Generator().manual_seed(seed * 1_000_003 + number),
    )


def _optimizer(model: nn.Module, config: Training) -> torch.optim.AdamW:
    trained = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in trained if p.ndim >= 2], "weight_decay": config.weight_decay},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, betas=(0.9, 0.95), fused=True)


def _set_learning_rate(optimizer: torch.optim.Optimizer, config: Training, number: int) -> None:
    """Linear warm-up over 3 % of the steps, then a cosine down to 2 % of the peak."""
    warmup = max(1, round(0.03 * config.steps))
    share = (number - warmup) / max(1, config.steps - warmup)
    scale = min((number + 1) / warmup, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * max(share, 0))))
    for group in optimizer.param_groups:
        group["lr"] = config.learning_rate * scale


@torch.no_grad()
def _follow(average: nn.Module, model: nn.Module, decay: float, number: int) -> None:
    """Move the running average toward the model; quickly while the run is young."""
    weight = 1 - min(decay, (1 + number) / (10 + number))
    target = model.state_dict()
    for key, value in average.state_dict().items():
        if value.is_floating_point():
            value.lerp_(target[key], weight)
        else:
            value.copy_(target[key])


def _report(
    run: Run[Model],
    log: Log,
    average: Model,
    number: int,
    losses: dict[str, Tensor],
    seconds: float,
    device: torch.device,
) -> None:
    config, entry = run.config, {}
    every = max(1, config.steps // run.evaluations)
    last = number + 1 == config.steps
    if number % config.log_every == 0 or last:
        entry = {name: float(value.detach()) for name, value in losses.items()}
        if not math.isfinite(entry["loss"]):
            raise ConfigError(f"the loss is {entry['loss']} at step {number}", "training",
                              "Lower the learning rate.")  # fmt: skip
        run.progress(number, entry["loss"])
    if (number + 1) % every == 0 or last:
        with torch.autocast(device.type, torch.bfloat16, enabled=False):
            entry |= run.evaluate(average, device)
        logger.info("%s step %d: %s", run.name, number, entry)
    if entry:
        log.add({"step": number, "seconds": seconds, **entry})


def _settings(config: Training) -> dict[str, Any]:
    return {key: str(value) for key, value in asdict(config).items() if key not in FREE_TO_CHANGE}


def _save(
    path: Path,
    config: Training,
    step: int,
    seconds: float,
    model: nn.Module,
    average: nn.Module,
    optimizer: torch.optim.Optimizer,
) -> None:
    state = {
        "settings": _settings(config), "step": step, "seconds": seconds,
        "model": model.state_dict(), "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
    }  # fmt: skip
    with atomic_path(path) as beside:
        torch.save(state, beside)


def _resume(
    path: Path,
    config: Training,
    model: nn.Module,
    average: nn.Module,
    optimizer: torch.optim.Optimizer,
) -> tuple[int, float]:
    """Return the next step and the seconds spent so far; (0, 0) without a checkpoint."""
    if not path.exists():
        return 0, 0.0
    other = f"Delete {path.name} or choose another folder with --out."
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises many kinds for a damaged file
        raise DataError(f"cannot read the checkpoint: {error}", str(path), other) from error
    if state["settings"] != _settings(config):
        changed = sorted(
            key for key, value in _settings(config).items() if state["settings"].get(key) != value
        )
        raise DataError(f"a checkpoint with other settings ({', '.join(changed)})", str(path), other)
    model.load_state_dict(state["model"])
    average.load_state_dict(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    logger.info("going on at step %d of %s", state["step"], path)
    return state["step"], state["seconds"]
