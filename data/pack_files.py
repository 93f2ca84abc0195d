"""The Parquet shards of a pack: file names, columns, and conversion of records to rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from caddis.data import mesh_codec
from caddis.data.record import ObjectRecord
from caddis.geometry.errors import DataError
from caddis.geometry.files.atomic import atomic_path

LARGEST_SHARD = 16 * 10**6
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("kind", pa.string()),
        ("category", pa.string()),
        ("name", pa.string()),
        ("tags", pa.list_(pa.string())),
        ("captions", pa.list_(pa.string())),
        ("licence", pa.string()),
        ("author", pa.string()),
        ("longest_side_m", pa.float32()),
        ("split", pa.string()),
        ("mesh", pa.binary()),
    ],
    metadata={"format": "caddis-pack-2", "meshes": "data/mesh_codec.py"},
)
_DAMAGED = "Build it again: caddis data pack."


def shards(folder: Path) -> list[Path]:
    """Return the shards of a pack, in order.

    Raises:
        DataError: The folder holds no shard.
    """
    found = sorted(Path(folder).glob("openmix-[0-9][0-9][0-9].parquet"))
    if not found:
        raise DataError("there is no pack here", str(folder), _DAMAGED)
    return found


def write_shards(folder: Path, rows: Sequence[Mapping[str, Any]], rows_a_shard: int) -> list[Path]:
    """Write rows of `SCHEMA` to `openmix-000.parquet` and so on; delete shards of an older pack.

    Raises:
        DataError: A shard would be larger than 16 MB.
    """
    written = []
    for start in range(0, len(rows), rows_a_shard):
        target = Path(folder) / f"openmix-{start // rows_a_shard:03d}.parquet"
        table = pa.Table.from_pylist(list(rows[start : start + rows_a_shard]), schema=SCHEMA)
        with atomic_path(target) as temporary:
            pq.write_table(
                table, temporary, compression="zstd", compression_level=19, use_dictionary=_REPEATED
            )
            if temporary.stat().st_size > LARGEST_SHARD:
                raise DataError(
                    "a shard is larger than 16 MB", str(target), "Put fewer rows into each."
                )
        written.append(target)
    for old in set(Path(folder).glob("openmix-[0-9][0-9][0-9].parquet")) - set(written):
        old.unlink()
    return written


def read_records(shard: Path) -> Iterator[ObjectRecord]:
    """Yield the records of one shard.

    Raises:
        DataError: The shard is damaged or has other columns.
    """
    try:
        for batch in pq.ParquetFile(shard).iter_batches(256):
            yield from (_record(row) for row in batch.to_pylist())
    except (pa.ArrowException, OSError, KeyError) as error:
        raise DataError("the shard cannot be read", str(shard), _DAMAGED) from error


def row_of(record: ObjectRecord) -> dict[str, Any]:
    """Return the row of a record whose mesh is a solid in the canonical frame."""
    row = {name: getattr(record, name) for name in SCHEMA.names if name != "mesh"}
    return row | {"mesh": mesh_codec.encode(record.mesh)}


def _record(row: Mapping[str, Any]) -> ObjectRecord:
    values: dict[str, Any] = {name: row[name] for name in SCHEMA.names if name != "mesh"}
    values |= {name: tuple(row[name]) for name in _LISTS}
    mesh = mesh_codec.decode(row["mesh"])
    return ObjectRecord(mesh=mesh, is_solid=True, **values)


_LISTS = ("tags", "captions")
_REPEATED = ["source", "kind", "category", "licence", "author", "split"]
