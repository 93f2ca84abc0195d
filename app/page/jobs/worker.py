"""The process that does the work: one JSON task a line in, JSON events a line out.

    python -m caddis.app.page.jobs.worker MEMORY_MB SECONDS

Tasks that read a stranger's file get a process with limits on memory, processor time and file size,
which ends with the task's server.
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
    # what libraries print must not mix with our events
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
            # no path of this machine: the file's place is the server's business
            emit("error", kind=type(error).__name__, what=error.what, hint=error.hint)
        except MemoryError:
            emit("error", what="the work needs more memory than one job may take")
        except Exception as error:  # whatever a library raises, the server goes on
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            emit("error", what=f"the work failed inside Caddis ({type(error).__name__})")


def _limit(memory_mb: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the server's time limit holds there, too
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
