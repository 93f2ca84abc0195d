"""The web page as users start it: in a separate process, on a free port."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def running_demo(*options: str) -> Iterator[str]:
    """Start `caddis demo` and yield its address."""
    command = [sys.executable, "-m", "caddis", "demo", "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        timer = threading.Timer(240.0, process.kill)
        timer.start()
        try:
            assert process.stdout is not None
            said = ""
            for line in process.stdout:
                said += line
                found = re.search(r"Caddis is at (http://\S+)", line)
                if found:
                    break
            else:
                raise AssertionError(f"the demo did not start: {said}")
            timer.cancel()
            yield found[1].rstrip("/")
        finally:
            timer.cancel()
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with running_demo() as url:
        yield url
