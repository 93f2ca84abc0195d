"""`caddis batch`: make the objects of many jobs; an interrupted batch can be continued."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import tyro

from caddis.app.batch.options import BatchOptions
from caddis.app.commands.base import FAILED, PASSED, Command
from caddis.app.outputs import Format

if TYPE_CHECKING:
    from caddis.app.batch.engines import Engine
    from caddis.app.batch.progress import Mode
    from caddis.app.batch.run import Batch as Planned
    from caddis.app.batch.run import BatchResult


@dataclass(frozen=True, kw_only=True)
class Batch(Command, BatchOptions):
    """Make many objects; an interrupted batch continues. Exit code 1 if an item failed."""

    jobs: tyro.conf.Positional[Path]
    """One job a line (.csv, .jsonl, .yaml), or a folder of scans."""
    out: Path
    """Folder for files, reports and pictures; an unfinished batch in it continues."""
    engine: Literal["local", "ray"] = "local"
    """Where the work is done: in processes of this machine, or by Ray
    (.venv/bin/pip install -c constraints.txt -e '.[ray]')."""
    ray_address: str | None = None
    """A running Ray cluster, host:port or auto; if left out, a private Ray is started."""
    formats: Annotated[tuple[Format, ...], tyro.conf.arg(aliases=["--format"])] = ()
    """Formats of the jobs that do not set any; 3mf if left out."""
    quiet: bool = False
    """Print errors only."""
    json_lines: bool = False
    """Print one JSON object per event, for scripts."""

    def run(self) -> int:
        """Make the unfinished items, write the reports, and print a summary."""
        from caddis.app.batch.plan import planned
        from caddis.app.batch.progress import batch_progress
        from caddis.app.batch.run import run_batch

        batch = planned(self.jobs, self.out, self)
        engine = self._engine(batch)
        mode: Mode = "quiet" if self.quiet else "lines" if self.json_lines else "live"
        with batch_progress(mode) as progress:
            finished = run_batch(batch, engine, on_start=progress.start, on_done=progress.item)
        self._print_summary(finished)
        return PASSED if finished.count("good") == len(batch.items) else FAILED

    def _engine(self, batch: Planned) -> Engine:
        from caddis.app.batch.plan import local_engine, preparation, worker_count

        if self.engine == "local":
            return local_engine(batch, self)
        from caddis.app.batch.ray_engine import RayEngine
        from caddis.app.batch.work import do

        workers, prepare = worker_count(self), preparation(batch)
        return RayEngine(do, workers, self.timeout_s, prepare, self.ray_address)

    def _print_summary(self, finished: BatchResult) -> None:
        counts = {verdict: finished.count(verdict) for verdict in ("good", "failed", "bad")}
        if self.json_lines:
            event = {"event": "end", **counts, "plates": len(finished.plates)}
            sys.stdout.write(json.dumps(event) + "\n")
        elif not self.quiet:
            from caddis.app.console import output

            parts = [f"{counts['good']} good", f"{counts['failed']} fail the print gate"]
            parts.append(f"{counts['bad']} could not be made")
            output().print(", ".join(parts))
            output().print(f"{self.out / 'index.html'} shows them; reports.jsonl lists them")
