"""Progress bars on standard error: tokens as they come, objects, and steps of a training run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from caddis.app.console import notes

if TYPE_CHECKING:
    from caddis.app.making.generate import Refused
    from caddis.app.making.made import Made
    from caddis.generation.request import Request


def _bar(*columns: ProgressColumn, transient: bool = False) -> Progress:
    console = notes()
    # no bar in a file or pipe, where it could not be redrawn
    return Progress(*columns, console=console, transient=transient, disable=not console.is_terminal)


class TokenProgress:
    """One bar that fills token by token, then object by object."""

    def __init__(self, progress: Progress, task: TaskID, objects: int) -> None:
        self._progress, self._task, self._objects = progress, task, objects

    def token(self, written: int, total: int) -> None:
        """Show that `written` of `total` tokens are written."""
        self._progress.update(self._task, completed=written, total=total, doing="tokens")
        if written == total:
            self._progress.reset(self._task, total=self._objects, doing="objects meshed")

    def object_done(self) -> None:
        """Show that one more object is meshed, repaired and checked."""
        self._progress.advance(self._task)


@contextmanager
def token_progress(what: str, objects: int) -> Iterator[TokenProgress]:
    """Show a bar labelled `what` for a request of `objects` objects; yield its handle."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[doing]}", markup=False),
        TimeElapsedColumn(),
    )
    with _bar(*columns, transient=True) as progress:
        task = progress.add_task(what, total=None, doing="loading the model")
        yield TokenProgress(progress, task, objects)


def generated_with_progress(
    request: Request, on_refused: Callable[[Refused], None] | None = None
) -> Iterator[Made]:
    """Yield the objects of a request as they are meshed, with a bar on standard error.

    Args:
        request: What to make.
        on_refused: See `caddis.app.making.generate.generated`.
    """
    from caddis.app.making.generate import generated

    with token_progress(request.words, request.count) as progress:
        for made in generated(request, on_token=progress.token, on_refused=on_refused):
            progress.object_done()
            yield made


@contextmanager
def step_progress(what: str, steps: int) -> Iterator[Callable[[int, float], None]]:
    """Show a bar for a training run; yield the callback (step number, loss) that moves it."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("loss {task.fields[loss]}", markup=False),
    )
    with _bar(*columns) as progress:
        task = progress.add_task(what, total=steps, loss="")

        def advance(step: int, loss: float) -> None:
            progress.update(task, completed=step + 1, loss=f"{loss:.4f}")

        yield advance


@contextmanager
def count_progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar for work on many objects; yield the callback (done, all) that moves it."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with _bar(*columns) as progress:
        task = progress.add_task(what, total=None)

        def advance(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield advance
