"""The slow first pass: each raw mesh is made solid once and kept on disk under its id."""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import trimesh

from caddis.data.record import ObjectRecord
from caddis.data.source import Source
from caddis.geometry.errors import CaddisError, NotSolidError
from caddis.geometry.files.atomic import atomic_path
from caddis.geometry.solidify.solidify import solidify

_LOG = logging.getLogger(__name__)
RECIPE = "solid-3"
"""Changes whenever solidify gives other results: `solids` then makes older files again."""


@dataclass(frozen=True)
class Outcome:
    """Result of solidifying one raw mesh.

    Attributes:
        id: Id of the object.
        mesh: Its solid in the canonical frame, or None.
        reason: Why there is no solid; empty if there is one.
        recipe: Version of solidify that made it.
        seconds: Processor time.
        stats: `SolidStats` as a dictionary.
    """

    id: str
    mesh: trimesh.Trimesh | None
    reason: str
    recipe: str
    seconds: float
    stats: dict[str, float]


def solids(
    source: Source,
    folder: Path,
    *,
    workers: int = 1,
    first: Callable[[ObjectRecord], int] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Solidify every object of which `folder` has no solid of the present `RECIPE`; can be resumed.

    Args:
        source: Raw objects.
        folder: Folder for the results, one file per object.
        workers: Number of processes; 1 works in the calling process.
        first: Sort key, lowest first; None keeps the order of the source.
        progress: Called with (done, total) after each object.
    """
    todo = _missing(source, folder)
    if first is not None:
        todo = iter(sorted(todo, key=first))
    total = len(source)
    for done, _ in enumerate(_map(_work, ((r, folder) for r in todo), workers), 1):
        if progress is not None:
            progress(done, total)


def load_solid(folder: Path, record_id: str) -> Outcome | None:
    """Read the stored outcome of an object; None if there is none."""
    path = solid_path(folder, record_id)
    try:
        with np.load(path, allow_pickle=False) as stored:
            notes = json.loads(str(stored["notes"]))
            vertices, faces = stored["vertices"].astype(np.float64), stored["faces"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    recipe, reason = notes.pop("recipe"), notes.pop("reason")
    mesh = None if reason else trimesh.Trimesh(vertices, faces.astype(np.int64), process=False)
    return Outcome(record_id, mesh, reason, recipe, notes.pop("seconds"), notes)


def solid_path(folder: Path, record_id: str) -> Path:
    """Return the path of an object's solid, in one of 256 folders by the hash of its id."""
    return Path(folder) / hashlib.sha256(record_id.encode()).hexdigest()[:2] / f"{record_id}.npz"


def _missing(source: Source, folder: Path) -> Iterator[ObjectRecord]:
    for record in source:
        outcome = load_solid(folder, record.id)
        if outcome is None or outcome.recipe != RECIPE:
            yield record


def _map(
    work: Callable[[tuple[ObjectRecord, Path]], None],
    items: Iterable[tuple[ObjectRecord, Path]],
    workers: int,
) -> Iterator[None]:
    if workers <= 1:
        yield from map(work, items)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap_unordered(work, items, chunksize=4)


def _work(item: tuple[ObjectRecord, Path]) -> None:
    record, folder = item
    start = time.process_time()
    notes: dict[str, object] = {"recipe": RECIPE, "reason": ""}
    mesh = trimesh.Trimesh(np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64), process=False)
    try:
        solid = solidify(record.mesh)
        mesh = solid.mesh
        notes |= asdict(solid.stats)
    except NotSolidError as error:
        notes["reason"] = error.what
    except (CaddisError, ValueError, RuntimeError, MemoryError) as error:  # never stop the run
        _LOG.warning("%s: %s", record.id, error)
        notes["reason"] = f"unexpected {type(error).__name__}"
    notes["seconds"] = round(time.process_time() - start, 4)
    with atomic_path(solid_path(folder, record.id)) as temporary:
        np.savez_compressed(
            temporary,
            vertices=mesh.vertices.astype(np.float32),
            faces=mesh.faces.astype(np.int32),
            notes=json.dumps(notes),
        )
