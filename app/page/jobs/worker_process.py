"""Worker processes, as the server sees them: it sends jobs, reads events, and can kill a process.

They run `caddis.app.page.jobs.worker`. Only JSON is exchanged, since nothing may be unpickled that
comes from a process which has read an uploaded file.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from caddis import version
from caddis.geometry.errors import CaddisError, InputError, MissingDependencyError

Event = dict[str, Any]
_CHECKOUT = Path(version.__file__).resolve().parents[1]
"""The folder that `caddis` is imported from."""
_LONGEST_LINE = 1 << 20


class JobProcess:
    """One process that does jobs one after the other.

    Args:
        folder: Its working directory.
        memory_mb: Address space it may use; 0 for no limit.
        seconds: Processor seconds it may use; 0 for no limit.
    """

    def __init__(self, folder: Path, *, memory_mb: int = 0, seconds: int = 0) -> None:
        path = os.environ.get("PYTHONPATH", "")
        if (_CHECKOUT / "pyproject.toml").is_file():  # a wheel is found without
            path = os.pathsep.join([str(_CHECKOUT), *filter(None, [path])])
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [
                sys.executable,
                "-P",
                "-m",
                "caddis.app.page.jobs.worker",
                str(memory_mb),
                str(seconds),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.jobs = 0

    @property
    def alive(self) -> bool:
        """Whether it can be given another job."""
        return self._process.poll() is None

    def run(
        self, task: Mapping[str, Any], *, timeout_s: float, tick_s: float = 0.5
    ) -> Iterator[Event]:
        """Do one job; yield its events, and {"event": "tick"} when nothing happens.

        Closing the iterator before its end kills the process.

        Args:
            task: What to do; see `caddis.app.page.jobs.worker`.
            timeout_s: Seconds after which it is stopped.
            tick_s: Longest time between two events in seconds.

        Raises:
            CaddisError: The job was refused, took too long, or its process died.
        """
        self.jobs += 1
        deadline = time.monotonic() + timeout_s
        done = False
        try:
            self._send(task)
            while True:
                try:
                    event = _parsed(self._lines.get(timeout=tick_s))
                except queue.Empty:
                    event = {"event": "tick"}
                if event["event"] == "end":
                    done = True
                    return
                if event["event"] == "error":
                    done = True
                    raise _error(event)
                if event["event"] == "gone":
                    raise InputError("the work needed more memory or time than one job may take")
                if time.monotonic() > deadline:
                    raise InputError(f"stopped after {timeout_s:g} s")
                yield event
        finally:
            if not done:
                self.kill()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()
        self._reader.join()  # ends when the process's output ends
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # of data that was not sent
                    pipe.close()

    def _send(self, task: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - opened as a pipe
        with suppress(OSError, ValueError):  # a dead process is noticed when its events are read
            self._process.stdin.write(json.dumps(task).encode() + b"\n")
            self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - opened as a pipe
        while line := self._process.stdout.readline(_LONGEST_LINE):
            self._lines.put(line)
        self._lines.put(b'{"event": "gone"}')


class WorkerPool:
    """Worker processes that are started before a job comes, as loading libraries takes seconds.

    Args:
        start: Starts a process.
        most: Number of idle processes to keep.
        jobs_each: Number of jobs after which a process is replaced: 1 if jobs read uploaded
            files; a larger number only keeps its memory from growing for ever.
    """

    def __init__(self, start: Callable[[], JobProcess], *, most: int, jobs_each: int) -> None:
        self._start, self._most, self._jobs_each = start, most, jobs_each
        self._lock = threading.Lock()
        self._closed = False
        self._idle = [start()]

    def run(self, task: Mapping[str, Any], *, timeout_s: float) -> Iterator[Event]:
        """Do one job in a process of the pool; see `JobProcess.run`."""
        with self._lock:
            process = self._idle.pop() if self._idle else self._start()
        if not process.alive:
            process = self._start()
        try:
            yield from process.run(task, timeout_s=timeout_s)
        finally:
            self._put_back(process)

    def _put_back(self, process: JobProcess) -> None:
        keep = process.alive and process.jobs < self._jobs_each
        if not keep:
            process.kill()
        with self._lock:
            if len(self._idle) < self._most and not self._closed:
                self._idle.append(process if keep else self._start())
            elif keep:
                process.kill()

    def close(self) -> None:
        """End the idle processes."""
        with self._lock:
            idle, self._idle, self._closed = self._idle, [], True
        for process in idle:
            process.kill()


def _parsed(line: bytes) -> Event:
    try:
        event = json.loads(line)
    except ValueError:
        return {"event": "tick"}
    return event if isinstance(event, dict) and "event" in event else {"event": "tick"}


def _error(event: Event) -> CaddisError:
    kind = MissingDependencyError if event.get("kind") == "MissingDependencyError" else InputError
    return kind(str(event["what"]), "", str(event.get("hint", "")))
