"""Items: one object to make each, with a name, a seed and a digest of what its files depend on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caddis.app.batch.fields import FILES
from caddis.app.batch.jobs import Job
from caddis.generation.seeds import derived_seed


@dataclass(frozen=True)
class Item:
    """One object to make.

    Attributes:
        name: Name of its files, without ending.
        kind: "generate", "reconstruct" or "web".
        seed: Seed of all its random numbers.
        formats: Endings of its files.
        options: See `Job.options`.
        problem: Why it cannot be made; empty if it can.
    """

    name: str
    kind: str
    seed: int
    formats: tuple[str, ...]
    options: dict[str, Any]
    problem: str = ""

    def digest(self, made_with: str) -> str:
        """Return a hash (16 hex digits) of everything that its files depend on.

        Args:
            made_with: Versions and weights, as `work.made_with` returns them.
        """
        about = [self.name, self.kind, self.seed, self.formats, self.options, self.problem]
        files = [_file_sha256(Path(self.options[name])) for name in FILES if name in self.options]
        text = json.dumps([*about, made_with, *files], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def expand(jobs: Iterable[Job], run_seed: int) -> list[Item]:
    """Return the items of all jobs, in order.

    The seed of an item is derived from the batch's seed, the job's id and the variation, or
    from the job's own seed. It does not depend on other items.
    """
    items, seen = [], set[str]()
    for job in jobs:
        for variation in range(job.count):
            name = job.id if job.count == 1 else f"{job.id}-{variation + 1}"
            problem = job.problem
            if name.lower() in seen:
                problem = f"another job has files called {name!r} already"
                name = next(
                    free for n in range(2, 10**9) if (free := f"{name}~{n}").lower() not in seen
                )
            seen.add(name.lower())
            seed = _seed(job, variation, run_seed)
            items.append(Item(name, job.kind, seed, job.formats, dict(job.options), problem))
    return items


def _seed(job: Job, variation: int, run_seed: int) -> int:
    if job.seed is None:
        return derived_seed(run_seed, job.id, variation)
    return job.seed if variation == 0 else derived_seed(job.seed, "variation", variation)


def _file_sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"
