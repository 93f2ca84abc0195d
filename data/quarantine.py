"""The list of objects left out, with reasons, and the share kept of each source and category."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from caddis.geometry.errors import DataError
from caddis.geometry.files.atomic import write_text

FILE_NAME = "quarantine.csv"


@dataclass(frozen=True)
class Quarantined:
    """An object that is not used, and the reason."""

    id: str
    source: str
    category: str
    reason: str


@dataclass(frozen=True)
class YieldRow:
    """How many objects of a group were kept.

    Attributes:
        group: A source or a category.
        offered: Number of objects in the source.
        kept: Number of objects that were kept.
        reasons: The most common reasons for dropping the rest, with their counts.
    """

    group: str
    offered: int
    kept: int
    reasons: str


def write_quarantine(folder: Path, rows: Iterable[Quarantined]) -> Path:
    """Write `quarantine.csv` into `folder`, sorted by id."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Quarantined)])
    writer.writerows(astuple(row) for row in sorted(rows, key=lambda row: row.id))
    write_text(Path(folder) / FILE_NAME, text.getvalue())
    return Path(folder) / FILE_NAME


def read_quarantine(folder: Path) -> list[Quarantined]:
    """Read `quarantine.csv`; return an empty list if there is no such file.

    Raises:
        DataError: The file has other columns.
    """
    path = Path(folder) / FILE_NAME
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return [Quarantined(**row) for row in csv.DictReader(stream)]
    except (TypeError, ValueError) as error:
        raise DataError(
            "not a quarantine list", str(path), "Prepare the data or build the pack again."
        ) from error


def yield_rows(kept: Sequence[str], dropped: Sequence[tuple[str, str]]) -> list[YieldRow]:
    """Count per group what was kept and what was dropped.

    Args:
        kept: The group of each object that was kept.
        dropped: Group and reason of each object that was dropped.

    Returns:
        One row per group, the largest group first.
    """
    number_kept = Counter(kept)
    offered = number_kept + Counter(group for group, _ in dropped)
    rows = []
    for group, total in sorted(offered.items(), key=lambda item: (-item[1], item[0])):
        why = Counter(reason for other, reason in dropped if other == group)
        reasons = "; ".join(f"{reason} ({count})" for reason, count in why.most_common(3))
        rows.append(YieldRow(group, total, number_kept[group], reasons))
    return rows
