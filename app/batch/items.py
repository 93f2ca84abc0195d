"""Items: one object each, with a name, a seed and a digest that settle what its files hold."""

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
        name: Of its files, without ending.
        kind: "generate", "reconstruct" or "web".
        seed: Decides everything random in it.
        formats: Endings of its files.
        options: See `Job.options`.
        problem: Why it cannot be made; empty for a good one.
    """

    name: str
    kind: str
    seed: int
    formats: tuple[str, ...]
    options: dict[str, Any]
    problem: str = ""

    def digest(self, made_with: str) -> str:
        """Return 16 hex digits of everything that its files depend on.

        Args:
            made_with: Versions and weights, in words.
        """
        about = [self.name, self.kind, self.seed, self.formats, self.options, self.problem]
        files = [_content(Path(self.options[name])) for name in FILES if name in self.options]
        text = json.dumps([*about, made_with, *files], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def expand(jobs: Iterable[Job], run_seed: int) -> list[Item]:
    """Return the items of all jobs, in order.

    The seed of an item follows from the batch's seed, the job's id and the variation, or
    from the job's own seed: no other item has a part in it.
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


def _content(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"
