"""From jobs and options to a batch that can run, the same for the command line and Python."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from caddis.app.batch.engines import LocalEngine
from caddis.app.batch.items import expand
from caddis.app.batch.jobs import jobs_of, read_jobs
from caddis.app.batch.options import BatchOptions
from caddis.app.batch.plates import parse_bed
from caddis.app.batch.run import Batch
from caddis.app.batch.work import do, load_libraries, made_with, needs_torch
from caddis.app.outputs import check_writable


def planned(jobs: Path | Iterable[Mapping[str, Any]], out: Path, options: BatchOptions) -> Batch:
    """Settle what a batch makes; nothing is written.

    Args:
        jobs: A file of jobs, a folder of scans, or one mapping a job.
        out: The folder.
        options: How it runs.

    Raises:
        CaddisError: As `read_jobs` does, or a folder that cannot be written.
    """
    bed = None if options.plate is None else parse_bed(options.plate)
    defaults = options.defaults()
    found = read_jobs(jobs, defaults) if isinstance(jobs, Path) else jobs_of(jobs, defaults)
    items = expand(found, options.seed)
    check_writable(out / "journal", force=True)
    return Batch(items, out, made_with, options.retry, bed)


def local_engine(batch: Batch, options: BatchOptions) -> LocalEngine:
    """Return the processes of this machine that make a batch."""
    return LocalEngine(do, worker_count(options), options.timeout_s, preparation(batch))


def preparation(batch: Batch) -> Callable[[], None] | None:
    """Return what each worker does before its first item, outside the time limit."""
    return load_libraries if needs_torch(batch.items) else None


def worker_count(options: BatchOptions) -> int:
    """Return how many processes work at once."""
    return options.workers or min(8, os.cpu_count() or 1)
