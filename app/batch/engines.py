"""Engines run the tasks of a batch: here in processes of this machine, in `ray_engine` with Ray."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from types import ModuleType
from typing import Protocol

from caddis.app.batch.journal import Outcome
from caddis.app.batch.pool import TICK_S, Message, Pool
from caddis.app.batch.work import Task

Work = Callable[[Task], Outcome]

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Environment variables that make numerical libraries use one thread."""


class Engine(Protocol):
    """Runs tasks, in any order."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield each task's outcome once it is done; closing the iterator stops all work."""


class LocalEngine:
    """Runs tasks in processes of this machine, with a `Pool`.

    The processes end when this one ends, even if it is killed. Each computes on one thread,
    because the rounding of sums depends on the number of threads.

    Args:
        work: Does a task; importable by name.
        workers: Number of processes.
        timeout_s: Time limit of a task in seconds.
        prepare: Called in each process before its first task, outside the time limit.
    """

    def __init__(
        self, work: Work, workers: int, timeout_s: float, prepare: Callable[[], None] | None = None
    ) -> None:
        self._work, self._prepare = work, prepare
        self._count, self._timeout_s = workers, timeout_s

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield outcomes as they come.

        Raises:
            ConfigError: No process became ready in time.
            OSError: Processes ended before they were ready.
        """
        yield from Pool(self._start, _pause, self._count, self._timeout_s).run(tasks)

    def _start(self) -> _LocalProcess:
        return _LocalProcess(self._work, self._prepare)


class _LocalProcess:
    """One process of this machine, and the pipe to it."""

    def __init__(self, work: Work, prepare: Callable[[], None] | None) -> None:
        context = get_context("spawn")
        self.connection, far_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(far_end, work, prepare), daemon=True)
        with environment(ONE_THREAD), _hidden_script():
            self._process.start()
        far_end.close()

    def send(self, task: Task) -> None:
        """Send a task to the process."""
        with suppress(OSError):
            self.connection.send(task)

    def receive(self) -> Message:
        """Return the next message, without waiting."""
        try:
            if not self.connection.poll():
                return None
            message = self.connection.recv()
        except (EOFError, OSError):
            return "gone"
        return message if isinstance(message, Outcome) else "ready"

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self.connection.close()

    def cause(self) -> str:
        """Return the signal or the exit code that ended it."""
        code = self._process.exitcode or 0
        return f" ({signal.Signals(-code).name if code < 0 else f'exit code {code}'})"


def _pause(processes: Sequence[_LocalProcess]) -> None:
    wait([process.connection for process in processes], timeout=TICK_S)


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables for the processes that are started in the block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _hidden_script() -> Iterator[None]:
    """Keep processes that start here from running the script of this one again.

    `multiprocessing` imports the main script in each new process. Work is importable by name, so
    that is in vain, and a script without a guard would begin its batch again in each of them.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _serve(connection: Connection, work: Work, prepare: Callable[[], None] | None) -> None:
    """Do tasks until the parent closes the connection; runs in the worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()
    connection.send("ready")
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
