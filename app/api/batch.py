"""Batches for Python: many objects, unattended; part of the public API, `caddis`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caddis.app.api.arguments import checked_argument
from caddis.app.batch.options import BatchOptions
from caddis.geometry.errors import ConfigError

if TYPE_CHECKING:
    from caddis.app.batch.journal import Outcome
    from caddis.app.batch.run import BatchResult


def run_batch(
    jobs: str | Path | Iterable[Mapping[str, Any]],
    out: str | Path,
    *,
    workers: int = BatchOptions.workers,
    seed: int = BatchOptions.seed,
    timeout_s: float = BatchOptions.timeout_s,
    retry: bool = BatchOptions.retry,
    plate: str | None = BatchOptions.plate,
    formats: Iterable[str] = BatchOptions.formats,
    height_mm: float | None = BatchOptions.height_mm,
    process: str = BatchOptions.process,
    on_done: Callable[[Outcome], None] | None = None,
) -> BatchResult:
    """Make many objects in processes of this machine, and go on where an earlier run stopped.

    Each object is kept as soon as it is made, so a run may be stopped at any time. A job that
    cannot be made is set aside with its reason; the others follow.

    Args:
        jobs: A file of jobs (.csv, .jsonl, .yaml), a folder of scans, or one mapping a job with
            the same fields, such as `{"id": "stool", "text": "a round stool", "count": 2}`.
        out: Folder for files, reports and pictures.
        workers: Processes that work at once; 0 for as many as there are processors, up to 8.
        seed: Seed of the jobs that have none of their own.
        timeout_s: Seconds after which an object is given up.
        retry: Try again what could not be made before.
        plate: Pack what passes on a printer's bed, one 3MF a bed: "220x220", "mini", "mk4",
            "ender3" or "x1".
        formats: Formats of the jobs that state none; 3MF when there are none.
        height_mm: Height of the jobs that state none.
        process: Print process of the jobs that state none: "fdm", "sla" or "sls".
        on_done: Called after each object with its outcome.

    Returns:
        The `outcomes`, one an object in the order of the jobs: `item` (its name), `verdict`
        ("good", "failed" at the print gate, or "bad": not made), `reason`, and `files` below
        `out`. The packed `plates`, too.

    Raises:
        ConfigError: An argument has the wrong type or is outside its range, or there is no job.
        MeshReadError: The file of jobs is not there or cannot be read.
        UnsupportedFormatError: It has another ending.
        TooLargeError: It is larger than 256 MB.
        OutputError: The folder cannot be written, or another batch is writing there.
        WeightsError: The weights of a shipped model are missing or damaged.

    Example:
        >>> import caddis
        >>> jobs = [{"id": "orb", "kind": "orb", "nodes": 24, "edge_length_mm": 6, "seed": 3}]
        >>> result = caddis.run_batch(jobs, "made", workers=1)
        >>> [(one.item, one.verdict) for one in result.outcomes]
        [('orb', 'good')]
    """
    from caddis.app.batch.plan import local_engine, planned
    from caddis.app.batch.run import run_batch as run

    asked: dict[str, Any] = {
        "workers": workers, "seed": seed, "timeout_s": timeout_s, "retry": retry, "plate": plate,
        "formats": formats, "height_mm": height_mm, "process": process,
    }  # fmt: skip
    options = BatchOptions(**asked)
    checked_argument("on_done", on_done)
    folder = checked_argument("out", out)
    batch = planned(_jobs(jobs), folder, options)
    return run(batch, local_engine(batch, options), on_done=on_done)


def _jobs(jobs: Any) -> Path | list[Mapping[str, Any]]:
    """Return the file, or the jobs as a list."""
    if isinstance(jobs, str | Path) and str(jobs):
        return Path(jobs)
    several = isinstance(jobs, Iterable) and not isinstance(jobs, Mapping)
    rows: list[Any] = list(jobs) if several else [None]
    for row in rows:
        if not isinstance(row, Mapping):
            raise ConfigError(
                f"jobs must be a file, a folder or a list of mappings, not {jobs!r:.60}", "jobs",
                'Give for example [{"id": "stool", "text": "a round stool"}].',
            )  # fmt: skip
    return rows
