"""Engines: who does the work. Processes of this machine, or Ray's."""

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
from caddis.app.batch.pool import TICK_S, Heard, Pool
from caddis.app.batch.work import Task

Work = Callable[[Task], Outcome]

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Numerical libraries of a process that starts with these compute on one thread."""


class Engine(Protocol):
    """Does tasks, in any order."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of each task as it is done; stop all work when closed."""


class LocalEngine:
    """Processes of this machine, as `Pool` says.

    They end when this one does, however it ends. Each computes on one thread, since sums over
    threads depend on how many there are.

    Args:
        work: What to do with a task; importable by name.
        workers: How many processes.
        timeout_s: Seconds that a task may take.
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
            ConfigError: No process begins.
            OSError: Processes end before they begin.
        """
        yield from Pool(self._start, _pause, self._count, self._timeout_s).run(tasks)

    def _start(self) -> _LocalProcess:
        return _LocalProcess(self._work, self._prepare)


class _LocalProcess:
    """One process of this machine, and the pipe to it."""

    def __init__(self, work: Work, prepare: Callable[[], None] | None) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, work, prepare), daemon=True)
        with environment(ONE_THREAD), _hidden_script():
            self._process.start()
        theirs.close()

    def send(self, task: Task) -> None:
        """Begin a task."""
        with suppress(OSError):
            self.connection.send(task)

    def hear(self) -> Heard:
        """Return what is new."""
        try:
            if not self.connection.poll():
                return None
            said = self.connection.recv()
        except (EOFError, OSError):
            return "gone"
        return said if isinstance(said, Outcome) else "ready"

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
    """Set variables that processes inherit which are started here."""
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
    """Do tasks until the other side goes away; runs in the worker's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
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
