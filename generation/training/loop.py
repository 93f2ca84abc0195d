"""The training loop shared by all models.

Each step depends only on the seed and the step number, so a run that was killed continues from its
last checkpoint with the same losses as an undisturbed one: to the last bit on a CPU. On CUDA this
holds for the generator and the learned web generators, but the tokenizer's losses agree only up to
rounding, because the gradient of `grid_sample` is summed there in a varying order.
"""

from __future__ import annotations

import copy
import logging
import math
import time
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from caddis.generation.attention import Block
from caddis.generation.config import LoopSettings
from caddis.generation.tokenizer.blocks import GridBlock
from caddis.generation.training.device import bfloat16_is_faster, pick_device
from caddis.generation.training.log import Log, draw_curves
from caddis.generation.training.muon import Float32Muon
from caddis.geometry.errors import ConfigError, DataError, TimeLimitError
from caddis.geometry.files.atomic import atomic_path

logger = logging.getLogger(__name__)

Model = TypeVar("Model", bound=nn.Module)
GRADIENT_NORM = 1.0
FREE_TO_CHANGE = {
    "out",
    "cache",
    "device",
    "threads",
    "seconds",
    "compile",
    "checkpoint_seconds",
    "log_every",
    "evaluations",
}


@dataclass(frozen=True)
class Step:
    """Number, device and random streams of one step."""

    number: int
    device: torch.device
    numpy: np.random.Generator
    torch: torch.Generator


@dataclass
class Run(Generic[Model]):
    """A training run: the model and the functions that `fit` needs.

    Attributes:
        name: Base name of the run's files, such as "tokenizer".
        config: Settings.
        model: The model to train; weights are changed in place.
        loss: Returns the loss to minimise as "loss", and further values to log.
        before_step: Called before each step with the model and its running average.
        evaluate: Returns figures of the running average on held-out data, for the log.
        progress: Called after each step with its number and the loss.
    """

    name: str
    config: LoopSettings
    model: Model
    loss: Callable[[Model, Step], dict[str, Tensor]]
    evaluate: Callable[[Model, torch.device], dict[str, float]]
    before_step: Callable[[Model, Model, Step], None] = lambda model, average, step: None
    progress: Callable[[int, float], None] = lambda step, loss: None


def fit(run: Run[Model]) -> Model:
    """Train the model; return the running average of its weights, in eval mode.

    Raises:
        DataError: A checkpoint in `out` is damaged or belongs to a run with other settings.
        ConfigError: The settings are invalid, or the loss became NaN.
        TimeLimitError: `config.seconds` have passed; a checkpoint was written.
    """
    started = time.monotonic()
    config = run.config
    if config.steps < 1 or config.batch < 1:
        raise ConfigError("steps and batch must be at least 1", f"{config.steps}, {config.batch}")
    if config.threads:
        torch.set_num_threads(config.threads)
    device = pick_device(config.device)
    state = _State.fresh(run.model.to(device), config)
    checkpoint = config.out / f"{run.name}.checkpoint"
    state.resume(checkpoint, config)
    if config.compile:
        state.model.compile()
    log = Log(config.out / f"{run.name}.jsonl", resume_at=state.step)
    began, saved = time.monotonic() - state.seconds, time.monotonic()
    for number in range(state.step, config.steps):
        losses = _train_step(run, state, _step(config.seed, number, device))
        state.step, state.seconds = number + 1, time.monotonic() - began
        _report(run, log, state, losses, device)
        if time.monotonic() - saved > config.checkpoint_seconds or state.step == config.steps:
            state.save(checkpoint, config)
            saved = time.monotonic()
        elif 0 < config.seconds <= time.monotonic() - started:
            state.save(checkpoint, config)
            raise TimeLimitError(
                f"stopped by the time limit after step {state.step} of {config.steps}",
                str(checkpoint), "Run the same command again to continue.",
            )  # fmt: skip
    draw_curves(log.path, config.out / f"{run.name}-curves.png")
    return state.average.to("cpu")


def _train_step(run: Run[Model], state: _State[Model], step: Step) -> dict[str, Tensor]:
    run.before_step(state.model, state.average, step)
    _set_learning_rates(state.optimizers, run.config, step.number)
    half = bfloat16_is_faster(step.device)
    with torch.autocast(step.device.type, torch.bfloat16, enabled=half):
        losses = run.loss(state.model, step)
    state.model.zero_grad()
    losses["loss"].backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(state.model.parameters(), GRADIENT_NORM)
    for optimizer in state.optimizers:
        optimizer.step()
    _update_average(state.average, state.model, run.config.ema, step.number)
    return losses


def _step(seed: int, number: int, device: torch.device) -> Step:
    # dropout draws from torch's global stream, which is therefore seeded at every step
    torch.manual_seed(seed * 1_000_003 + number)
    return Step(
        number,
        device,
        np.random.default_rng((seed, number)),
        torch.Generator().manual_seed(seed * 1_000_003 + number),
    )


def _optimizers(model: nn.Module, config: LoopSettings) -> list[torch.optim.Optimizer]:
    """Return Muon for the matrices inside the blocks, and AdamW for the rest.

    Muon (Jordan et al. 2024) makes the update of each matrix orthogonal. At first the tokenizer
    predicts the same for all queries, and with Muon it leaves this plateau far sooner.
    """
    if config.matrix_learning_rate == 0.0:
        return [torch.optim.AdamW(_decayed(model, config), config.learning_rate, betas=(0.9, 0.95))]
    matrices = [
        parameter
        for block in model.modules()
        if isinstance(block, Block | GridBlock)
        for parameter in block.parameters()
        if parameter.ndim == 2
    ]
    inside = {id(parameter) for parameter in matrices}
    groups = _decayed(model, config, inside)
    muon: torch.optim.Optimizer
    if bfloat16_is_faster(matrices[0].device):
        muon = torch.optim.Muon(
            matrices, lr=config.matrix_learning_rate, weight_decay=config.weight_decay,
            adjust_lr_fn="match_rms_adamw",
        )  # fmt: skip
    else:
        muon = Float32Muon(matrices, config.matrix_learning_rate, config.weight_decay)
    return [muon, torch.optim.AdamW(groups, config.learning_rate, betas=(0.9, 0.95), fused=True)]


def _decayed(
    model: nn.Module, config: LoopSettings, without: Collection[int] = ()
) -> list[dict[str, Any]]:
    """Return AdamW's parameter groups: matrices with weight decay, the rest without."""
    others = [p for p in model.parameters() if p.requires_grad and id(p) not in without]
    return [
        {"params": [p for p in others if p.ndim >= 2], "weight_decay": config.weight_decay},
        {"params": [p for p in others if p.ndim < 2], "weight_decay": 0.0},
    ]


def _set_learning_rates(
    optimizers: list[torch.optim.Optimizer], config: LoopSettings, number: int
) -> None:
    """Set a linear warm-up over 2 % of the steps, then a cosine decay to 2 % of the peak."""
    warmup = max(1, round(0.02 * config.steps))
    share = (number - warmup) / max(1, config.steps - warmup)
    scale = min((number + 1) / warmup, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * max(share, 0))))
    peaks = [config.matrix_learning_rate, config.learning_rate][-len(optimizers) :]
    for optimizer, peak in zip(optimizers, peaks, strict=True):
        for group in optimizer.param_groups:
            group["lr"] = peak * scale


@torch.no_grad()
def _update_average(average: nn.Module, model: nn.Module, decay: float, number: int) -> None:
    """Update the moving average of the weights; faster at the start of the run."""
    weight = 1 - min(decay, (1 + number) / (10 + number))
    target = model.state_dict()
    for key, value in average.state_dict().items():
        if value.is_floating_point():
            value.lerp_(target[key], weight)
        else:
            value.copy_(target[key])


def _report(
    run: Run[Model], log: Log, state: _State[Model], losses: dict[str, Tensor],
    device: torch.device,
) -> None:  # fmt: skip
    """Log the losses regularly, and the held-out figures `config.evaluations` times."""
    config, number = run.config, state.step - 1
    every = max(1, config.steps // config.evaluations)
    last = state.step == config.steps
    entry = {}
    if number % config.log_every == 0 or last:
        entry = {name: float(value.detach()) for name, value in losses.items()}
        if not math.isfinite(entry["loss"]):
            raise ConfigError(
                f"the loss is {entry['loss']} at step {number}", "training",
                "Lower the learning rate.",
            )  # fmt: skip
        run.progress(number, entry["loss"])
    if state.step % every == 0 or last:
        entry |= run.evaluate(state.average, device)
        logger.info("%s step %d: %s", run.name, number, entry)
    if entry:
        log.add({"step": number, "seconds": state.seconds, **entry})


def _settings(config: LoopSettings) -> dict[str, Any]:
    return {key: str(value) for key, value in asdict(config).items() if key not in FREE_TO_CHANGE}


@dataclass
class _State(Generic[Model]):
    """The content of a checkpoint: models, optimizers, next step, seconds spent."""

    model: Model
    average: Model
    optimizers: list[torch.optim.Optimizer]
    step: int = 0
    seconds: float = 0.0

    @classmethod
    def fresh(cls, model: Model, config: LoopSettings) -> _State[Model]:
        average = copy.deepcopy(model).eval().requires_grad_(False)
        return cls(model.train(), average, _optimizers(model, config))

    def save(self, path: Path, config: LoopSettings) -> None:
        state = {
            "settings": _settings(config), "step": self.step, "seconds": self.seconds,
            "model": self.model.state_dict(), "average": self.average.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
        }  # fmt: skip
        with atomic_path(path) as temporary:
            torch.save(state, temporary)

    def resume(self, path: Path, config: LoopSettings) -> None:
        """Restore the state from a checkpoint; do nothing if there is none."""
        if not path.exists():
            return
        mend = f"Delete {path.name} or choose another folder with --out."
        try:
            state = torch.load(path, map_location="cpu", weights_only=True)
        except Exception as error:  # torch raises various types for a damaged file
            raise DataError(f"cannot read the checkpoint: {error}", str(path), mend) from error
        now = _settings(config)
        changed = sorted(key for key in now if state["settings"].get(key) != now[key])
        if changed:
            raise DataError(
                f"a checkpoint with other settings ({', '.join(changed)})", str(path), mend
            )
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.step, self.seconds = state["step"], state["seconds"]
        logger.info("continuing at step %d of %s", self.step, path)
