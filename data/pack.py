"""The pack: solids of the open mix with labels, captions, splits, licences and authors.

It takes two passes. `caddis.data.solids.solids` makes the solids: slow, once. `build_pack` then
assembles the files that ship: fast, so corrected labels, axes or captions need only this pass.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import trimesh

from caddis.data.captions import captions_for
from caddis.data.curation import curated
from caddis.data.duplicates import SIMILARITY, near_duplicates, signature
from caddis.data.licences import require_allowed
from caddis.data.pack_files import row_of, shards, write_shards
from caddis.data.quarantine import (
    Quarantined,
    YieldRow,
    read_quarantine,
    write_quarantine,
    yield_rows,
)
from caddis.data.record import ObjectRecord
from caddis.data.solids import RECIPE, Outcome, load_solid
from caddis.data.source import Source
from caddis.data.sources.pack import Pack
from caddis.data.splits import assign_splits
from caddis.geometry.errors import DataError
from caddis.geometry.frame import to_canonical
from caddis.geometry.mesh.bodies import merge_faces
from caddis.geometry.mesh.sampling import sample_surface

_SIGNATURE_POINTS = 4096


@dataclass(frozen=True)
class PackConfig:
    """Settings for assembling the pack.

    Attributes:
        max_bytes: Largest total size of the shards.
        rows_a_shard: Rows of each shard.
        max_faces: Solids with more faces are simplified further.
        similarity: Least cosine of near-duplicates, see `caddis.data.duplicates`.
        partial: Skip objects that the first pass has not tried yet, instead of raising an error.
    """

    max_bytes: int = 25 * 10**6
    rows_a_shard: int = 1800
    max_faces: int = 1600
    similarity: float = SIMILARITY
    partial: bool = False


@dataclass(frozen=True)
class PackSummary:
    """Figures of a finished pack.

    Attributes:
        objects: Rows of the pack.
        quarantined: Rows of the quarantine list.
        duplicates: Objects that have a near-duplicate.
        outdated: Solids made by an older recipe than `caddis.data.solids.RECIPE`.
        faces: Faces of all solids together.
        size: Bytes of all shards.
    """

    objects: int
    quarantined: int
    duplicates: int
    outdated: int
    faces: int
    size: int


def build_pack(
    source: Source,
    solids: Path,
    out: Path,
    config: PackConfig | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> PackSummary:
    """Write the pack and its quarantine list.

    Args:
        source: The raw open mix.
        solids: Folder filled by `caddis.data.solids.solids`.
        out: Folder for `openmix-*.parquet` and `quarantine.csv`.
        config: See `PackConfig`.
        progress: Called with (done, total) after each object.

    Raises:
        DataError: A licence may not be shipped, a solid was not tried yet, or the pack
            is too large.
    """
    config = config or PackConfig()
    kept: list[ObjectRecord] = []
    dropped: list[Quarantined] = []
    outdated = 0
    for done, raw in enumerate(source, 1):
        outcome = load_solid(solids, raw.id)
        outdated += outcome is not None and outcome.recipe != RECIPE
        made = _finish(raw, outcome, config)
        if isinstance(made, ObjectRecord):
            kept.append(made)
        elif made is not None:
            dropped.append(made)
        if progress is not None:
            progress(done, len(source))
    kept.sort(key=lambda record: record.id)
    groups = _duplicates(kept, config.similarity)
    splits = assign_splits((record.id for record in kept), groups)
    rows = [row_of(replace(record, split=splits[record.id])) for record in kept]
    files = write_shards(out, rows, config.rows_a_shard)
    write_quarantine(out, dropped)
    size = sum(file.stat().st_size for file in files)
    if size > config.max_bytes:
        raise DataError(
            f"the pack has {size} bytes", str(out), f"It may have at most {config.max_bytes}."
        )
    faces = sum(len(record.mesh.faces) for record in kept)
    twins = sum(map(len, groups))
    return PackSummary(len(kept), len(dropped), twins, outdated, faces, size)


def yield_tables(pack: Path) -> tuple[list[YieldRow], list[YieldRow]]:
    """Return the yield of a pack by source and by category.

    Raises:
        DataError: The pack is missing or damaged.
    """
    shards(pack)
    records = list(Pack(pack))
    lost = read_quarantine(pack)
    return (
        yield_rows([r.source for r in records], [(q.source, q.reason) for q in lost]),
        yield_rows(
            [r.category or "(none)" for r in records],
            [(q.category or "(none)", q.reason) for q in lost],
        ),
    )


def _finish(
    raw: ObjectRecord, outcome: Outcome | None, config: PackConfig
) -> ObjectRecord | Quarantined | None:
    require_allowed(raw.id, raw.licence, raw.author)
    tags = ", ".join(raw.tags)
    mended = curated(raw.id, raw.category, raw.source, raw.name, tags)
    if outcome is None and not config.partial:
        raise DataError("not solidified yet", raw.id, "Complete the first pass.")
    if outcome is None:
        return None
    reason = outcome.reason or mended.drop_reason
    if outcome.mesh is None or reason:
        return Quarantined(raw.id, raw.source, mended.category, reason or "no solid")
    mesh = outcome.mesh
    if mended.rotation is not None:
        mesh = trimesh.Trimesh(mesh.vertices @ mended.rotation.T, mesh.faces, process=False)
    mesh = to_canonical(merge_faces(mesh, config.max_faces))
    captions = captions_for(raw.name, tags, mended.category, extents=mesh.extents.tolist())
    return replace(raw, category=mended.category, captions=captions, mesh=mesh, is_solid=True)


def _duplicates(records: list[ObjectRecord], similarity: float) -> list[list[str]]:
    signatures = [_signature(record) for record in records]
    if not signatures:
        return []
    groups = near_duplicates(np.stack(signatures), similarity)
    return [[records[row].id for row in group] for group in groups]


def _signature(record: ObjectRecord) -> np.ndarray:
    seed = int.from_bytes(hashlib.sha256(record.id.encode()).digest()[:8])
    points, _ = sample_surface(record.mesh, _SIGNATURE_POINTS, np.random.default_rng(seed))
    return signature(points)
