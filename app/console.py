"""Tables and progress for people: results on standard output, progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial

from rich.console import Console
from rich.table import Table
from rich.text import Text

COLOURS = {"pass": "green", "warn": "yellow", "fail": "red"}


plain_console = partial(Console, emoji=False, highlight=False, markup=False)
"""A console that prints text unchanged: "[x]" and ":x:" are neither markup nor emoji."""
PIPE_WIDTH = 160
"""Width in characters of a table that is written to a file or a pipe."""


def output() -> Console:
    """Return the console for results."""
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    return plain_console(soft_wrap=True, width=width)


def notes() -> Console:
    """Return the console for progress and remarks."""
    return plain_console(stderr=True)


def coloured(word: str) -> Text:
    """Return a gate status in its colour, other words without one."""
    return Text(word, style=COLOURS.get(word, ""))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return a table; numbers are right-aligned and gate statuses coloured."""
    rows = [list(row) for row in rows]
    made = Table(title=Text(title) if title else None, title_justify="left")
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float) for row in rows)
        made.add_column(column, justify="right" if numeric else "left")
    for row in rows:
        made.add_row(*(_cell(value) for value in row))
    return made


def _cell(value: object) -> Text:
    if isinstance(value, float):
        return Text(f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}")
    return coloured(str(value))
