"""The journal of a batch: one line per finished item, flushed to the disk at once."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from caddis.geometry.errors import OutputError

Verdict = Literal["good", "failed", "bad"]
""""good": made; "failed": made, but fails the print gate; "bad": not made."""


@dataclass(frozen=True)
class Outcome:
    """The result of one item.

    Attributes:
        item: Name of the item.
        digest: See `Item.digest`.
        verdict: Whether there are files, and whether they pass the gate.
        reason: Why it was not made, or which checks fail; empty if good.
        files: SHA-256 of each file, by its path in the batch's folder.
        report: Title, licence and record of the object; empty if it was not made.
        seconds: How long it took.
    """

    item: str
    digest: str
    verdict: Verdict
    reason: str = ""
    files: dict[str, str] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


class Journal:
    """Outcomes on disk, and the lock that keeps a second run out of the folder.

    A line is written in one piece and flushed to the disk. A last line that was cut off by
    a kill is dropped when the journal is opened again.

    Args:
        folder: The batch's folder; created if missing.

    Raises:
        OutputError: The folder cannot be written, or another run is writing there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / "journal.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        except OSError as error:
            raise OutputError(
                f"cannot write here: {error.strerror}", str(folder), "Choose another folder."
            ) from error
        _lock(self._handle, folder)
        content = self._path.read_bytes()
        whole = content.rfind(b"\n") + 1
        os.truncate(self._path, whole)
        self._outcomes = [_parsed(line) for line in content[:whole].splitlines()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._handle)

    def write(self, outcome: Outcome) -> None:
        """Append one outcome and flush it to the disk."""
        os.write(self._handle, (json.dumps(asdict(outcome)) + "\n").encode())
        os.fsync(self._handle)

    def finished(self) -> dict[str, Outcome]:
        """Return, by digest, the outcomes of earlier runs whose files have not changed since."""
        latest = {one.digest: one for one in self._outcomes if one is not None}
        return {digest: one for digest, one in latest.items() if self._is_whole(one)}

    def _is_whole(self, outcome: Outcome) -> bool:
        return all(
            (path := self._folder / name).is_file() and file_sha256(path) == sha256
            for name, sha256 in outcome.files.items()
        )


def file_sha256(path: Path) -> str:
    """Return the sha256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _parsed(line: bytes) -> Outcome | None:
    try:
        return Outcome(**json.loads(line))
    except (ValueError, TypeError):
        return None  # the line is damaged: its item is made again


def _lock(handle: int, folder: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows, where two runs at once only waste time
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise OutputError(
            "another batch is writing here", str(folder), "Wait for it, or choose another folder."
        ) from error
