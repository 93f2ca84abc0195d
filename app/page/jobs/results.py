"""Results on disk: one folder each, in a folder per visitor. They expire."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from caddis.geometry.errors import InputError

RECORD = "result.json"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Result:
    """The result of a job, as the page shows it. File names are relative to its folder.

    Attributes:
        title: Title of the result.
        kind: "create", "reconstruct", "check", "repair" or "web".
        size_mm: Sides of the bounding box (x, y, z).
        faces: Number of triangles.
        gate: `GateReport.to_json()`.
        changes: Changes that made it printable, or faults that a check found.
        stage_seconds: Time of each stage.
        picture: Name of a PNG.
        view: Name of a GLB for the 3D viewer.
        files: Names of the files to download.
        command: Command that makes it again, or empty.
        python: Python code that makes it again.
        origin: Request and tokens of a generated object, needed to vary it; empty for others.
        figures: Tables of further figures, by heading; only webs have them.
        forces: Name of a PNG of a web's forces; empty for others.
    """

    title: str
    kind: str
    size_mm: tuple[float, float, float]
    faces: int
    gate: dict[str, Any]
    changes: tuple[str, ...]
    stage_seconds: dict[str, float]
    picture: str
    view: str
    files: tuple[str, ...]
    command: str
    python: str
    origin: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    forces: str = ""

    def save(self, folder: Path) -> None:
        """Write the record; only a folder with a record is a result."""
        from caddis.geometry.files.atomic import write_text

        write_text(folder / RECORD, json.dumps(asdict(self)))

    @classmethod
    def load(cls, folder: Path) -> Result:
        """Read the record of a folder."""
        return cls.parse((folder / RECORD).read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> Result:
        """Read a record from its JSON."""
        return cls(**json.loads(text))


class Store:
    """All results below one folder.

    Args:
        root: The folder; created if missing.
        keep_s: Seconds after which a result is removed.
        most: How many results of one visitor are kept.
    """

    def __init__(self, root: Path, *, keep_s: float = 86_400.0, most: int = 60) -> None:
        self._root, self._keep_s, self._most = root, keep_s, most
        root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def new_folder(self, visitor: str) -> Path:
        """Make the folder of a new result."""
        folder = self._of(visitor) / secrets.token_hex(8)
        folder.mkdir(parents=True)
        return folder

    def folder(self, visitor: str, name: str) -> Path:
        """Return the folder of a visitor's result.

        Raises:
            InputError: This visitor has no result of that name.
        """
        folder = self._of(visitor) / name
        if not _ID.fullmatch(name) or not (folder / RECORD).is_file():
            raise InputError("this result does not exist any more", "", "Make it again.")
        return folder

    def all_of(self, visitor: str) -> list[Path]:
        """Return the folders of a visitor's results, newest first."""
        found = [path.parent for path in self._of(visitor).glob(f"*/{RECORD}")]
        return sorted(found, key=lambda path: _changed_at(path / RECORD), reverse=True)

    def prune(self) -> None:
        """Remove results that are too old, and the oldest of a visitor who has too many."""
        now = time.time()
        for visitor in self._root.iterdir():
            for rank, folder in enumerate(sorted(visitor.iterdir(), key=_changed_at, reverse=True)):
                if rank >= self._most or now - _changed_at(folder) > self._keep_s:
                    shutil.rmtree(folder, ignore_errors=True)

    def _of(self, visitor: str) -> Path:
        # hashed, so that no text that a visitor sends becomes part of a path
        return self._root / hashlib.sha256(visitor.encode()).hexdigest()[:32]


def _changed_at(path: Path) -> float:
    """Return the time of a file's last change; 0 if another thread has just removed it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
