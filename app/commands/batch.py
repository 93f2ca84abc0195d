"""`caddis batch`: many jobs in, files with reports out; goes on where it was stopped."""

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
    """Make many objects; stop and start it at will. Exit code 1 when an item failed."""

    jobs: tyro.conf.Positional[Path]
    """One job a line (.csv, .jsonl, .yaml), or a folder of scans."""
    out: Path
    """Folder for files, reports and pictures; the same folder goes on where it stopped."""
    workers: int = 0
    """Processes that work at once; as many as there are processors, up to 8, when 0."""
    engine: Literal["local", "ray"] = "local"
    """Who does the work: processes of this machine, or Ray
    (.venv/bin/pip install -c constraints.txt -e '.[ray]')."""
    ray_address: str | None = None
    """A running Ray cluster, host:port or auto; a Ray of our own is started when left out."""
    seed: int = 0
    """Seed of the jobs that have none of their own."""
    timeout_s: float = 600.0
    """Seconds after which an item is given up."""
    retry: bool = False
    """Try again what could not be made before."""
    plate: str | None = None
    """Pack what passes on a printer's bed, one 3MF a bed: 220x220, mini, mk4, ender3 or x1."""
    formats: Annotated[tuple[Format, ...], tyro.conf.arg(aliases=["--format"])] = ()
    """Formats of the jobs that state none; 3mf when none is named."""
    height_mm: float | None = None
    """Height of the jobs that state none."""
    process: str = "fdm"
    """Print process of the jobs that state none: fdm, sla or sls."""
    quiet: bool = False
    """Say nothing but errors."""
    json_lines: bool = False
    """Print one JSON object per event, for scripts."""

    def run(self) -> int:
        """Do what is left to do, write the reports, and say what came of it."""
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
        self._say_end(finished)
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

    def _say_end(self, finished: Finished) -> None:
        counts = {verdict: finished.count(verdict) for verdict in ("good", "failed", "bad")}
        if self.json_lines:
            event = {"event": "end", **counts, "plates": len(finished.plates)}
            sys.stdout.write(json.dumps(event) + "\n")
        elif not self.quiet:
            from caddis.app.console import output

            said = [f"{counts['good']} good", f"{counts['failed']} fail the print gate"]
            said.append(f"{counts['bad']} could not be made")
            output().print(", ".join(said))
            output().print(f"{self.out / 'index.html'} shows them; reports.jsonl lists them")
