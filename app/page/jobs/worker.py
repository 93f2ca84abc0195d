"""The worker process: reads one JSON task per line, writes one JSON event per line.

    python -m caddis.app.page.jobs.worker MEMORY_MB SECONDS

A process that reads an uploaded file has limits on memory, processor time and file size. It ends
when the server ends.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caddis.geometry.errors import CaddisError

Emit = Callable[..., None]
_MAX_FILE = 1 << 30


def main(memory_mb: int, seconds: int) -> None:
    """Serve tasks until standard input ends."""
    _limit(memory_mb, seconds)
    # events must not mix with what libraries print
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def emit(event: str, **about: Any) -> None:
        events.write(json.dumps({"event": event, **about}) + "\n")
        events.flush()

    from caddis.app.page.jobs.job_kinds import (
        JOBS,  # now, so that the first job does not wait for libraries
    )

    for line in sys.stdin:
        try:
            task = json.loads(line)
            JOBS[task["kind"]](task["options"], Path(task["folder"]), emit)
            emit("end")
        except CaddisError as error:
            # without `error.where`, which may be a path of the server
            emit("error", kind=type(error).__name__, what=error.what, hint=error.hint)
        except MemoryError:
            emit("error", what="the work needs more memory than one job may take")
        except Exception as error:  # no error of a library may end the worker
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            emit("error", what=f"the work failed inside Caddis ({type(error).__name__})")


def _limit(memory_mb: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows, where the server's time limit still applies
        return
    limits = [(resource.RLIMIT_FSIZE, _MAX_FILE), (resource.RLIMIT_CORE, 0)]
    if memory_mb:
        limits.append((resource.RLIMIT_AS, memory_mb << 20))
    if seconds:
        limits.append((resource.RLIMIT_CPU, seconds))
    for what, value in limits:
        resource.setrlimit(what, (value, value))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
