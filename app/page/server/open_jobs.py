"""Background jobs: they are started, watched and cancelled by id, their results fetched later."""

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
from caddis.app.page.server.job_service import JobService
from caddis.geometry.errors import CaddisError, TooLargeError

State = Literal["waiting", "working", "done", "failed", "cancelled"]
ENDED = frozenset({"done", "failed", "cancelled"})
_KEEP_S = 3600.0
"""Seconds for which an ended job is kept; its results stay in the store."""
_REMEMBERED, _REMEMBERED_EACH = 2000, 100
"""Largest number of ended jobs to keep, in total and of one visitor; the newest are kept."""


class QueueFullError(TooLargeError):
    """The queue is full; a later try may succeed."""


@dataclass
class Job:
    """One background job.

    Attributes:
        id: A secret: anybody who knows it can see the job and cancel it.
        kind: Kind of the job.
        visitor: Owner of its results.
        quota_owner: Visitor or address whose quota it counts against.
        state: Its state.
        text: The current step, or why it failed.
        done: Number of steps done, out of `of`; both are 0 if unknown.
        of: Number of all steps.
        results: Names of stored results, so far.
    """

    kind: str
    visitor: str
    quota_owner: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    state: State = "waiting"
    text: str = "waiting"
    done: int = 0
    of: int = 0
    results: list[str] = field(default_factory=list)
    ended: float = 0.0
    cancelled: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """All background jobs of one server; the limits of `JobService` hold for them and the page.

    Args:
        service: Runs the jobs.
    """

    def __init__(self, service: JobService) -> None:
        self._service = service
        self._jobs: dict[str, Job] = {}
        self._held = 0  # jobs that no thread has finished yet, including cancelled ones
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(service.limits.at_once, "jobs")

    def start(
        self, kind: str, visitor: str, events: Generator[Event, None, None], quota_owner: str = ""
    ) -> Job:
        """Queue a job. One of our threads reads `events`, which does the work.

        The job counts against the quota of `quota_owner` (by default the visitor) from now until it
        ends, so that a queued job cannot be refused later. `events` must not count it again.

        Raises:
            QueueFullError: The queue is full.
            TooLargeError: The visitor has reached the limit of jobs at once.
        """
        limits, quota_owner = self._service.limits, quota_owner or visitor
        with self._lock, ExitStack() as taken:
            self._forget()
            taken.enter_context(self._service.quota.take(quota_owner))
            if self._held >= limits.at_once + limits.waiting:
                raise QueueFullError("the queue is full", "", "Try again in a minute.")
            job = Job(kind, visitor, quota_owner)
            self._jobs[job.id] = job
            self._held += 1
            reserved = taken.pop_all()
        self._threads.submit(self._work, job, events, reserved)
        return job

    def find(self, name: str) -> Job | None:
        """Return the job with this id, or None if it does not exist any more."""
        with self._lock:
            self._forget()
            return self._jobs.get(name)

    def ahead_of(self, job: Job) -> int:
        """Return the number of jobs that start before a waiting one."""
        with self._lock:
            before = list(self._jobs.values())
        waiting = [one.id for one in before if one.state == "waiting"]
        return waiting.index(job.id) if job.id in waiting else 0

    def cancel(self, job: Job) -> None:
        """Cancel a job; a running one is killed within half a second."""
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

    def _work(self, job: Job, events: Generator[Event, None, None], reserved: ExitStack) -> None:
        with self._lock:
            starts = job.state == "waiting"
            if starts:
                job.text, job.state = "starting", "working"
        state, text = _run_to_end(job, events) if starts else (job.state, job.text)
        reserved.close()  # before the state changes: who sees the end may start another job
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
            each[job.quota_owner] += 1
            many = rank >= _REMEMBERED or each[job.quota_owner] > _REMEMBERED_EACH
            if many or now - job.ended > _KEEP_S:
                del self._jobs[job.id]


def _run_to_end(job: Job, events: Generator[Event, None, None]) -> tuple[State, str]:
    """Do the work; return the final state and text."""
    try:
        with closing(events):  # closing kills the process
            for event in events:
                _note(job, event)
                if job.cancelled.is_set():
                    return "cancelled", "cancelled"
        return "done", "done"
    except CaddisError as error:
        return "failed", str(error)
    except Exception as error:  # a job must not hang for ever, whatever happens
        return "failed", f"the work failed inside Caddis ({type(error).__name__})"


def _note(job: Job, event: Event) -> None:
    if event["event"] == "progress":
        job.text = str(event["text"])
        job.done, job.of = int(event.get("done", 0)), int(event.get("of", 0))
    elif event["event"] == "result":
        job.results.append(str(event["name"]))


def _end(job: Job, state: State, text: str) -> None:
    job.text, job.ended, job.state = text, time.monotonic(), state
