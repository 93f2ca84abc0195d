"""The shipped pack: certified solids with category, captions, licence and author."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from caddis.data.pack_files import read_records, shards
from caddis.data.record import ObjectRecord
from caddis.geometry.assets import asset
from caddis.geometry.errors import DataError

OPENMIX = asset("openmix")
"""Folder of the pack that comes with Caddis."""


class Pack:
    """Solids of a pack made by `caddis.data.pack.build_pack`.

    Args:
        folder: Folder with `openmix-*.parquet`; the shipped one by default.

    Raises:
        DataError: The folder holds no pack, or a damaged one.
    """

    name = "pack"

    def __init__(self, folder: Path = OPENMIX) -> None:
        self._shards = shards(folder)
        try:
            self._length = sum(int(pq.read_metadata(shard).num_rows) for shard in self._shards)
        except (pa.ArrowException, OSError) as error:
            raise DataError(
                "a shard is not a Parquet file", str(folder), "Copy it again."
            ) from error

    def __len__(self) -> int:
        """Return the number of solids."""
        return self._length

    def __iter__(self) -> Iterator[ObjectRecord]:
        """Yield the solids, sorted by id."""
        for shard in self._shards:
            yield from read_records(shard)
