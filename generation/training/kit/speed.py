"""How fast a model trains here: steps per second, operations per step, and the machine's peak."""

from __future__ import annotations

import dataclasses
import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch.utils.flop_counter import FlopCounterMode

from caddis.generation.config import Training
from caddis.generation.training.device import bfloat16_is_faster
from caddis.generation.training.kit.models import Progress

logger = logging.getLogger(__name__)

EVERY = 2  # steps between two reports of a probe
MANY = 1_000_000  # steps that a probe pretends to have: held-out figures never come in its way
COMPILE_SECONDS = 150.0  # a probe of a compiled model may take so long


@dataclasses.dataclass(frozen=True)
class Speed:
    """What a probe measured.

    Attributes:
        rate: Steps per second, once warm.
        flops: Floating-point operations of a step, or 0.
        start_seconds: From the call to the first step.
    """

    rate: float
    flops: float
    start_seconds: float


class _EnoughError(Exception):
    """Ends a probe."""


def peak(device: torch.device, seconds: float = 0.5) -> float:
    """Return the operations per second of a large product, in the precision that training uses."""
    size = 8192 if device.type == "cuda" else 1024
    kind = torch.bfloat16 if bfloat16_is_faster(device) else torch.float32
    stream = torch.Generator(device).manual_seed(0)
    left, right = (
        torch.randn(size, size, generator=stream, device=device).to(kind) for _ in range(2)
    )
    left @ right  # the first product chooses a kernel
    count, began = 0, _now(device)
    while count == 0 or _now(device) - began < seconds:
        left @ right
        count += 1
    return 2.0 * size**3 * count / (_now(device) - began)


def _now(device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    return time.monotonic()


def probe(
    train: Callable[[Training, Progress], object], settings: Training, scratch: Path, seconds: float
) -> Speed:
    """Train for some seconds in a scratch folder and measure; nothing of it is kept.

    Args:
        train: Trains with settings and tells of its progress.
        settings: Of the run; `out` may hold weights that it needs.
        scratch: A folder for the probe, deleted at the end.
        seconds: How long to measure, after the first steps.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    for name in ("config.json", "tokenizer.safetensors"):
        if (settings.out / name).is_file():
            shutil.copy(settings.out / name, scratch / name)
    trial = dataclasses.replace(
        settings, out=scratch, steps=MANY, log_every=EVERY, evaluations=1,
        checkpoint_seconds=1e9, seconds=COMPILE_SECONDS if settings.compile else 60.0 + seconds,
    )  # fmt: skip
    watch = _Watch(seconds, count=not settings.compile)
    try:
        train(trial, watch)
    except _EnoughError:
        pass
    finally:
        watch.stop_counting()
        shutil.rmtree(scratch, ignore_errors=True)
    return watch.speed()


class _Watch:
    """Counts the operations of the steps after the first report, then times those that follow."""

    def __init__(self, seconds: float, *, count: bool) -> None:
        self._seconds, self._counts = seconds, count
        self._began = time.monotonic()
        self._reports: list[float] = []
        self._counter: FlopCounterMode | None = None
        self._flops = 0.0

    def __call__(self, step: int, loss: float) -> None:
        self._reports.append(time.monotonic())
        if len(self._reports) == 1 and self._counts:
            self._counter = FlopCounterMode(display=False)
            self._counter.__enter__()  # type: ignore[no-untyped-call]
        else:
            self.stop_counting()
        # reports 0, 1 and 2 enclose the warm-up and the counted steps
        if len(self._reports) > 4 and self._reports[-1] - self._reports[2] > self._seconds:
            raise _EnoughError

    def stop_counting(self) -> None:
        """Leave the counter's mode, if it is on, and keep what it counted per step."""
        if self._counter is not None:
            self._counter.__exit__(None, None, None)  # type: ignore[no-untyped-call]
            self._flops = self._counter.get_total_flops() / EVERY
            self._counter = None

    def speed(self) -> Speed:
        """Return what was measured."""
        first = 2 if len(self._reports) > 3 else 0
        steps = EVERY * (len(self._reports) - 1 - first)
        lasted = self._reports[-1] - self._reports[first]
        return Speed(steps / max(lasted, 1e-9), self._flops, self._reports[0] - self._began)
