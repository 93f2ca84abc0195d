"""One measurement, in a process of its own: with a time limit, and with memory of its own."""

from __future__ import annotations

import math
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import trimesh

from benchmarks.common import memory
from benchmarks.common.rows import Row
from benchmarks.surfaces.methods import Outcome
from caddis.geometry.errors import CaddisError
from caddis.geometry.files.atomic import atomic_path


@dataclass(frozen=True)
class Item:
    """What is measured: a method on an input of a kind."""

    kind: str
    method: str
    name: str


Make = Callable[[], Outcome]
Judge = Callable[[trimesh.Trimesh], Row]


def measured(item: Item, make: Make, judge: Judge, limit: int, keep: Path | None = None) -> Row:
    """Run `make` in a fork, then `judge` on its mesh; return the row of both.

    Args:
        item: Names the row.
        make: What is timed.
        judge: What is not.
        limit: Processor seconds after which it is given up: the row says `timeout`.
        keep: Where to write the mesh (PLY); None does not.

    Returns:
        The item; `cpu` and `wall` seconds; `peak_mb`, the largest memory above that before the
        start; what `judge` found. Or `error`, or `timeout`.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, make, judge, limit, keep))
    process.start()
    theirs.close()
    try:
        row = ours.recv()
    except EOFError:  # ended by the limit, or by a crash in a library
        process.join()
        stopped = process.exitcode == -signal.SIGXCPU
        row = {"timeout": limit} if stopped else {"error": f"the process died: {process.exitcode}"}
    process.join()
    return {**asdict(item), **row}


def _child(pipe: Connection, make: Make, judge: Judge, limit: int, keep: Path | None) -> None:
    before = memory.resident()
    memory.forget_peak()
    wall, processor = time.perf_counter(), time.process_time()
    try:
        _allow(math.ceil(time.process_time()) + limit)
        made = make()
        _allow(resource.RLIM_INFINITY)
        row: Row = {"cpu": time.process_time() - processor, "wall": time.perf_counter() - wall}
        row["peak_mb"] = (memory.peak() - before) / 1e6
        row.update(made.extra)
        if keep is not None:
            keep.parent.mkdir(parents=True, exist_ok=True)
            with atomic_path(keep) as temporary:
                made.mesh.export(temporary, file_type="ply")
        row.update(judge(made.mesh))
    except (CaddisError, RuntimeError, ValueError, OSError) as error:
        row = {"error": str(error) or type(error).__name__}
    pipe.send(row)


def _allow(seconds: int) -> None:
    """Let the system end this process after so many processor seconds."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
