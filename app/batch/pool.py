"""A pool of worker processes for any engine: one task each, with a time limit and a second try."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, Protocol, TypeVar

from caddis.app.batch.journal import Outcome
from caddis.app.batch.work import Task
from caddis.geometry.errors import ConfigError

ATTEMPTS = 2
"""Tries of a task whose process dies, since a process may be killed for other reasons."""
TICK_S = 0.2
"""Seconds after which a passed deadline is noticed at the latest."""
START_S = 600.0
"""Seconds to wait for a first ready process: imports take a minute on a busy machine."""
_STARTS = 3  # processes in a row that may end before they are ready

Message = Outcome | Literal["ready", "gone"] | None
"""An outcome, "ready" to take a task, "gone" if the process has ended, or None for no message."""


class WorkerProcess(Protocol):
    """A process that does one task at a time, here or on another machine."""

    def send(self, task: Task) -> None:
        """Send a task; if the process has ended, `receive` returns "gone"."""

    def receive(self) -> Message:
        """Return the next message, without waiting."""
        ...

    def kill(self) -> None:
        """End the process at once."""

    def cause(self) -> str:
        """Return how it ended, in a few words; empty if unknown."""
        ...


P = TypeVar("P", bound=WorkerProcess)


@dataclass
class _Worker(Generic[P]):
    """A process and its current task."""

    process: P
    ready: bool = False
    task: Task | None = None
    attempt: int = 0
    since: float = field(default_factory=time.monotonic)

    def assign(self, task: Task, attempt: int) -> None:
        self.task, self.attempt, self.since = task, attempt, time.monotonic()
        self.process.send(task)


class Pool(Generic[P]):
    """Does tasks with processes that it starts, replaces and ends.

    A task that takes too long, or whose process dies twice, gets a "bad" outcome.

    Args:
        start: Starts a process.
        pause: Waits until a process may have sent a message, `TICK_S` at most.
        count: Number of processes.
        timeout_s: Time limit of a task in seconds.
        start_s: Seconds without a ready process after which the pool gives up.
    """

    def __init__(
        self,
        start: Callable[[], P],
        pause: Callable[[Sequence[P]], None],
        count: int,
        timeout_s: float,
        start_s: float = START_S,
    ) -> None:
        self._start, self._pause = start, pause
        self._count, self._timeout_s, self._start_s = count, timeout_s, start_s
        self._workers: list[_Worker[P]] = []
        self._waiting: deque[tuple[Task, int]] = deque()
        self._false_starts = 0

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield outcomes as they come; end all processes when closed.

        Raises:
            ConfigError: No process became ready in time, as on a cluster without a free processor.
            OSError: Processes ended before they were ready.
        """
        self._waiting.extend((task, 1) for task in tasks)
        try:
            while self._fill():
                self._pause([worker.process for worker in self._workers])
                for worker in list(self._workers):
                    yield from self._handle_message(worker)
                self._check_started()
        finally:
            for worker in self._workers:
                worker.process.kill()

    def _fill(self) -> bool:
        """Start processes and give them tasks; return whether any task is unfinished."""
        busy = sum(worker.task is not None for worker in self._workers)
        while len(self._workers) < min(self._count, busy + len(self._waiting)):
            self._workers.append(_Worker(self._start()))
        for worker in self._workers:
            if worker.ready and worker.task is None and self._waiting:
                worker.assign(*self._waiting.popleft())
        return bool(self._waiting) or any(worker.task is not None for worker in self._workers)

    def _handle_message(self, worker: _Worker[P]) -> Iterator[Outcome]:
        """Yield the outcome that a process sent, or that of its task if it is late or dead."""
        message = worker.process.receive()
        if isinstance(message, Outcome):
            worker.task = None
            yield message
        elif message == "ready":
            worker.ready, self._false_starts = True, 0
        elif message == "gone":
            self._end(worker)
            yield from self._retry_or_give_up(worker)
        elif worker.task is not None and time.monotonic() > worker.since + self._timeout_s:
            self._end(worker)
            reason = f"took longer than {self._timeout_s:g} s and was stopped"
            yield _bad(worker.task, reason, self._timeout_s)

    def _check_started(self) -> None:
        """Raise an error if no process became ready in time; one is enough to do all tasks."""
        if not self._workers or any(worker.ready for worker in self._workers):
            return
        if time.monotonic() > max(worker.since for worker in self._workers) + self._start_s:
            raise ConfigError(
                f"no worker was ready within {self._start_s:g} s",
                "--workers",
                "Each needs a processor: make sure that one is free, also on a Ray cluster.",
            )

    def _end(self, worker: _Worker[P]) -> None:
        worker.process.kill()
        self._workers.remove(worker)

    def _retry_or_give_up(self, worker: _Worker[P]) -> Iterator[Outcome]:
        """Queue the task of a dead process again, or yield a bad outcome for it."""
        if not worker.ready:
            self._false_starts += 1
            if self._false_starts > _STARTS:
                raise OSError(f"worker processes end before they are ready{worker.process.cause()}")
        elif worker.task is None:
            return
        elif worker.attempt < ATTEMPTS:
            self._waiting.appendleft((worker.task, worker.attempt + 1))
        else:
            yield _bad(
                worker.task, f"its process died {ATTEMPTS} times{worker.process.cause()}", 0.0
            )


def _bad(task: Task, reason: str, seconds: float) -> Outcome:
    return Outcome(task.item.name, task.digest, "bad", reason, seconds=seconds)
