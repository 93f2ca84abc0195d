"""Ray as an engine: the same work in actors of a Ray of our own, or of a cluster that runs."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from caddis.app.batch.engines import ONE_THREAD, Work
from caddis.app.batch.journal import Outcome
from caddis.app.batch.pool import TICK_S, Heard, Pool
from caddis.app.batch.work import Task
from caddis.geometry.errors import ConfigError, MissingDependencyError

_STARTS = 3
_TOKEN = secrets.token_hex(32)
_STORE_BYTES = 100 * 2**20  # outcomes are small; Ray itself would take 30 % of the memory
_ELSEWHERE = "Run the batch in a process of its own, or use --engine local."


class RayEngine:
    """Actors of Ray, each with one task at a time and one processor, as `Pool` says.

    Without an address a Ray of our own is started for the run: it listens on the loopback
    address only, asks for a token of its own, reports nothing to anybody, and ends when this
    process does. On a cluster, Caddis is installed on every machine, and the folders of jobs and
    results are at the same place on each.

    Args:
        work: What to do with a task; importable by name.
        workers: How many actors.
        timeout_s: Seconds that a task may take.
        prepare: Called in each actor before its first task, outside the time limit.
        address: Of a running cluster, as `ray.init` takes it; None to start one here.

    Raises:
        MissingDependencyError: Ray is not installed.
        ConfigError: Something else in this process imported Ray, which is then not protected.
    """

    def __init__(
        self,
        work: Work,
        workers: int,
        timeout_s: float,
        prepare: Callable[[], None] | None = None,
        address: str | None = None,
    ) -> None:
        self._work, self._prepare, self._address = work, prepare, address
        self._count, self._timeout_s = workers, timeout_s
        self._ray = _library(own=address is None)

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield outcomes as they come.

        Raises:
            ConfigError: Ray runs in this process already, or does not start; there is no cluster
                at the address, or it has no free processor.
            OSError: Actors end before they begin.
        """
        if not tasks:
            return
        with _connected(self._ray, self._count, self._address):
            yield from Pool(self._start, self._pause, self._count, self._timeout_s).run(tasks)

    def _start(self) -> _RayProcess:
        return _RayProcess(self._ray, self._work, self._prepare)

    def _pause(self, processes: Sequence[_RayProcess]) -> None:
        """Wait for an answer of an actor; idle ones have none to give."""
        self._ray.wait([one.answer for one in processes if one.answer], timeout=TICK_S)


class _RayProcess:
    """One actor, and the answer that it owes."""

    def __init__(self, ray: Any, work: Work, prepare: Callable[[], None] | None) -> None:
        self._ray = ray
        # set for the actor, since a cluster that runs has an environment of its own
        one_thread = {"env_vars": ONE_THREAD}
        actor = ray.remote(num_cpus=1, max_restarts=0, runtime_env=one_thread)(_Actor)
        self._actor = actor.remote(work, prepare, str(Path.cwd()))
        self.answer = self._actor.ready.remote()

    def send(self, task: Task) -> None:
        """Begin a task."""
        self.answer = self._actor.do.remote(task)

    def hear(self) -> Heard:
        """Return what is new."""
        if self.answer is None or not self._ray.wait([self.answer], timeout=0)[0]:
            return None
        try:
            said = self._ray.get(self.answer)
        except self._ray.exceptions.RayError:
            return "gone"
        self.answer = None
        return said if isinstance(said, Outcome) else "ready"

    def kill(self) -> None:
        """End the actor at once."""
        self._ray.kill(self._actor)

    def cause(self) -> str:
        """Return nothing: Ray does not tell the signal."""
        return ""


class _Actor:
    """What runs in Ray's process; relative paths mean there what they mean here."""

    def __init__(self, work: Work, prepare: Callable[[], None] | None, folder: str) -> None:
        os.chdir(folder)
        self._work = work
        if prepare is not None:
            prepare()

    def ready(self) -> str:
        return "ready"

    def do(self, task: Task) -> Outcome:
        return self._work(task)


def _library(*, own: bool) -> Any:
    """Import Ray, after saying what one of our own may do: it is read once, at the import."""
    if own and os.environ.get("RAY_AUTH_TOKEN") != _TOKEN:
        if sys.modules.get("ray") is not None:
            raise ConfigError(
                "Ray was imported before the batch could protect it", "--engine", _ELSEWHERE
            )
        # Whoever reaches a Ray can run what they like in it: this one listens on the loopback
        # address (the switch is named for other systems and works on all), and to us alone.
        os.environ |= {
            "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": _TOKEN,
            "RAY_USAGE_STATS_ENABLED": "0",
            # where other work fills the machine, what takes a second takes a minute
            "RAY_NUM_REDIS_GET_RETRIES": "120",
            "RAY_agent_register_timeout_ms": "300000",
            "RAY_worker_register_timeout_seconds": "300",
            "RAY_worker_niceness": "0",  # 15 by itself: other work would starve the actors
        }
    try:
        import ray
    except ImportError as error:
        raise MissingDependencyError(
            "--engine ray needs Ray",
            "",
            "Run .venv/bin/pip install -c constraints.txt -e '.[ray]', or use --engine local.",
        ) from error
    return ray


@contextmanager
def _connected(ray: Any, workers: int, address: str | None) -> Iterator[None]:
    """Start a Ray of our own, or join the one at `address`; leave it at the end."""
    if ray.is_initialized():  # it is somebody's, and would end with the batch
        raise ConfigError("Ray runs in this process already", "--engine", _ELSEWHERE)
    # a short path: Ray puts sockets there, whose names may have some 100 letters
    folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp" if os.name == "posix" else None)  # noqa: S108
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
    if address is None:
        options |= {"address": "local", "num_cpus": workers, "include_dashboard": False}
        options |= {"object_store_memory": _STORE_BYTES, "_temp_dir": folder}
    else:
        options["address"] = address
    try:
        _init(ray, options)
        yield
    finally:
        ray.shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def _init(ray: Any, options: dict[str, Any]) -> None:
    """Start or join a Ray; one of our own is tried again, since Ray gives up after 30 s."""
    for attempt in range(_STARTS):
        try:
            _knock(options["address"])
            ray.init(**options)
        except Exception as error:  # plain ones too, where a busy machine is slow
            ray.shutdown()
            if options["address"] == "local" and attempt + 1 < _STARTS:
                continue
            first = str(error).strip().split("\n", maxsplit=1)[0]
            raise ConfigError(
                f"Ray cannot be used: {first}", "--engine", "Check --ray-address, or use local."
            ) from error
        return


def _knock(address: str) -> None:
    """Raise OSError if nobody listens at host:port: Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if host and "/" not in host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=10.0).close()
