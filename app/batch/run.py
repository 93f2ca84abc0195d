"""Runs a batch: makes the items that are not finished yet, then writes all reports."""

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
    """The settings of a batch.

    Attributes:
        items: All items, in the order of the jobs.
        out: Folder of all results.
        made_with: Returns the versions and weights of an item, for `Item.digest`.
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
        """Return the number of items with this verdict."""
        return sum(one.verdict == verdict for one in self.outcomes)


def run_batch(
    batch: Batch,
    engine: Engine,
    *,
    on_start: Callable[[int, int], None] | None = None,
    on_done: OnDone | None = None,
) -> BatchResult:
    """Make the items that the journal does not have yet, then write the reports.

    Args:
        batch: The settings.
        engine: Runs the tasks.
        on_start: Called with the number of items that earlier runs finished, and of all items.
        on_done: Called after each item.

    Raises:
        OutputError: The folder cannot be written, or another run is writing there.
    """
    tasks = [Task(item, item.digest(batch.made_with(item)), batch.out) for item in batch.items]
    with Journal(batch.out) as journal:
        _remove_temporary_files(batch.out)
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
        # without times, so that the reports of the same items have the same bytes
        outcomes = [replace(finished[task.digest], seconds=0.0) for task in tasks]
        return _report(batch, outcomes)


def _remove_temporary_files(out: Path) -> None:
    """Remove temporary files of a killed run; see `geometry.files.atomic.atomic_path`."""
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
