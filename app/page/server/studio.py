"""What the page can do, without the page: jobs for visitors, in processes, into the store."""

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
from caddis.app.page.server.visitors import Turns
from caddis.geometry.errors import ConfigError

MAX_COUNT = 4
MAX_CELLS = 192
ENDINGS = {
    "look": SCANS, "reconstruct": SCANS, "check": MESHES, "repair": MESHES, "web": GUIDES,
}  # fmt: skip
"""Endings of the files that the jobs read."""


@dataclass(frozen=True)
class Limits:
    """What one job and one visitor may use.

    Attributes:
        at_once: Jobs that run at once, of all visitors.
        waiting: Jobs that wait; more are answered "queue is full".
        per_visitor: Jobs of one visitor at once.
        timeout_s: Seconds of one job.
        memory_mb: Address space of a process that reads a visitor's file.
    """

    at_once: int = 2
    waiting: int = 20
    per_visitor: int = 2
    timeout_s: float = 600.0
    memory_mb: int = 6000


class Studio:
    """All jobs of one server.

    Args:
        folder: Where results are kept; nothing else of a visitor's is.
        uploads: Where the server stores what visitors send.
        limits: What they may use.

    Attributes:
        turns: How many jobs each visitor has, on the page or in line.
    """

    def __init__(self, folder: Path, uploads: Path, limits: Limits) -> None:
        self.limits, self.folder = limits, folder
        self.store = Store(folder / "results")
        self._uploads = uploads
        self._empty = folder / "empty"
        self._empty.mkdir(exist_ok=True)
        self._makers = WorkerPool(self._maker, most=limits.at_once, jobs_each=100)
        self._readers = WorkerPool(self._reader, most=1, jobs_each=1)
        self.turns = Turns(limits.per_visitor)
        self._slots = threading.BoundedSemaphore(limits.at_once)

    def create(
        self, visitor: str, options: Mapping[str, Any], *, has_turn: bool = False
    ) -> Generator[Event, None, None]:
        """Generate; yields the worker's events, "result" with the `name` of a stored result.

        With `has_turn` the caller holds one of `turns` for this work already.

        Raises:
            CaddisError: The options are refused, or the visitor has too many jobs.
        """
        if not 1 <= options.get("count", 1) <= MAX_COUNT:
            raise ConfigError(f"count must be 1 to {MAX_COUNT}", "")
        if not 16 <= options.get("resolution", 128) <= MAX_CELLS:
            raise ConfigError(f"resolution must be 16 to {MAX_CELLS}", "")
        turn = nullcontext() if has_turn else self.turns.take(visitor)
        with turn, self._slot() as waiting:
            yield from waiting
            scratch = self.store.new_folder(visitor)
            try:
                task = {"kind": "create", "folder": str(scratch), "options": dict(options)}
                for event in self._makers.run(task, timeout_s=self.limits.timeout_s):
                    if event["event"] == "result":
                        # the scratch folder is the server's own, and so is the number
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
        has_turn: bool = False,
    ) -> Generator[Event, None, None]:
        """Do a job of `ENDINGS` on an uploaded file, in a process with limits.

        Only a web may come without a file: then `given` is None. `has_turn`: see `create`.

        Raises:
            CaddisError: The file is refused, or the visitor has too many jobs.
        """
        turn = nullcontext() if has_turn else self.turns.take(visitor)
        with turn, self._slot() as waiting:
            yield from waiting
            folder = self.store.new_folder(visitor)
            try:
                about = dict(options)
                if given is not None or kind != "web":
                    upload = take_upload(given, self._uploads, ENDINGS[kind], folder)
                    about |= {"file": str(upload), "name": shown_name(str(given))}
                task = {"kind": kind, "folder": str(folder), "options": about}
                for event in self._readers.run(task, timeout_s=self.limits.timeout_s):
                    yield {**event, "name": folder.name}
            finally:
                for upload in folder.glob("upload.*"):
                    upload.unlink()
                if folder not in self.store.all_of(visitor):
                    shutil.rmtree(folder, ignore_errors=True)
                self.store.prune()

    def close(self) -> None:
        """End all processes."""
        self._makers.close()
        self._readers.close()

    @contextmanager
    def _slot(self) -> Iterator[Iterator[Event]]:
        """Hold one of the places of `at_once`; yields the events until there is one.

        Gradio's queue lets as many of its own jobs in; those that come over plain HTTP share
        the places with them.
        """
        held = False

        def waiting() -> Iterator[Event]:
            nonlocal held
            while not (held := self._slots.acquire(timeout=0.5)):
                yield {"event": "progress", "text": "waiting: other work goes first"}

        try:
            yield waiting()
        finally:
            if held:
                self._slots.release()

    def _maker(self) -> JobProcess:
        return JobProcess(self._empty)

    def _reader(self) -> JobProcess:
        """Return a process that may read one stranger's file, and no more."""
        seconds = int(self.limits.timeout_s)
        return JobProcess(self._empty, memory_mb=self.limits.memory_mb, seconds=seconds)


def shown_name(path: str) -> str:
    """Return the name of a file as it may be shown: plain letters, at most 60."""
    name = Path(path).name
    plain = "".join(c if c.isalnum() or c in "._- " else "_" for c in name)
    return plain[-60:]
