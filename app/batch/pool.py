"""The pool: tasks to processes one at a time, with a deadline and a second try; for any engine."""

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
"""How often an item is begun whose process dies: a killed process is not the item's fault."""
TICK_S = 0.2
"""How late a deadline is noticed at most."""
START_S = 600.0
"""How long to wait for a first process to be ready: importing takes a minute on a busy machine."""
_STARTS = 3  # processes in a row that may end before they begin

Heard = Outcome | Literal["ready", "gone"] | None
"""An outcome, "ready" for the first task, "gone" if the process has ended, or nothing new."""


class Process(Protocol):
    """A process that does one task at a time, here or on another machine."""

    def send(self, task: Task) -> None:
        """Begin a task; if the process has gone, `hear` will tell."""

    def hear(self) -> Heard:
        """Return what is new, without waiting."""
        ...

    def kill(self) -> None:
        """End the process at once."""

    def cause(self) -> str:
        """Return how it ended, in a few words; empty if nobody knows."""
        ...


P = TypeVar("P", bound=Process)


@dataclass
class _Seat(Generic[P]):
    """A process, and the task it is at."""

    process: P
    ready: bool = False
    task: Task | None = None
    attempt: int = 0
    since: float = field(default_factory=time.monotonic)

    def give(self, task: Task, attempt: int) -> None:
        self.task, self.attempt, self.since = task, attempt, time.monotonic()
        self.process.send(task)


class Pool(Generic[P]):
    """Does tasks with processes that it starts, replaces and ends.

    A task that takes too long, or whose process dies twice, becomes a bad outcome.

    Args:
        start: Starts a process.
        pause: Waits until one of the processes may have something to say, `TICK_S` at most.
        count: How many processes at once.
        timeout_s: Seconds that a task may take.
        start_s: Seconds without any process that is ready, after which the pool gives up.
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
        self._seats: list[_Seat[P]] = []
        self._waiting: deque[tuple[Task, int]] = deque()
        self._false_starts = 0

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield outcomes as they come; end all processes when closed.

        Raises:
            ConfigError: No process begins, as on a cluster without a free processor.
            OSError: Processes end before they begin.
        """
        self._waiting.extend((task, 1) for task in tasks)
        try:
            while self._fill():
                self._pause([seat.process for seat in self._seats])
                for seat in list(self._seats):
                    yield from self._heard(seat)
                self._check_started()
        finally:
            for seat in self._seats:
                seat.process.kill()

    def _fill(self) -> bool:
        """Start processes and give them tasks; tell whether anything is left to wait for."""
        busy = sum(seat.task is not None for seat in self._seats)
        while len(self._seats) < min(self._count, busy + len(self._waiting)):
            self._seats.append(_Seat(self._start()))
        for seat in self._seats:
            if seat.ready and seat.task is None and self._waiting:
                seat.give(*self._waiting.popleft())
        return bool(self._waiting) or any(seat.task is not None for seat in self._seats)

    def _heard(self, seat: _Seat[P]) -> Iterator[Outcome]:
        """Yield what a process brings, or what becomes of its task if it is late or gone."""
        heard = seat.process.hear()
        if isinstance(heard, Outcome):
            seat.task = None
            yield heard
        elif heard == "ready":
            seat.ready, self._false_starts = True, 0
        elif heard == "gone":
            self._end(seat)
            yield from self._obituary(seat)
        elif seat.task is not None and time.monotonic() > seat.since + self._timeout_s:
            self._end(seat)
            reason = f"took longer than {self._timeout_s:g} s and was stopped"
            yield _bad(seat.task, reason, self._timeout_s)

    def _check_started(self) -> None:
        """Raise if no process has become ready for too long; one that is will do all the work."""
        if not self._seats or any(seat.ready for seat in self._seats):
            return
        if time.monotonic() > max(seat.since for seat in self._seats) + self._start_s:
            raise ConfigError(
                f"no worker was ready within {self._start_s:g} s",
                "--workers",
                "Each needs a processor: see that one is free, on a Ray cluster too.",
            )

    def _end(self, seat: _Seat[P]) -> None:
        seat.process.kill()
        self._seats.remove(seat)

    def _obituary(self, seat: _Seat[P]) -> Iterator[Outcome]:
        """Try a task again whose process died, or yield a bad outcome for it."""
        if not seat.ready:
            self._false_starts += 1
            if self._false_starts > _STARTS:
                raise OSError(f"worker processes end before they begin{seat.process.cause()}")
        elif seat.task is None:
            return
        elif seat.attempt < ATTEMPTS:
            self._waiting.appendleft((seat.task, seat.attempt + 1))
        else:
            yield _bad(seat.task, f"its process died {ATTEMPTS} times{seat.process.cause()}", 0.0)


def _bad(task: Task, reason: str, seconds: float) -> Outcome:
    return Outcome(task.item.name, task.digest, "bad", reason, seconds=seconds)
