"""Pieces of Markdown pages: tables, headers, sections that stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

HEADING = "## "
LEFT, RIGHT = "---", "--:"
"""Rules of columns, below the head of a table."""


def table(
    head: Sequence[object],
    rows: Iterable[Sequence[object]],
    rule: str | Sequence[str] = LEFT,
) -> list[str]:
    """Return the lines of a Markdown table, an empty one last.

    Args:
        head: Cells of the first line.
        rows: Cells of the others; see `cell`.
        rule: Of all columns, or of each.
    """
    rules = [rule] * len(head) if isinstance(rule, str) else rule
    return [_line(head), f"|{'|'.join(rules)}|", *map(_line, rows), ""]


def spaced_table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the same as `table`, with blanks in the rule below the head."""
    return table(head, rows, " --- ")


def _line(cells: Sequence[object]) -> str:
    return "|" + "".join(" |" if one is None else f" {cell(one)} |" for one in cells)


def cell(value: object) -> str:
    """Return a value as a cell shows it: floats to three figures; None where none applies."""
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return str(value)


def header(title: str, command: str) -> list[str]:
    """Return the first lines of a page: its title, and the command that makes it."""
    return [f"# {title}", "", "Made by", "", f"    {command}", ""]


def page(lines: Iterable[str]) -> str:
    """Return the text of a page, with one end of line at its end."""
    return "\n".join(lines).rstrip() + "\n"


def sections(text: str) -> dict[str, str]:
    """Return the sections of a page by their headings of the second level."""
    parts = f"\n{text}".split(f"\n{HEADING}")[1:]
    return {part.splitlines()[0]: f"{HEADING}{part}".rstrip("\n") for part in parts}


def assembled(
    head: Sequence[str], order: Mapping[str, str], made: Mapping[str, Sequence[str]], earlier: str
) -> str:
    """Put a page together from new sections and those of the page as it was.

    Args:
        head: Lines before the first section.
        order: Name of each section and its heading, in the order of the page.
        made: New sections by name, as lines that begin with the heading.
        earlier: The page as it was, or "".
    """
    known = sections(earlier)
    parts = ["\n".join(head).rstrip("\n")]
    for name, heading in order.items():
        if name in made:
            parts.append("\n".join(made[name]).rstrip("\n"))
        elif heading in known:
            parts.append(known[heading])
    return "\n\n".join(parts) + "\n"
