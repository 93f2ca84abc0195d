"""Pieces of Markdown pages: tables, numbers with their spread, sections that stay."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

HEADING = "## "


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines] + [""]


def spread_of(values: Sequence[float], digits: int, factor: float = 1.0) -> str:
    """Return "mean (first quartile to third)" of the values that are numbers."""
    known = factor * np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    if not len(known):
        return "-"
    low, high = np.quantile(known, [0.25, 0.75])
    return f"{known.mean():.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def percent(values: Sequence[float]) -> float:
    """Return the mean of 0s and 1s in percent; NaN does not count, and is all there is of none."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    return 100.0 * float(known.mean()) if len(known) else math.nan


def share_of(values: Sequence[float]) -> str:
    """Return `percent` as a cell of a table."""
    share = percent(values)
    return "-" if math.isnan(share) else f"{share:.0f}"


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
