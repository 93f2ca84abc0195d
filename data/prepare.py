"""Convert records to the arrays that training reads; can be interrupted and started again.

The samples of each object are kept in a file named after the hash of their inputs (mesh, id,
seed). A second run reuses them, so new labels or captions cost only seconds, and an interrupted
run gives the same bytes as an undisturbed one. The attributes read from the solid are stored
beside the samples.
"""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caddis.data.attributes.reader import VERSION as READER
from caddis.data.attributes.reader import read as read_attributes
from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.relative import relative
from caddis.data.captions import captions_for, nouns_for, phrases
from caddis.data.duplicates import near_duplicates, signature
from caddis.data.quarantine import Quarantined, write_quarantine
from caddis.data.record import ObjectRecord
from caddis.data.source import Source
from caddis.data.splits import LARGEST_HELD_OUT_GROUP, UNSEEN, assign_splits
from caddis.data.thin_parts import crease_points, gap_points, wall_points
from caddis.data.training_set import NEAR, POINTS, QUERIES, THIN
from caddis.geometry.errors import CaddisError, DataError, NotSolidError
from caddis.geometry.files.atomic import atomic_path, write_text
from caddis.geometry.frame import BOX_HALF_WIDTH
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.mesh.solid_distance import solid_distance
from caddis.geometry.solidify.solidify import solidify
from caddis.geometry.symmetry import SYMMETRIES, find_symmetry

_LOG = logging.getLogger(__name__)
_LAYOUT = "samples-5"
_POINT_NUMBERS, _QUERY_NUMBERS, _FRAME_NUMBERS = POINTS * 6, QUERIES * 4, 4
_NEAR_SIGMAS = (0.01, 0.05)


@dataclass(frozen=True)
class PrepareSummary:
    """Result of `prepare`.

    Attributes:
        objects: Rows of the arrays.
        quarantined: Number of objects that could not be used; `quarantine.csv` lists them.
    """

    objects: int
    quarantined: int


@dataclass(frozen=True)
class Samples:
    """The arrays of one object, unpacked from the flat array of `sample`.

    Attributes:
        points: (4096, 6) float16 surface points and unit normals.
        queries: (8192, 4) float16 points and their signed distance.
        symmetry: Index into `caddis.geometry.symmetry.SYMMETRIES`.
        sides: (3,) float64 side lengths of the bounding box.
    """

    points: NDArray[np.float16]
    queries: NDArray[np.float16]
    symmetry: int
    sides: NDArray[np.float64]

    @classmethod
    def of(cls, values: NDArray[np.float16]) -> Samples:
        """Unpack the flat array of `sample`."""
        points, queries, frame = np.split(values, [_POINT_NUMBERS, _POINT_NUMBERS + _QUERY_NUMBERS])
        return cls(
            points.reshape(POINTS, 6), queries.reshape(QUERIES, 4),
            int(frame[0]), frame[1:].astype(float),
        )  # fmt: skip


@dataclass(frozen=True)
class _Task:
    record: ObjectRecord
    seed: int
    target: Path


@dataclass(frozen=True)
class _Done:
    record: ObjectRecord
    samples: Path
    reason: str


def prepare(
    source: Source,
    out: Path,
    *,
    seed: int = 0,
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> PrepareSummary:
    """Write the training cache: `points.npy`, `queries.npy`, `objects.json`, `quarantine.csv`.

    Solids are sampled as they are; other meshes are first made solid by
    `geometry.solidify.solidify`. Objects that cannot be used are listed with the reason and do not
    stop the run. A record without a split gets one from the hash of its id; near-duplicates share
    one.

    Args:
        source: Where the records come from.
        out: Folder of the cache; samples are kept in its subfolder `samples`.
        seed: Another seed gives other samples of the same objects.
        workers: Number of processes; 1 works in the calling process.
        progress: Called with (done, total) after each object.

    Raises:
        DataError: No object could be used.
        OutputError: The folder cannot be written.
    """
    tasks = (_task(record, seed, Path(out)) for record in source)
    kept: list[_Done] = []
    dropped: list[Quarantined] = []
    for number, done in enumerate(_map(tasks, workers), 1):
        record = done.record
        if done.reason:
            dropped.append(Quarantined(record.id, record.source, record.category, done.reason))
        else:
            kept.append(done)
        if progress is not None:
            progress(number, len(source))
    if not kept:
        raise DataError("no object could be used", source.name, "See quarantine.csv.")
    write_quarantine(out, dropped)
    _write_arrays(kept, Path(out))
    return PrepareSummary(len(kept), len(dropped))


def sample(record: ObjectRecord, seed: int) -> NDArray[np.float16]:
    """Sample one solid: surface points with normals, queries with distances, symmetry, sides.

    Queries are rounded to float16 before their distances are computed, so that rounding does not
    make the distances wrong.

    Args:
        record: A record whose mesh is a solid in the canonical frame.
        seed: Mixed with the id, so that every object has its own sequence.

    Returns:
        (4096 * 6 + 8192 * 4 + 4,) float16, concatenated: (4096, 6) points and normals, (8192, 4)
        queries and distances, the index into `geometry.symmetry.SYMMETRIES`, and the three side
        lengths of the box.
    """
    digest = hashlib.sha256(f"{seed}/{record.id}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:16]))
    points, normals = sample_surface(record.mesh, POINTS, rng)
    queries = rng.uniform(-BOX_HALF_WIDTH, BOX_HALF_WIDTH, (QUERIES, 3))
    queries[NEAR] = _noisy_surface_points(record, _count(NEAR), _NEAR_SIGMAS, rng)
    quarter = _count(THIN) // 4
    queries[THIN] = np.concatenate(
        [
            wall_points(record.mesh, 2 * quarter, rng),
            gap_points(record.mesh, quarter, rng),
            crease_points(record.mesh, quarter, rng),
        ]
    )
    rounded = queries.clip(-BOX_HALF_WIDTH, BOX_HALF_WIDTH).astype(np.float16)
    distances = solid_distance(record.mesh, rounded.astype(np.float32))
    kind = SYMMETRIES.index(find_symmetry(points, normals, rng))
    return np.concatenate(
        [
            np.concatenate([points, normals], axis=1).astype(np.float16).reshape(-1),
            np.concatenate([rounded, distances[:, None].astype(np.float16)], axis=1).reshape(-1),
            np.array([kind, *record.mesh.extents], dtype=np.float16),
        ]
    )


def _noisy_surface_points(
    record: ObjectRecord, count: int, sigmas: tuple[float, ...], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return surface points (count, 3) plus Gaussian noise, an equal number for each sigma."""
    points, _ = sample_surface(record.mesh, count, rng)
    spread = np.repeat(np.array(sigmas), count // len(sigmas))[:, None]
    return np.asarray(points + rng.normal(size=(count, 3)) * spread)


def _count(part: slice) -> int:
    return int(part.stop - part.start)


def _task(record: ObjectRecord, seed: int, out: Path) -> _Task:
    content = hashlib.sha256(f"{_LAYOUT}/{seed}/{record.is_solid}/{record.id}".encode())
    content.update(np.ascontiguousarray(record.mesh.vertices, dtype=np.float64).tobytes())
    content.update(np.ascontiguousarray(record.mesh.faces, dtype=np.int64).tobytes())
    name = content.hexdigest()[:32]
    return _Task(record, seed, out / "samples" / name[:2] / f"{name}.npy")


def _map(tasks: Iterable[_Task], workers: int) -> Iterator[_Done]:
    if workers <= 1:
        yield from map(_work, tasks)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(_work, tasks, chunksize=8)


def _work(task: _Task) -> _Done:
    record = replace(task.record, mesh=None)  # type: ignore[arg-type]
    if _is_whole(task.target) and _attributes_file(task.target).is_file():
        return _Done(record, task.target, "")
    if task.record.problem:
        return _Done(record, task.target, task.record.problem)
    try:
        _sample_and_read(task)
    except NotSolidError as error:
        return _Done(record, task.target, error.what)
    except (CaddisError, ValueError, RuntimeError, MemoryError) as error:
        _LOG.warning("%s: %s", record.id, error)
        return _Done(record, task.target, f"unexpected {type(error).__name__}")
    return _Done(record, task.target, "")


def _sample_and_read(task: _Task) -> None:
    """Write the samples of an object, unless they exist, and its attributes."""
    solid = task.record
    if not solid.is_solid:
        solid = replace(solid, mesh=solidify(solid.mesh).mesh)
    if not _is_whole(task.target):
        values = sample(solid, task.seed)
        if not np.isfinite(values).all():
            raise NotSolidError("distances that are not finite")
        with atomic_path(task.target) as temporary:
            np.save(temporary, values)
    samples = Samples.of(np.load(task.target, allow_pickle=False))
    found = read_attributes(solid.mesh, SYMMETRIES[samples.symmetry])
    text = json.dumps({name: asdict(reading) for name, reading in found.items()})
    write_text(_attributes_file(task.target), text)


def _attributes_file(samples: Path) -> Path:
    return samples.with_suffix(f".{READER}.json")


def _is_whole(path: Path) -> bool:
    try:
        values = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError):
        return False
    return bool(values.shape == (_POINT_NUMBERS + _QUERY_NUMBERS + _FRAME_NUMBERS,))


def _write_arrays(kept: list[_Done], out: Path) -> None:
    """Write the three files under temporary names, then rename them one right after the other."""
    with (
        atomic_path(out / "points.npy") as points_path,
        atomic_path(out / "queries.npy") as queries_path,
    ):
        open_array = np.lib.format.open_memmap
        points = open_array(points_path, "w+", np.float16, (len(kept), POINTS, 6))
        queries = open_array(queries_path, "w+", np.float16, (len(kept), QUERIES, 4))
        frames = []
        for row, done in enumerate(kept):
            samples = Samples.of(np.load(done.samples, allow_pickle=False))
            points[row], queries[row] = samples.points, samples.queries
            frames.append({
                "symmetry": SYMMETRIES[samples.symmetry].name,
                "sides": samples.sides.round(4).tolist(),
            })  # fmt: skip
        points.flush()
        queries.flush()
        splits = _splits([done.record for done in kept], points)
        del points, queries
    comparisons = relative(
        np.array([frame["sides"] for frame in frames]), [done.record.category for done in kept]
    )
    objects = [
        _entry(done.record, splits[done.record.id], frame, _attributes(done) | compared)
        for done, frame, compared in zip(kept, frames, comparisons, strict=True)
    ]
    write_text(out / "objects.json", json.dumps(objects, ensure_ascii=False, indent=0))


def _attributes(done: _Done) -> Readings:
    read = json.loads(_attributes_file(done.samples).read_text("utf-8"))
    return {name: Reading(**one) for name, one in read.items()}


def _splits(records: list[ObjectRecord], points: NDArray[np.float16]) -> dict[str, str]:
    """Assign a split to each record; a record that comes with one keeps it.

    Near-duplicates of a record with a split take that split; if none of them has one, they share a
    new one. Large groups always go to train, see `caddis.data.splits`.
    """
    splits = {record.id: record.split for record in records if record.split}
    rows = [row for row, record in enumerate(records) if record.split != UNSEEN]
    ids = [records[row].id for row in rows]
    unassigned = [one for one in ids if one not in splits]
    if not unassigned:
        return splits
    signatures = np.stack([signature(points[row, :, :3]) for row in rows])
    groups = [[ids[member] for member in group] for group in near_duplicates(signatures)]
    assigned = assign_splits(
        unassigned, [[one for one in group if one not in splits] for group in groups]
    )
    return dict(assigned) | _shared(groups, splits) | splits


def _shared(groups: list[list[str]], given: dict[str, str]) -> dict[str, str]:
    """Return, for small groups with a member that has a split, that split for all members."""
    shared: dict[str, str] = {}
    for group in groups:
        there = {given[one] for one in group if one in given}
        if there and len(group) <= LARGEST_HELD_OUT_GROUP:
            held_first = next(split for split in ("test", "val", "train") if split in there)
            shared.update(dict.fromkeys(group, held_first))
    return shared


def _entry(
    record: ObjectRecord, split: str, frame: dict[str, object], attributes: Readings
) -> dict[str, object]:
    tags = ", ".join(record.tags)
    named = () if record.nouns else captions_for(record.name, tags, record.category)
    return {
        "id": record.id,
        "category": record.category,
        "captions": [*(record.captions or named), *phrases(record.category)],
        "nouns": record.nouns or nouns_for(record.name, tags, record.category),
        "attributes": {
            name: [one.value, round(one.number, 4)] for name, one in sorted(attributes.items())
        },
        "split": split,
        **frame,
        "kind": record.kind,
        "source": record.source,
        "licence": record.licence,
    }
