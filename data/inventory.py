"""Counts of the training objects by category, source, licence and attribute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from caddis.data.quarantine import YieldRow, read_quarantine, yield_rows
from caddis.data.record import ObjectRecord
from caddis.data.sources.families import FAMILIES
from caddis.data.splits import UNSEEN
from caddis.data.training_set import TrainingSet

SPLITS = ("train", "val", "test", UNSEEN)
NO_CATEGORY = "(none)"
Entry = Mapping[str, Any]


def entries_of(records: Iterable[ObjectRecord]) -> list[Entry]:
    """Return entries for records that are not prepared yet; these have no attributes."""
    return [
        {
            "category": one.category,
            "split": one.split,
            "source": one.source,
            "licence": one.licence,
            "attributes": {},
        }
        for one in records
    ]


def by_split(entries: Iterable[Entry], field: str) -> list[tuple[str, ...]]:
    """Count objects by the values of a field and by split.

    Args:
        entries: Entries of `objects.json`.
        field: "category", "source" or "licence".

    Returns:
        Rows of a table, the total first, then the most frequent value first: the value, the number
        in each of SPLITS, and the number in all splits.
    """
    counts: dict[str, Counter[str]] = {}
    for one in entries:
        counts.setdefault(one[field] or NO_CATEGORY, Counter()).update([one["split"]])
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    every = sum(counts.values(), Counter[str]())
    return [
        (name, *(str(count[split]) for split in SPLITS), str(count.total()))
        for name, count in [("all", every), *ordered]
    ]


def by_attribute(entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """Count the values of each attribute.

    Returns:
        Rows of a table, sorted by attribute: its name, how many objects have it, and its eight most
        frequent values with their counts.
    """
    counts: dict[str, Counter[str]] = {}
    for one in entries:
        for name, (value, _) in one["attributes"].items():
            counts.setdefault(name, Counter())[_shown(value)] += 1
    return [
        (name, str(count.total()), ", ".join(f"{v} {n}" for v, n in count.most_common(8)))
        for name, count in sorted(counts.items())
    ]


def yield_of_preparing(cache: Path) -> list[YieldRow]:
    """Count the offered, kept and dropped objects of each source, and of each family.

    Args:
        cache: Folder that `caddis.data.prepare` wrote.
    """
    kept = [_group(one["source"], one["id"]) for one in TrainingSet(cache).objects]
    lost = [(_group(one.source, one.id), one.reason) for one in read_quarantine(cache)]
    return yield_rows(kept, lost)


def _group(source: str, record_id: str) -> str:
    return record_id.partition("-")[0] if source == FAMILIES else source


def _shown(value: str | int | bool) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
