"""Progress of a batch: a live bar for people, JSON lines for scripts, or nothing."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from caddis.app.batch.journal import Outcome
from caddis.app.console import notes

Mode = Literal["live", "lines", "quiet"]


class BatchProgress(Protocol):
    """Shows the progress of a batch."""

    def start(self, done: int, total: int) -> None:
        """Called at the start: earlier runs finished `done` of `total` items."""

    def item(self, outcome: Outcome) -> None:
        """Called when one more item is finished."""


class Rate:
    """Items per minute of this run, and the seconds left at that rate."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.start(0, 0)

    def start(self, done: int, total: int) -> None:
        """Start to count."""
        self._began, self._before = self._clock(), done
        self.done, self.total = done, total

    def advance(self) -> None:
        """Count one item."""
        self.done += 1

    @property
    def per_minute(self) -> float:
        """Items per minute; 0 until one is done."""
        spent = self._clock() - self._began
        return 60.0 * (self.done - self._before) / spent if spent > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Seconds left; None until one item is done."""
        rate = self.per_minute
        return 60.0 * (self.total - self.done) / rate if rate else None


class Lines:
    """Prints one JSON object per line on standard output."""

    def __init__(self) -> None:
        self._rate = Rate()

    def start(self, done: int, total: int) -> None:
        """Print the number of items."""
        self._rate.start(done, total)
        self._print({"event": "start", "done": done, "of": total})

    def item(self, outcome: Outcome) -> None:
        """Print the outcome of an item."""
        self._rate.advance()
        left = self._rate.seconds_left
        event = {
            "event": "item", "item": outcome.item, "verdict": outcome.verdict,
            "reason": outcome.reason, "seconds": outcome.seconds,
            "done": self._rate.done, "of": self._rate.total,
            "per_minute": round(self._rate.per_minute, 2),
            "seconds_left": None if left is None else round(left, 1),
        }  # fmt: skip
        self._print(event)

    @staticmethod
    def _print(event: dict[str, object]) -> None:
        sys.stdout.write(json.dumps(event) + "\n")
        sys.stdout.flush()


class Quiet:
    """Shows nothing."""

    def start(self, done: int, total: int) -> None:
        """Do nothing."""

    def item(self, outcome: Outcome) -> None:
        """Do nothing."""


class _Live:
    """A bar on standard error, with each failure above it."""

    def __init__(self) -> None:
        console = notes()
        columns = (
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(),
        )
        self.bar = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task = self.bar.add_task("items", total=None, rate="starting")
        self._rate = Rate()

    def start(self, done: int, total: int) -> None:
        self._rate.start(done, total)
        if done:
            self.bar.console.print(f"{done} of {total} items are done already")
        self.bar.update(self._task, completed=done, total=total)

    def item(self, outcome: Outcome) -> None:
        self._rate.advance()
        if outcome.reason:
            self.bar.console.print(f"{outcome.item}: {outcome.reason}")
        left = self._rate.seconds_left or 0.0
        rate = f"{self._rate.per_minute:.1f} a minute, {_span(left)} left"
        self.bar.update(self._task, completed=self._rate.done, rate=rate)


@contextmanager
def batch_progress(mode: Mode) -> Iterator[BatchProgress]:
    """Yield the progress display of a mode."""
    if mode == "quiet":
        yield Quiet()
    elif mode == "lines":
        yield Lines()
    else:
        live = _Live()
        with live.bar:
            yield live


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
