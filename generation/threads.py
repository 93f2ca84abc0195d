"""How many threads a model's products are worth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

# Up to here a second thread saves less than waiting for it costs, and where other work
# wants the cores it costs ten times as much: threads wait for each other by spinning.
NARROW = 512


@contextmanager
def threads_for(width: int) -> Iterator[None]:
    """Compute with one thread while a model of narrow layers runs, then with as many as before.

    One thread also gives the same numbers on a machine of any number of cores.

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
