"""The number of CPU threads for a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

# Up to this width, a second thread saves less time than waiting for it costs. If other work
# occupies the cores it costs ten times as much, because threads wait for each other by spinning.
NARROW = 512


@contextmanager
def threads_for(width: int) -> Iterator[None]:
    """Use one thread while a model with narrow layers runs, then the previous number again.

    One thread also makes the results independent of the machine's number of cores.

    Args:
        width: Width of the model's layers.
    """
    before = torch.get_num_threads()
    if width <= NARROW:
        torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
