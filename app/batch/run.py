"""A batch from jobs to summary: what is left to do is done, and everything is reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from caddis.app.batch.engines import Engine
from caddis.app.batch.items import Item
from caddis.app.batch.journal import Journal, Outcome
from caddis.app.batch.plates import Plate, write_plates
from caddis.app.batch.summary import write_page, write_reports, write_sheets
from caddis.app.batch.work import Task

OnDone = Callable[[Outcome], None]


@dataclass(frozen=True)
class Batch:
    """What to make, where, and what to do about earlier failures.

    Attributes:
        items: In the order of the jobs.
        out: The folder.
        made_with: Returns for an item what `Item.digest` takes.
        retry: Whether items that could not be made before are tried again.
        bed: Width and depth of a printer bed to pack plates for, in mm, or None.
    """

    items: Sequence[Item]
    out: Path
    made_with: Callable[[Item], str]
    retry: bool = False
    bed: tuple[float, float] | None = None


@dataclass(frozen=True)
class BatchResult:
    """A finished batch.

    Attributes:
        outcomes: One per item, in order.
        plates: What was packed on beds.
    """

    outcomes: tuple[Outcome, ...]
    plates: tuple[Plate, ...]

    def count(self, verdict: str) -> int:
        """Return how many items came out so."""
        return sum(one.verdict == verdict for one in self.outcomes)


def run_batch(
    batch: Batch,
    engine: Engine,
    *,
    on_start: Callable[[int, int], None] | None = None,
    on_done: OnDone | None = None,
) -> BatchResult:
    """Do what the journal does not have yet, then write the reports.

    Args:
        batch: What to do.
        engine: Who does it.
        on_start: Called with the number of items finished by earlier runs, and of all.
        on_done: Called after each item.

    Raises:
        OutputError: The folder cannot be written, or another run is writing there.
    """
    tasks = [Task(item, item.digest(batch.made_with(item)), batch.out) for item in batch.items]
    with Journal(batch.out) as journal:
        _sweep(batch.out)
        finished = journal.finished()
        if batch.retry:
            finished = {key: one for key, one in finished.items() if one.verdict != "bad"}
        left = [task for task in tasks if task.digest not in finished]
        if on_start is not None:
            on_start(len(tasks) - len(left), len(tasks))
        for outcome in engine.run(left):
            journal.write(outcome)
            finished[outcome.digest] = outcome
            if on_done is not None:
                on_done(outcome)
        # times are kept in the journal only: reports of the same items are the same
        outcomes = [replace(finished[task.digest], seconds=0.0) for task in tasks]
        return _report(batch, outcomes)


def _sweep(out: Path) -> None:
    """Remove what a killed run left unfinished; see `geometry.files.atomic.atomic_path`."""
    for folder in (out, out / "meshes", out / "webs", out / "pictures", out / "plates"):
        for left_over in folder.glob(".*-????????.*"):
            left_over.unlink()


def _report(batch: Batch, outcomes: list[Outcome]) -> BatchResult:
    write_reports(batch.out, outcomes)
    sheets = write_sheets(batch.out, outcomes)
    plates: list[Plate] = []
    too_large: list[str] = []
    if batch.bed is not None:
        plates, too_large = write_plates(batch.out, outcomes, batch.bed)
    write_page(batch.out, outcomes, sheets, plates, too_large)
    return BatchResult(tuple(outcomes), tuple(plates))
