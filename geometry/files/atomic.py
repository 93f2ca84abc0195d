"""Files that appear whole or not at all: write beside, flush to disk, rename."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caddis.geometry.errors import OutputError


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target`; move it there if the block succeeds.

    The temporary file has the ending of `target`, so that writers which look at
    the ending work. A reader sees the old file or the new one, never a part.

    Args:
        target: Where the finished file goes; missing parent folders are made.

    Raises:
        OutputError: The folder cannot be made or written.
    """
    target = Path(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(
            prefix=f".{target.stem}-", suffix=target.suffix, dir=target.parent
        )
        os.close(handle)
    except OSError as error:
        raise OutputError(
            f"cannot write here: {error.strerror}", str(target), "Choose a folder you may write to."
        ) from error
    beside = Path(name)
    try:
        yield beside
        _flush_to_disk(beside)
        beside.chmod(0o644)
        try:
            beside.replace(target)
        except OSError as error:
            raise OutputError(
                f"cannot write here: {error.strerror}", str(target), "Is it a folder?"
            ) from error
    finally:
        beside.unlink(missing_ok=True)


def _flush_to_disk(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def write_bytes(target: Path, content: bytes) -> None:
    """Write `content` to `target` whole or not at all."""
    with atomic_path(target) as beside:
        beside.write_bytes(content)


def write_text(target: Path, content: str) -> None:
    """Write `content` as UTF-8 to `target` whole or not at all."""
    write_bytes(target, content.encode("utf-8"))
