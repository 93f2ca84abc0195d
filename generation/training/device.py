"""The device and the precision for training."""

from __future__ import annotations

import torch

from caddis.geometry.errors import ConfigError


def pick_device(name: str) -> torch.device:
    """Return the device "cpu", "cuda" or "auto" (CUDA if there is a card).

    Raises:
        ConfigError: CUDA is requested but not available, or the name is unknown.
    """
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name == "cuda" and not torch.cuda.is_available():
        raise ConfigError("there is no CUDA card", "device", "Use cpu or auto.")
    if name not in {"cpu", "cuda"}:
        raise ConfigError(f"there is no device {name!r}", "device", "Use cpu, cuda or auto.")
    return torch.device(name)


def bfloat16_is_faster(device: torch.device) -> bool:
    """Tell whether a bf16 matrix product is faster than float32, from the processor's features.

    On CPUs with AVX512-BF16 or AMX it is four times as fast; others emulate it and are slower. It
    is not measured, because the noise of timings must not change the bytes of a run.
    """
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    cpu = torch.cpu
    return bool(cpu._is_avx512_bf16_supported() or cpu._is_amx_tile_supported())
