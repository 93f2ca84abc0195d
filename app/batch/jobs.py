"""Jobs: what a batch is asked to make, read from CSV, JSON lines, YAML or a folder of scans."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from caddis.app.batch.fields import ALIASES, FILES, checked, kind_of, known, read
from caddis.geometry.errors import ConfigError, MeshReadError, TooLargeError, UnsupportedFormatError

SCANS = (
    ".stl", ".3mf", ".obj", ".ply", ".glb", ".gltf", ".off", ".xyz", ".npy", ".pcd", ".las", ".laz",
    ".e57",
)  # fmt: skip
"""Endings of scan files."""
_IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic")
MAX_JOBS_BYTES = 1 << 28
MAX_COUNT = 10_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass(frozen=True)
class Job:
    """One line of a jobs file.

    Attributes:
        id: Name of its files; letters, digits, dot, hyphen and underscore.
        kind: "generate", "reconstruct" or "web".
        count: Number of variations.
        seed: Seed of the first variation; None to derive it from the batch's seed and the id.
        formats: Endings of the files to write.
        options: All other fields that were given; see `caddis.app.batch.fields`.
        problem: Why the job cannot be done; empty if it can.
    """

    id: str
    kind: str = "generate"
    count: int = 1
    seed: int | None = None
    formats: tuple[str, ...] = ("3mf",)
    options: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def read_jobs(path: Path, defaults: Mapping[str, Any] | None = None) -> list[Job]:
    """Read the jobs of a file (.csv, .jsonl, .yaml, .yml) or of a folder of scans.

    A bad line becomes a job with a `problem`, so that all other jobs are still done.

    Args:
        path: The file or folder.
        defaults: Values for the fields that a job does not state.

    Raises:
        MeshReadError: There is no such file or folder, or it is not text in its format.
        UnsupportedFormatError: The file has another ending.
        ConfigError: There is no job, or only images, which Caddis cannot turn into solids.
        TooLargeError: The file is larger than 256 MB.
    """
    if path.is_dir():
        scans = sorted(each for each in path.rglob("*") if each.suffix.lower() in SCANS)
        if not scans and any(each.suffix.lower() in _IMAGES for each in path.rglob("*")):
            raise ConfigError(
                "images cannot be made into solids", str(path), "Give scans, or a jobs file."
            )
        rows: list[Any] = [{"id": _scan_id(each, path), "scan": str(each)} for each in scans]
        folder = Path()
    else:
        rows, folder = _rows(path), path.parent
    if not rows:
        raise ConfigError("there is no job in it", str(path), "Add lines, or name another file.")
    return _jobs(rows, folder, dict(defaults or {}))


def jobs_of(
    rows: Iterable[Mapping[str, Any]], defaults: Mapping[str, Any] | None = None
) -> list[Job]:
    """Return the jobs of mappings that say what the lines of a file do.

    Args:
        rows: One mapping a job; files are looked for from the current folder.
        defaults: Values for the fields that a job does not state.

    Raises:
        ConfigError: There is no job.
    """
    named = [dict(row) for row in rows]
    if not named:
        raise ConfigError("there is no job", "jobs", "Give at least one.")
    return _jobs(named, Path(), dict(defaults or {}))


def _jobs(rows: Iterable[Any], folder: Path, defaults: dict[str, Any]) -> list[Job]:
    jobs, seen = [], set[str]()
    for number, row in enumerate(rows, start=1):
        job = _job(row, number, folder, defaults)
        if job.id.lower() in seen:
            job = Job(f"line-{number}", problem=f"the id {job.id!r} is used twice")
        seen.add(job.id.lower())
        jobs.append(job)
    return jobs


def _scan_id(path: Path, folder: Path) -> str:
    name = "-".join(path.relative_to(folder).parts)
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).lstrip("._-")[:80] or "scan"


def _rows(path: Path) -> list[Any]:
    reader = {".csv": _csv, ".jsonl": _json_lines, ".yaml": _yaml, ".yml": _yaml}.get(
        path.suffix.lower()
    )
    if not path.is_file():
        raise MeshReadError("there is no such file or folder", str(path), "Check the name.")
    if reader is None:
        raise UnsupportedFormatError(
            f"cannot read jobs from '{path.suffix}' files", str(path), "Use .csv, .jsonl or .yaml."
        )
    if path.stat().st_size > MAX_JOBS_BYTES:
        raise TooLargeError("a jobs file above 256 MB", str(path), "Split it.")
    try:
        return list(reader(path.read_text(encoding="utf-8-sig")))
    except (ValueError, csv.Error) as error:
        first = str(error).split("\n", maxsplit=1)[0]
        raise MeshReadError(f"not a {path.suffix[1:].upper()} file: {first}", str(path)) from error


def _csv(text: str) -> Iterator[Any]:
    for row in csv.DictReader(io.StringIO(text), strict=True):
        if None in row:
            yield "more values than the header has names"  # only this line is bad
        else:
            yield {name: value for name, value in row.items() if value not in (None, "")}


def _json_lines(text: str) -> Iterator[Any]:
    for line in text.splitlines():
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError:
                yield "not JSON"  # only this line is bad


def _yaml(text: str) -> Iterator[Any]:
    import yaml

    try:
        parsed = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error)) from error
    jobs = parsed.get("jobs") if isinstance(parsed, dict) else parsed
    if not isinstance(jobs, list):
        raise ValueError("it must be a list of jobs")
    yield from jobs


def _job(row: Any, number: int, folder: Path, defaults: dict[str, Any]) -> Job:
    """Read one job; an error becomes its `problem`."""
    name = f"line-{number}"
    try:
        if not isinstance(row, dict):
            raise ValueError(
                str(row) if isinstance(row, str) else "it does not map names to values"
            )
        given = {ALIASES.get(str(key).strip(), str(key).strip()): row[key] for key in row}
        given = {key: value for key, value in given.items() if value is not None}
        stated = str(given.get("id", name))
        if not _ID.fullmatch(stated):
            raise ValueError("an id is 1 to 80 letters, digits, '.', '-' or '_'")
        name = stated
        return _typed(name, given, defaults, folder)
    except ValueError as error:
        return Job(name, problem=str(error))


def _typed(name: str, given: dict[str, Any], defaults: dict[str, Any], folder: Path) -> Job:
    kind = kind_of(given)
    checked(kind, given)
    names = known(kind)
    # a default may be for jobs of another kind
    stated = {key: value for key, value in {**defaults, **given}.items() if key in names}
    values = {key: read(kind, key, value) for key, value in stated.items()}
    count = values.pop("count", 1)
    if not 1 <= count <= MAX_COUNT:
        raise ValueError(f"count must be 1 to {MAX_COUNT}, not {count}")
    for key in set(FILES) & set(values):
        values[key] = str(folder / values[key])
    values.pop("id", None)
    seed, formats = values.pop("seed", None), values.pop("formats", ("3mf",))
    return Job(name, kind, count, seed, formats, values)
