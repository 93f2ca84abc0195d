"""Work shared between threads, with a line of progress now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_BEGAN = time.perf_counter()
_EVERY_SECONDS = 5.0


def say(text: str) -> None:
    """Print one line with the seconds since the start."""
    print(f"{time.perf_counter() - _BEGAN:6.1f} s  {text}", flush=True)


def spread(
    function: Callable[[Item], Result], items: Iterable[Item], label: str, workers: int
) -> list[Result]:
    """Return `function` of every item, in order, computed in `workers` threads.

    Torch, the k-d trees and the ray caster let go of the interpreter while they work, so
    threads fill the cores and nothing has to be copied between processes.
    """
    listed = list(items)
    say(f"{label}: {len(listed)}")
    last = time.perf_counter()
    results = []
    with ThreadPoolExecutor(workers) as pool:
        for done, result in enumerate(pool.map(function, listed), 1):
            results.append(result)
            if time.perf_counter() - last > _EVERY_SECONDS:
                last = time.perf_counter()
                say(f"{label}: {done} of {len(listed)}")
    return results
