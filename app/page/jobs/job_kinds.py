"""All kinds of jobs of the worker process (`caddis.app.page.jobs.worker`), by name.

A job writes a `Result` to its folder, or several to subfolders. It calls `emit` to send events to
the page: `progress` (a text, and the number of steps if known), `preview` (pictures of unfinished
shapes), `points` (a picture of a scan, and the number of its points) and `result`.
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
