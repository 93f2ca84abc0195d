"""Which device to train on, and in which precision."""

from __future__ import annotations

import time

import torch

from geometry.errors import ConfigError


def pick_device(name: str) -> torch.device:
    """Return the device called "cpu", "cuda" or "auto" (CUDA where there is a card).

    Raises:
        ConfigError: CUDA is asked for and not there, or the name is unknown.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name == "cuda" and not torch.cuda.is_available():
        raise ConfigError("there is no CUDA card", "device", "Use cpu or auto.")
    if name not in {"cpu", "cuda"}:
        raise ConfigError(f"there is no device {name!r}", "device", "Use cpu, cuda or auto.")
    return torch.device(name)


def bfloat16_is_faster(device: torch.device) -> bool:
    """Measure whether a bf16 matrix product beats float32 here.

    CPUs with AVX512-BF16 or AMX gain 4x, those without lose: no flag tells as surely as
    trying. CUDA cards that train this model all gain.
    """
    if device.type == "cuda":
        return True
    seconds = {}
    for dtype in (torch.float32, torch.bfloat16):
        a = torch.ones(512, 512, dtype=dtype)
        best = float("inf")
        for _ in range(5):
            start = time.perf_counter()
            a @ a
            best = min(best, time.perf_counter() - start)
        seconds[dtype] = best
    return seconds[torch.bfloat16] < 0.8 * seconds[torch.float32]
