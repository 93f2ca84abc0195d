"""Runs jobs for visitors in worker processes, and stores their results."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caddis.app.page.jobs.results import Store
from caddis.app.page.jobs.worker_process import Event, JobProcess, WorkerPool
from caddis.app.page.server.uploads import GUIDES, MESHES, SCANS, take_upload
from caddis.app.page.server.visitors import VisitorQuota
from caddis.geometry.errors import ConfigError

MAX_COUNT = 4
MAX_CELLS = 192
ENDINGS = {
    "look": SCANS, "reconstruct": SCANS, "check": MESHES, "repair": MESHES, "web": GUIDES,
}  # fmt: skip
"""Endings of the files that each kind of job reads."""


@dataclass(frozen=True)
class Limits:
    """Limits of jobs and visitors.

    Attributes:
        at_once: Jobs that run at once, of all visitors.
        waiting: Jobs that wait; more are answered "queue is full".
        per_visitor: Jobs of one visitor at once.
        timeout_s: Time limit of one job in seconds.
        memory_mb: Address space in MB of a process that reads an uploaded file.
    """

    at_once: int = 2
    waiting: int = 20
    per_visitor: int = 2
    timeout_s: float = 600.0
    memory_mb: int = 6000


class JobService:
    """Runs all jobs of one server.

    Args:
        folder: Folder for results.
        uploads: Folder in which the server stores uploads.
        limits: Limits of jobs and visitors.

    Attributes:
        quota: Counts and limits the running and queued jobs of each visitor.
    """

    def __init__(self, folder: Path, uploads: Path, limits: Limits) -> None:
        self.limits, self.folder = limits, folder
        self.store = Store(folder / "results")
        self._uploads = uploads
        self._empty = folder / "empty"
        self._empty.mkdir(exist_ok=True)
        self._create_pool = WorkerPool(self._new_create_process, most=limits.at_once, jobs_each=100)
        self._file_pool = WorkerPool(self._new_file_process, most=1, jobs_each=1)
        self.quota = VisitorQuota(limits.per_visitor)
        self._slots = threading.BoundedSemaphore(limits.at_once)

    def create(
        self, visitor: str, options: Mapping[str, Any], *, already_counted: bool = False
    ) -> Generator[Event, None, None]:
        """Generate objects; yield the worker's events, "result" with the `name` of a stored result.

        `already_counted` says that the caller has already counted this job in `quota`.

        Raises:
            CaddisError: The options are refused, or the visitor has too many jobs.
        """
        if not 1 <= options.get("count", 1) <= MAX_COUNT:
            raise ConfigError(f"count must be 1 to {MAX_COUNT}", "")
        if not 16 <= options.get("resolution", 128) <= MAX_CELLS:
            raise ConfigError(f"resolution must be 16 to {MAX_CELLS}", "")
        quota = nullcontext() if already_counted else self.quota.take(visitor)
        with quota, self._slot() as waiting:
            yield from waiting
            scratch = self.store.new_folder(visitor)
            try:
                task = {"kind": "create", "folder": str(scratch), "options": dict(options)}
                for event in self._create_pool.run(task, timeout_s=self.limits.timeout_s):
                    if event["event"] == "result":
                        # the worker's path is not trusted: only its number is used
                        made = scratch / str(int(Path(event["folder"]).name))
                        kept = self.store.new_folder(visitor)
                        made.replace(kept)
                        yield {**event, "name": kept.name}
                    else:
                        yield event
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
                self.store.prune()

    def on_file(
        self,
        kind: str,
        visitor: str,
        given: str | None,
        options: Mapping[str, Any],
        *,
        already_counted: bool = False,
    ) -> Generator[Event, None, None]:
        """Do a job of `ENDINGS` on an uploaded file, in a process with limits; yield its events.

        `given` is the upload's path; only a web may have none. `already_counted`: see `create`.

        Raises:
            CaddisError: The file is refused, or the visitor has too many jobs.
        """
        quota = nullcontext() if already_counted else self.quota.take(visitor)
        with quota, self._slot() as waiting:
            yield from waiting
            folder = self.store.new_folder(visitor)
            try:
                about = dict(options)
                if given is not None or kind != "web":
                    upload = take_upload(given, self._uploads, ENDINGS[kind], folder)
                    about |= {"file": str(upload), "name": shown_name(str(given))}
                task = {"kind": kind, "folder": str(folder), "options": about}
                for event in self._file_pool.run(task, timeout_s=self.limits.timeout_s):
                    yield {**event, "name": folder.name}
            finally:
                for upload in folder.glob("upload.*"):
                    upload.unlink()
                if folder not in self.store.all_of(visitor):
                    shutil.rmtree(folder, ignore_errors=True)
                self.store.prune()

    def close(self) -> None:
        """End all processes."""
        self._create_pool.close()
        self._file_pool.close()

    @contextmanager
    def _slot(self) -> Iterator[Iterator[Event]]:
        """Hold one of the `at_once` slots; yield the progress events of the wait for it.

        Gradio's queue runs as many of its own jobs at once; jobs over plain HTTP share the slots
        with them.
        """
        held = False

        def waiting() -> Iterator[Event]:
            nonlocal held
            while not (held := self._slots.acquire(timeout=0.5)):
                yield {"event": "progress", "text": "waiting for other jobs"}

        try:
            yield waiting()
        finally:
            if held:
                self._slots.release()

    def _new_create_process(self) -> JobProcess:
        return JobProcess(self._empty)

    def _new_file_process(self) -> JobProcess:
        """Return a process with limits, for one uploaded file."""
        seconds = int(self.limits.timeout_s)
        return JobProcess(self._empty, memory_mb=self.limits.memory_mb, seconds=seconds)


def shown_name(path: str) -> str:
    """Return the name of a file for display: at most 60 plain characters."""
    name = Path(path).name
    plain = "".join(c if c.isalnum() or c in "._- " else "_" for c in name)
    return plain[-60:]
