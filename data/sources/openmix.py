"""The raw open mix: artist-made, scanned and procedural objects in Parquet shards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import trimesh

from caddis.data.record import ObjectRecord
from caddis.geometry.errors import DataError

_STORED_PER_UNIT = 65534.0
_COLUMNS = [
    *("id", "source", "kind", "label", "name", "tags", "licence", "author", "longest_side_m"),
    *("vertices", "faces", "faces_dtype"),
]
_BATCH = 64


class OpenMix:
    """Raw objects of the open mix: triangle soups with Z up and longest side 1.

    Args:
        folder: Folder with `openmix-*.parquet`.

    Raises:
        DataError: The folder holds no shard, or a shard is damaged.
    """

    name = "openmix"

    def __init__(self, folder: Path) -> None:
        self._shards = sorted(Path(folder).glob("openmix-*.parquet"))
        if not self._shards:
            raise DataError(
                "no openmix-*.parquet", str(folder), "Give the folder that holds the shards."
            )
        self._lengths = [_open(shard).metadata.num_rows for shard in self._shards]

    def __len__(self) -> int:
        """Return the number of objects."""
        return sum(self._lengths)

    def __iter__(self) -> Iterator[ObjectRecord]:
        """Yield the objects in the order of the shards; the category is the raw label."""
        for shard in self._shards:
            try:
                for batch in _open(shard).iter_batches(_BATCH, columns=_COLUMNS):
                    yield from (_record(row) for row in batch.to_pylist())
            except (pa.ArrowException, OSError) as error:
                raise DataError("the shard cannot be read", str(shard)) from error


def _open(shard: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(shard)
    except (pa.ArrowException, OSError) as error:
        raise DataError("the shard is not a Parquet file", str(shard), "Copy it again.") from error


def _record(row: Mapping[str, Any]) -> ObjectRecord:
    vertices = np.frombuffer(row["vertices"], dtype="<i2").reshape(-1, 3) / _STORED_PER_UNIT
    faces = np.frombuffer(row["faces"], dtype=row["faces_dtype"]).reshape(-1, 3)
    tags = tuple(tag.strip() for tag in re.split(r"[,;]", row["tags"] or "") if tag.strip())
    return ObjectRecord(
        id=row["id"],
        source=row["source"],
        kind=row["kind"],
        category=row["label"] or "",
        name=row["name"] or "",
        tags=tags,
        licence=row["licence"],
        author=row["author"],
        longest_side_m=row["longest_side_m"],
        mesh=trimesh.Trimesh(vertices, faces.astype(np.int64), process=False),
    )
