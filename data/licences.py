"""Authors and licences of the objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from caddis.data.pack_files import shards
from caddis.geometry.errors import DataError

ALLOWED = frozenset(
    {"CC0-1.0", "CC-BY-3.0", "CC-BY-3.0-US", "CC-BY-4.0", "MIT", "MIT-0", "Apache-2.0"}
)
"""Licences (SPDX names) under which an object may be copied, changed and shipped."""


@dataclass(frozen=True)
class LicenceRow:
    """Number of objects from one author under one licence."""

    licence: str
    author: str
    source: str
    count: int


def require_allowed(record_id: str, licence: str, author: str) -> None:
    """Check that an object may enter the pack.

    Raises:
        DataError: Its licence is not on the list, or it has no author.
    """
    if licence not in ALLOWED:
        raise DataError(
            f"the licence {licence or 'unknown'!r} may not be shipped",
            record_id,
            f"Allowed: {', '.join(sorted(ALLOWED))}.",
        )
    if not author.strip():
        raise DataError("the author is missing", record_id)


def licences(pack: Path) -> list[LicenceRow]:
    """Count the objects of a pack by licence, author and source, the largest first.

    Raises:
        DataError: The pack is missing or damaged.
    """
    rows: Iterable[dict[str, str]] = (
        row
        for shard in shards(pack)
        for row in pq.read_table(shard, columns=["licence", "author", "source"]).to_pylist()
    )
    counts = Counter((row["licence"], row["author"], row["source"]) for row in rows)
    return [
        LicenceRow(*key, count)
        for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
