"""A folder with mesh files of the user."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import trimesh

from caddis.data.record import ObjectRecord
from caddis.geometry.errors import CaddisError, DataError
from caddis.geometry.files.mesh_io import READABLE, load_mesh

METADATA = "metadata.csv"
_LIST_SEPARATOR = ";"


class Folder:
    """Every mesh file below a folder, in the order of its paths.

    The name of the folder around a file is its category, so `meshes/chair/a.stl` is a chair; a file
    directly in the folder has no category. An optional file `metadata.csv` corrects these guesses:
    its column `file` holds a relative path, and the columns `name`, `category`, `captions`, `tags`
    (the last two with ";" between items), `licence`, `author` and `split` replace the guess.

    Args:
        folder: Folder with STL, 3MF, OBJ, PLY, GLB, glTF or OFF files, Z up.

    Raises:
        DataError: No mesh is found, or `metadata.csv` has no column `file`.
    """

    def __init__(self, folder: Path) -> None:
        self._root = Path(folder)
        self.name = self._root.resolve().name
        self._files = sorted(
            path for path in self._root.rglob("*") if path.suffix.lower() in READABLE
        )
        if not self._files:
            raise DataError("no mesh files", str(folder), f"Known formats: {' '.join(READABLE)}.")
        self._metadata = _read_metadata(self._root / METADATA)

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self._files)

    def __iter__(self) -> Iterator[ObjectRecord]:
        """Yield one record per file; if a file cannot be read, the record's `problem` says why."""
        return (self._record(path) for path in self._files)

    def _record(self, path: Path) -> ObjectRecord:
        relative = path.relative_to(self._root)
        known = self._metadata.get(relative.as_posix(), {})
        mesh, problem = _load(path)
        guess = relative.parts[-2] if len(relative.parts) > 1 else ""
        return ObjectRecord(
            id=_id(relative.as_posix()),
            source=self.name,
            name=known.get("name") or _words(path.stem),
            category=known.get("category") or guess.lower().replace(" ", "_"),
            captions=_list(known.get("captions")),
            tags=_list(known.get("tags")),
            licence=known.get("licence") or "",
            author=known.get("author") or "",
            split=known.get("split") or "",
            mesh=mesh,
            problem=problem,
        )


def _load(path: Path) -> tuple[trimesh.Trimesh, str]:
    try:
        return load_mesh(path), ""
    except CaddisError as error:
        nothing = trimesh.Trimesh(np.zeros((0, 3)), np.zeros((0, 3), dtype=np.int64), process=False)
        return nothing, error.what


def _id(relative: str) -> str:
    """Return a name that is safe in a path; the hash tells apart files with the same slug."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", relative).strip("-").lower()[:60]
    return f"{slug}-{hashlib.sha256(relative.encode()).hexdigest()[:8]}"


def _words(stem: str) -> str:
    return re.sub(r"[_\-.\s]+", " ", stem).strip().lower()


def _list(text: str | None) -> tuple[str, ...]:
    parts = (part.strip() for part in (text or "").split(_LIST_SEPARATOR))
    return tuple(part for part in parts if part)


def _read_metadata(path: Path) -> Mapping[str, Mapping[str, str]]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if rows and "file" not in rows[0]:
        raise DataError("no column 'file'", str(path), "Add it, with each mesh's relative path.")
    return {row["file"]: {key: value for key, value in row.items() if key} for row in rows}
