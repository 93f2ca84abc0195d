"""Measures the speed of training: steps per second, operations per step, the machine's peak."""

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
MANY = 1_000_000  # nominal steps of a probe, so many that no evaluation interrupts it
COMPILE_SECONDS = 150.0  # time limit of the probe of a compiled model


@dataclasses.dataclass(frozen=True)
class Speed:
    """Result of a probe.

    Attributes:
        rate: Steps per second after the warm-up.
        flops: Floating-point operations per step, or 0 if not counted.
        start_seconds: Seconds from the call to the first step.
    """

    rate: float
    flops: float
    start_seconds: float


class _EnoughError(Exception):
    """Ends a probe."""


def peak(device: torch.device, seconds: float = 0.5) -> float:
    """Return operations per second of a large matrix product, in the precision of training."""
    size = 8192 if device.type == "cuda" else 1024
    kind = torch.bfloat16 if bfloat16_is_faster(device) else torch.float32
    stream = torch.Generator(device).manual_seed(0)
    left, right = (
        torch.randn(size, size, generator=stream, device=device).to(kind) for _ in range(2)
    )
    left @ right  # warm-up: the first product selects a kernel
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
    """Train for some seconds in a temporary folder, measure the speed, and delete the folder.

    Args:
        train: Trains with given settings and reports its progress.
        settings: Settings of the run; `out` may hold weights that training needs.
        scratch: Temporary folder for the probe.
        seconds: Duration of the measurement after the first steps.
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
    """Counts the operations of the steps after the first report, then times the following ones."""

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
        """Leave the counter's mode if it is on, and keep its count per step."""
        if self._counter is not None:
            self._counter.__exit__(None, None, None)  # type: ignore[no-untyped-call]
            self._flops = self._counter.get_total_flops() / EVERY
            self._counter = None

    def speed(self) -> Speed:
        """Return the measured speed."""
        first = 2 if len(self._reports) > 3 else 0
        steps = EVERY * (len(self._reports) - 1 - first)
        lasted = self._reports[-1] - self._reports[first]
        return Speed(steps / max(lasted, 1e-9), self._flops, self._reports[0] - self._began)
