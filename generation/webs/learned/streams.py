"""Random numbers for a batch in which every web has its own stream.

A web then depends only on its own seed, not on the other webs of the batch.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


class Streams:
    """One random stream per web, B in all; numbers are drawn on the CPU."""

    def __init__(self, seeds: Sequence[int], device: torch.device) -> None:
        self._streams = [torch.Generator().manual_seed(seed) for seed in seeds]
        self._device = device

    def normal(self, *shape: int) -> Tensor:
        """Return (B, *shape) standard normal numbers."""
        drawn = [torch.randn(shape, generator=stream) for stream in self._streams]
        return torch.stack(drawn).to(self._device)

    def uniform(self, *shape: int) -> Tensor:
        """Return (B, *shape) numbers in [0, 1)."""
        drawn = [torch.rand(shape, generator=stream) for stream in self._streams]
        return torch.stack(drawn).to(self._device)
