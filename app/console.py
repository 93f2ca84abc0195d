"""Tables and progress for people: results on standard output, progress on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

COLOURS = {"pass": "green", "warn": "yellow", "fail": "red"}


def output() -> Console:
    """Return the console for results."""
    return Console(soft_wrap=True, highlight=False)


def notes() -> Console:
    """Return the console for progress and remarks."""
    return Console(stderr=True, highlight=False)


def coloured(status: str) -> str:
    """Mark up a gate status with its colour; other words stay as they are."""
    colour = COLOURS.get(status)
    return f"[{colour}]{status}[/]" if colour else status


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Lay out `rows` under `columns`; a number is set to the right, a status coloured."""
    rows = [list(row) for row in rows]
    made = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float) for row in rows)
        made.add_column(column, justify="right" if numeric else "left")
    for row in rows:
        made.add_row(*(_cell(value) for value in row))
    return made


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
    return coloured(str(value))
