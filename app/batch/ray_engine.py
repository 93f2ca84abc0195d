"""The Ray engine: runs tasks in actors of a private Ray on this machine, or of a cluster."""

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
from caddis.app.batch.pool import TICK_S, Message, Pool
from caddis.app.batch.work import Task
from caddis.geometry.errors import ConfigError, MissingDependencyError

_STARTS = 3
_TOKEN = secrets.token_hex(32)
_STORE_BYTES = 100 * 2**20  # outcomes are small; by default Ray takes 30 % of the memory
_ELSEWHERE = "Run the batch in a process of its own, or use --engine local."


class RayEngine:
    """Runs tasks in Ray actors with a `Pool`; each has one processor and one task at a time.

    Without an address a private Ray is started for the run: it listens on the loopback address
    only, asks for a secret token, sends no usage reports, and ends when this process ends. On a
    cluster, Caddis must be installed on every machine, and the folders of jobs and results must
    have the same path on each.

    Args:
        work: Does a task; importable by name.
        workers: Number of actors.
        timeout_s: Time limit of a task in seconds.
        prepare: Called in each actor before its first task, outside the time limit.
        address: Address of a running cluster for `ray.init`; None to start a private Ray.

    Raises:
        MissingDependencyError: Ray is not installed.
        ConfigError: Other code imported Ray before, so that its protection cannot be set up.
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
            OSError: Actors ended before they were ready.
        """
        if not tasks:
            return
        with _connected(self._ray, self._count, self._address):
            yield from Pool(self._start, self._pause, self._count, self._timeout_s).run(tasks)

    def _start(self) -> _RayProcess:
        return _RayProcess(self._ray, self._work, self._prepare)

    def _pause(self, processes: Sequence[_RayProcess]) -> None:
        """Wait for the answer of an actor that has a task."""
        self._ray.wait([one.answer for one in processes if one.answer], timeout=TICK_S)


class _RayProcess:
    """One actor and its pending answer."""

    def __init__(self, ray: Any, work: Work, prepare: Callable[[], None] | None) -> None:
        self._ray = ray
        # set for each actor, since a running cluster has its own environment
        one_thread = {"env_vars": ONE_THREAD}
        actor = ray.remote(num_cpus=1, max_restarts=0, runtime_env=one_thread)(_Actor)
        self._actor = actor.remote(work, prepare, str(Path.cwd()))
        self.answer = self._actor.ready.remote()

    def send(self, task: Task) -> None:
        """Send a task to the actor."""
        self.answer = self._actor.do.remote(task)

    def receive(self) -> Message:
        """Return the next message, without waiting."""
        if self.answer is None or not self._ray.wait([self.answer], timeout=0)[0]:
            return None
        try:
            message = self._ray.get(self.answer)
        except self._ray.exceptions.RayError:
            return "gone"
        self.answer = None
        return message if isinstance(message, Outcome) else "ready"

    def kill(self) -> None:
        """End the actor at once."""
        self._ray.kill(self._actor)

    def cause(self) -> str:
        """Return an empty text: Ray does not report the signal."""
        return ""


class _Actor:
    """Runs in Ray's process, in this working directory, so that relative paths stay valid."""

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
    """Import Ray; first set up a private one, as Ray reads its settings once, when imported."""
    if own and os.environ.get("RAY_AUTH_TOKEN") != _TOKEN:
        if sys.modules.get("ray") is not None:
            raise ConfigError(
                "Ray was imported before the batch could protect it", "--engine", _ELSEWHERE
            )
        # Anybody who can connect to a Ray can run any code in it. So this one listens on the
        # loopback address only (the variable works on all systems) and asks for a secret token.
        os.environ |= {
            "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": _TOKEN,
            "RAY_USAGE_STATS_ENABLED": "0",
            # on a busy machine, steps of a second take a minute
            "RAY_NUM_REDIS_GET_RETRIES": "120",
            "RAY_agent_register_timeout_ms": "300000",
            "RAY_worker_register_timeout_seconds": "300",
            "RAY_worker_niceness": "0",  # Ray's 15 would let other work starve the actors
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
    """Start a private Ray or connect to the one at `address`; disconnect at the end."""
    if ray.is_initialized():  # it belongs to other code, and would be shut down with the batch
        raise ConfigError("Ray runs in this process already", "--engine", _ELSEWHERE)
    # a short path: Ray puts sockets there, whose paths are limited to about 100 characters
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
    """Start or connect to a Ray; retry a private one, since Ray gives up after 30 s."""
    for attempt in range(_STARTS):
        try:
            _check_reachable(options["address"])
            ray.init(**options)
        except Exception as error:  # Ray raises a plain Exception if a busy machine is too slow
            ray.shutdown()
            if options["address"] == "local" and attempt + 1 < _STARTS:
                continue
            first = str(error).strip().split("\n", maxsplit=1)[0]
            raise ConfigError(
                f"Ray cannot be used: {first}", "--engine", "Check --ray-address, or use local."
            ) from error
        return


def _check_reachable(address: str) -> None:
    """Raise OSError if nothing listens at host:port, where Ray itself would retry for minutes."""
    host, _, port = address.rpartition(":")
    if host and "/" not in host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=10.0).close()
