"""`caddis batch`: make the objects of many jobs; an interrupted batch can be continued."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import tyro

from caddis.app.commands.base import FAILED, PASSED, Command
from caddis.app.outputs import Format, check_writable

if TYPE_CHECKING:
    from caddis.app.batch.engines import Engine
    from caddis.app.batch.items import Item
    from caddis.app.batch.progress import Mode
    from caddis.app.batch.run import Finished


@dataclass(frozen=True, kw_only=True)
class Batch(Command):
    """Make many objects; an interrupted batch continues. Exit code 1 if an item failed."""

    jobs: tyro.conf.Positional[Path]
    """One job a line (.csv, .jsonl, .yaml), or a folder of scans."""
    out: Path
    """Folder for files, reports and pictures; an unfinished batch in it continues."""
    workers: int = 0
    """Number of processes; 0 for one per processor, at most 8."""
    engine: Literal["local", "ray"] = "local"
    """Where the work is done: in processes of this machine, or by Ray
    (.venv/bin/pip install -c constraints.txt -e '.[ray]')."""
    ray_address: str | None = None
    """A running Ray cluster, host:port or auto; if left out, a private Ray is started."""
    seed: int = 0
    """Seed of the jobs that do not set one."""
    timeout_s: float = 600.0
    """Time limit of an item in seconds."""
    retry: bool = False
    """Try again to make items that could not be made before."""
    plate: str | None = None
    """Pack objects that pass on printer beds, one 3MF each: 220x220, mini, mk4, ender3 or x1."""
    formats: Annotated[tuple[Format, ...], tyro.conf.arg(aliases=["--format"])] = ()
    """Formats of the jobs that do not set any; 3mf if left out."""
    height_mm: float | None = None
    """Height in millimetres of the jobs that do not set one."""
    process: str = "fdm"
    """Print process of the jobs that do not set one: fdm, sla or sls."""
    quiet: bool = False
    """Print errors only."""
    json_lines: bool = False
    """Print one JSON object per event, for scripts."""

    def run(self) -> int:
        """Make the unfinished items, write the reports, and print a summary."""
        from caddis.app.batch.items import expand
        from caddis.app.batch.jobs import read_jobs
        from caddis.app.batch.plates import parse_bed
        from caddis.app.batch.progress import batch_progress
        from caddis.app.batch.run import Batch as Run
        from caddis.app.batch.run import run_batch
        from caddis.app.batch.work import made_with
        from caddis.geometry.errors import ConfigError

        if not (self.timeout_s > 0 and 0 <= self.workers <= 256):
            raise ConfigError("workers must be 0 to 256, the time limit above 0", "--workers")
        bed = None if self.plate is None else parse_bed(self.plate)
        items = expand(read_jobs(self.jobs, self._defaults()), self.seed)
        check_writable(self.out / "journal")
        batch = Run(items, self.out, made_with, self.retry, bed)
        engine = self._engine(items)
        mode: Mode = "quiet" if self.quiet else "lines" if self.json_lines else "live"
        with batch_progress(mode) as progress:
            finished = run_batch(batch, engine, on_start=progress.start, on_done=progress.item)
        self._print_summary(finished)
        return PASSED if finished.count("good") == len(items) else FAILED

    def _defaults(self) -> dict[str, object]:
        given = {
            "formats": list(self.formats),
            "height_mm": self.height_mm,
            "process": self.process,
        }
        return {name: value for name, value in given.items() if value}

    def _engine(self, items: list[Item]) -> Engine:
        from caddis.app.batch.engines import LocalEngine
        from caddis.app.batch.work import do, load_libraries, needs_torch

        prepare = load_libraries if needs_torch(items) else None
        workers = self.workers or min(8, os.cpu_count() or 1)
        if self.engine == "local":
            return LocalEngine(do, workers, self.timeout_s, prepare)
        from caddis.app.batch.ray_engine import RayEngine

        return RayEngine(do, workers, self.timeout_s, prepare, self.ray_address)

    def _print_summary(self, finished: Finished) -> None:
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
