"""Seconds and memory of encode and decode, in a process of its own that does nothing else.

    python -m benchmarks.quality.cost --weights FOLDER --cache FOLDER --rows 1 2 3

prints what it found as JSON; `cost` starts it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import tyro
from numpy.typing import NDArray

from benchmarks.common import memory
from benchmarks.common.progress import say
from benchmarks.quality.shapes import extracted
from caddis.data.training_set import TrainingSet
from caddis.generation.seeds import derived_seed
from caddis.generation.training.batches import plain_batch
from caddis.generation.weights import load_tokenizer
from caddis.geometry.symmetry import find_symmetry

RESOLUTION = 128
THREADS = 2


@dataclass(frozen=True)
class Work:
    """What to time.

    Attributes:
        weights: Folder of the tokenizer.
        cache: Prepared data.
        rows: Its objects; the first one is done once more beforehand, to warm up.
    """

    weights: Path
    cache: Path
    rows: tuple[int, ...]


def cost(weights: Path, cache: Path, rows: NDArray[np.int64]) -> dict[str, Any]:
    """Return medians over objects of seconds, and the memory that the work takes.

    Returns:
        symmetry, encode, decode and all: median seconds; memory: bytes that the largest of all
        objects adds to the process, before: bytes of the process when the weights are loaded;
        load: processes that wanted to run elsewhere just before (1-minute average); threads,
        cores, objects.
    """
    load = os.getloadavg()[0]
    say(f"time encode and decode: {len(rows)} objects, {THREADS} threads")
    command = [sys.executable, "-m", "benchmarks.quality.cost", "--weights", str(weights),
               "--cache", str(cache), "--rows", *map(str, rows)]  # fmt: skip
    ended = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, Any] = json.loads(ended.stdout)
    return found | {"load": load, "cores": os.cpu_count() or 1, "objects": len(rows)}


def main(work: Work) -> None:
    """Time all rows and print the medians."""
    torch.set_num_threads(THREADS)
    objects, tokenizer = TrainingSet(work.cache), load_tokenizer(work.weights)
    before = memory.resident()
    # loading the weights took more for a moment; where that cannot be forgotten, the peak is at
    # worst too high
    with suppress(OSError):
        memory.forget_peak()

    def once(row: int) -> tuple[float, float, float]:
        rng = np.random.default_rng(derived_seed("cost", row))
        batch = plain_batch(objects, np.array([row]), tokenizer.config, rng)
        cloud = objects.points[row].astype(np.float64)
        found, _ = _timed(lambda: find_symmetry(cloud[:, :3], cloud[:, 3:], rng))
        encoded, tokens = _timed(lambda: tokenizer.encode(batch.points, batch.frames))
        decoded, _ = _timed(lambda: extracted(tokenizer.shape_field(tokens[0]), RESOLUTION))
        return found, encoded, decoded

    once(work.rows[0])
    seconds = np.array([once(row) for row in work.rows])
    peak = memory.peak()
    symmetry, encode, decode = np.median(seconds, axis=0)
    print(json.dumps({
        "symmetry": float(symmetry), "encode": float(encode), "decode": float(decode),
        "all": float(np.median(seconds.sum(axis=1))),
        "memory": peak - before, "before": before, "threads": THREADS,
    }))  # fmt: skip


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    main(tyro.cli(Work, description=__doc__))
