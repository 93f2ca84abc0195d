"""All kinds of jobs that the worker knows, by the name that a task calls them.

A job leaves a `Result` in its folder, or several in folders of it. It runs in a process of its
own (`app.page.jobs.worker`). `emit` tells the page what happens: `progress` (text, and steps where
they are known), `preview` (pictures of shapes that are still being written), `points` (a picture
of a scan, and their number) and `result`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from caddis.app.page.jobs.create_job import create
from caddis.app.page.jobs.file_jobs import check_mesh, look_at_scan, reconstruct_scan, repair_mesh
from caddis.app.page.jobs.web_job import make_web

JOBS: Mapping[str, Callable[[Mapping[str, Any], Path, Callable[..., None]], None]] = {
    "create": create,
    "look": look_at_scan,
    "reconstruct": reconstruct_scan,
    "check": check_mesh,
    "repair": repair_mesh,
    "web": make_web,
}
