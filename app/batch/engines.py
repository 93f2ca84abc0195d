"""Engines: who does the work. Local processes, each with one item at a time and a deadline."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from typing import Protocol

from app.batch.journal import Outcome
from app.batch.work import Task

Work = Callable[[Task], Outcome]

ATTEMPTS = 2
"""How often an item is begun whose worker dies: a killed worker is not the item's fault."""
_STARTS = 3
_TICK_S = 0.2  # how late a deadline is noticed at most
_READY, _GONE = "ready", "gone"


class Engine(Protocol):
    """Does tasks, in any order."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task as it is done; stop all work when closed."""


class LocalEngine:
    """Processes of this machine.

    A task that takes too long, or whose process dies twice, becomes a bad outcome, and its
    process is replaced. Processes end when this one does, however it ends. Each computes
    on one thread, since sums over threads depend on how many there are.

    Args:
        work: What to do with a task; importable by name.
        prepare: Called in each process before its first task, outside the time limit.
        workers: How many processes.
        timeout_s: Seconds that a task may take.
    """

    def __init__(
        self, work: Work, workers: int, timeout_s: float, prepare: Callable[[], None] | None = None
    ) -> None:
        self._work, self._prepare = work, prepare
        self._count, self._timeout_s = workers, timeout_s
        self._waiting: deque[tuple[Task, int]] = deque()
        self._false_starts = 0

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield outcomes as they come.

        Raises:
            OSError: Processes die before they begin.
        """
        self._waiting = deque((task, 1) for task in tasks)
        self._false_starts = 0
        workers = [self._worker() for _ in range(min(self._count, len(tasks)))]
        try:
            while True:
                for index, worker in enumerate(workers):
                    yield from self._heard(worker)
                    if worker.ended:
                        workers[index] = self._worker()
                for worker in workers:
                    if worker.assigned is None and self._waiting:
                        worker.give(*self._waiting.popleft())
                busy = [worker.connection for worker in workers if worker.assigned]
                if not busy:
                    return
                wait(busy, timeout=_TICK_S)
        finally:
            for worker in workers:
                worker.kill()

    def _heard(self, worker: _Worker) -> list[Outcome]:
        """Return what a worker brings, or what becomes of its task if it is late or gone."""
        heard = worker.hear()
        if isinstance(heard, Outcome):
            return [heard]
        if heard == _GONE:
            self._false_starts = 0 if worker.ready else self._false_starts + 1
            if self._false_starts > _STARTS:
                raise OSError("worker processes end before they begin")
            retry, outcomes = worker.obituary()
            self._waiting.extendleft(retry)
            return outcomes
        return [worker.stop_late(self._timeout_s)] if worker.late(self._timeout_s) else []

    def _worker(self) -> _Worker:
        return _Worker(self._work, self._prepare)


class _Worker:
    """One process, and the task it is at."""

    def __init__(self, work: Work, prepare: Callable[[], None] | None) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, work, prepare), daemon=True)
        with _one_thread_each():
            self._process.start()
        theirs.close()
        self.ready = False
        self.since = time.monotonic()
        self.assigned: tuple[Task, int] | None = None
        self.ended = False

    def give(self, task: Task, attempt: int) -> None:
        """Send a task; if the process has gone, `hear` will tell."""
        self.assigned, self.since = (task, attempt), time.monotonic()
        with suppress(OSError):
            self.connection.send(task)

    def hear(self) -> Outcome | str:
        """Return an outcome, "gone" if the process has ended, or "" for nothing new."""
        try:
            while self.connection.poll():
                said = self.connection.recv()
                if isinstance(said, Outcome):
                    self.assigned = None
                    return said
                self.ready, self.since = True, time.monotonic()  # the clock starts now
        except (EOFError, OSError):
            return _GONE
        return ""

    def late(self, timeout_s: float) -> bool:
        """Tell whether the task has taken longer than it may."""
        return bool(self.assigned) and self.ready and time.monotonic() > self.since + timeout_s

    def stop_late(self, timeout_s: float) -> Outcome:
        """Kill the process and return a bad outcome for its task."""
        self.kill()
        return self._bad(f"took longer than {timeout_s:g} s and was stopped", timeout_s)

    def obituary(self) -> tuple[list[tuple[Task, int]], list[Outcome]]:
        """Return what to try again, and the bad outcome of a task that killed its process."""
        self.kill()
        if self.assigned is None:
            return [], []
        task, attempt = self.assigned
        if not self.ready:
            return [(task, attempt)], []
        if attempt < ATTEMPTS:
            return [(task, attempt + 1)], []
        code = self._process.exitcode or 0
        cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return [], [self._bad(f"its process died {ATTEMPTS} times ({cause})", 0.0)]

    def _bad(self, reason: str, seconds: float) -> Outcome:
        assert self.assigned is not None  # noqa: S101 - only asked of a busy worker
        task = self.assigned[0]
        return Outcome(task.item.name, task.digest, "bad", reason, seconds=seconds)

    def kill(self) -> None:
        """End the process at once."""
        self.ended = True
        self._process.kill()
        self._process.join()
        self.connection.close()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Start processes whose numerical libraries compute on one thread."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    before = {name: os.environ.pop(name, None) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _serve(connection: Connection, work: Work, prepare: Callable[[], None] | None) -> None:
    """Do tasks until the other side goes away; runs in the worker's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()
    connection.send(_READY)
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(work(task))


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
