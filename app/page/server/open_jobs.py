"""Jobs that nobody waits for: begun, looked at, cancelled, and their results fetched later."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Literal

from caddis.app.page.jobs.worker_process import Event
from caddis.app.page.server.studio import Studio
from caddis.geometry.errors import CaddisError, TooLargeError

State = Literal["waiting", "working", "done", "failed", "cancelled"]
ENDED = frozenset({"done", "failed", "cancelled"})
_KEEP_S = 3600.0
"""Seconds for which a job that has ended is remembered; its results stay with the visitor."""
_REMEMBERED, _REMEMBERED_EACH = 2000, 100
"""As many ended jobs are remembered at most, in all and of one visitor; the oldest go first."""


class QueueFullError(TooLargeError):
    """As many jobs wait as may; another try later may find a place."""


@dataclass
class Job:
    """One job.

    Attributes:
        id: A secret: who knows it may see the job and cancel it.
        kind: What is done.
        visitor: Whose its results are.
        counted: Whose jobs it is counted with.
        state: Where it is.
        text: What is being done, or why it failed, in words.
        done: Steps done, of `of`; both 0 where that is not known.
        of: All steps.
        results: Names of stored results, so far.
    """

    kind: str
    visitor: str
    counted: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    state: State = "waiting"
    text: str = "waiting"
    done: int = 0
    of: int = 0
    results: list[str] = field(default_factory=list)
    ended: float = 0.0
    cancelled: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """All such jobs of one server; they share the places of `Studio` with the page's.

    Args:
        studio: Does the work.
    """

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._jobs: dict[str, Job] = {}
        self._held = 0  # jobs that our threads have not let go: a cancelled one waits, too
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(studio.limits.at_once, "jobs")

    def start(
        self, kind: str, visitor: str, events: Generator[Event, None, None], counted: str = ""
    ) -> Job:
        """Put a job in line; `events` does its work as it is read, by one of our threads.

        A turn of the visitor, or of `counted`, is taken here and given back at the job's end, so
        that a job in line cannot be refused later; `events` must not take another.

        Raises:
            QueueFullError: As many as may wait do.
            TooLargeError: The visitor has as many jobs as one may have.
        """
        limits, counted = self._studio.limits, counted or visitor
        with self._lock, ExitStack() as taken:
            self._forget()
            taken.enter_context(self._studio.turns.take(counted))
            if self._held >= limits.at_once + limits.waiting:
                raise QueueFullError("the queue is full", "", "Try again in a minute.")
            job = Job(kind, visitor, counted)
            self._jobs[job.id] = job
            self._held += 1
            turn = taken.pop_all()
        self._threads.submit(self._work, job, events, turn)
        return job

    def find(self, name: str) -> Job | None:
        """Return the job of that name, if it is still known."""
        with self._lock:
            self._forget()
            return self._jobs.get(name)

    def ahead_of(self, job: Job) -> int:
        """Return how many jobs are to begin before a waiting one."""
        with self._lock:
            before = list(self._jobs.values())
        waiting = [one.id for one in before if one.state == "waiting"]
        return waiting.index(job.id) if job.id in waiting else 0

    def cancel(self, job: Job) -> None:
        """Ask a job to end; one at work is killed within half a second."""
        with self._lock:
            job.cancelled.set()
            if job.state == "waiting":
                _end(job, "cancelled", "cancelled")

    def close(self) -> None:
        """Cancel all jobs, and wait until they have ended."""
        with self._lock:
            open_jobs = list(self._jobs.values())
        for job in open_jobs:
            self.cancel(job)
        self._threads.shutdown()

    def _work(self, job: Job, events: Generator[Event, None, None], turn: ExitStack) -> None:
        with self._lock:
            begins = job.state == "waiting"
            if begins:
                job.text, job.state = "beginning", "working"
        state, text = _followed(job, events) if begins else (job.state, job.text)
        turn.close()  # before the end is told: who reads it may begin another
        with self._lock:
            self._held -= 1
            if job.state == "working":
                cancelled = state == "done" and job.cancelled.is_set()
                _end(job, *(("cancelled", "cancelled") if cancelled else (state, text)))

    def _forget(self) -> None:
        now = time.monotonic()
        ended = [job for job in self._jobs.values() if job.state in ENDED]
        each: Counter[str] = Counter()
        for rank, job in enumerate(sorted(ended, key=lambda one: one.ended, reverse=True)):
            each[job.counted] += 1
            many = rank >= _REMEMBERED or each[job.counted] > _REMEMBERED_EACH
            if many or now - job.ended > _KEEP_S:
                del self._jobs[job.id]


def _followed(job: Job, events: Generator[Event, None, None]) -> tuple[State, str]:
    """Do the work; return how and with what words it ended."""
    try:
        with closing(events):  # closing it kills its process
            for event in events:
                _note(job, event)
                if job.cancelled.is_set():
                    return "cancelled", "cancelled"
        return "done", "done"
    except CaddisError as error:
        return "failed", str(error)
    except Exception as error:  # a thread of the server's; its job must not hang for ever
        return "failed", f"the work failed inside Caddis ({type(error).__name__})"


def _note(job: Job, event: Event) -> None:
    if event["event"] == "progress":
        job.text = str(event["text"])
        job.done, job.of = int(event.get("done", 0)), int(event.get("of", 0))
    elif event["event"] == "result":
        job.results.append(str(event["name"]))


def _end(job: Job, state: State, text: str) -> None:
    job.text, job.ended, job.state = text, time.monotonic(), state
