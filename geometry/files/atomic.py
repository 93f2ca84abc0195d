"""Write files whole or not at all: write a temporary file, flush it to disk, rename it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caddis.geometry.errors import OutputError


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Yield a temporary path in the folder of `target`; rename it if the block succeeds.

    The temporary file has the ending of `target`, for writers that look at the ending. A reader
    sees the old file or the new one, never a part.

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
    temporary = Path(name)
    try:
        yield temporary
        _flush_to_disk(temporary)
        temporary.chmod(0o644)
        try:
            temporary.replace(target)
        except OSError as error:
            raise OutputError(
                f"cannot write here: {error.strerror}", str(target), "Is it a folder?"
            ) from error
    finally:
        temporary.unlink(missing_ok=True)


def _flush_to_disk(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def write_bytes(target: Path, content: bytes) -> None:
    """Write `content` to `target` whole or not at all."""
    with atomic_path(target) as temporary:
        temporary.write_bytes(content)


def write_text(target: Path, content: str) -> None:
    """Write `content` as UTF-8 to `target` whole or not at all."""
    write_bytes(target, content.encode("utf-8"))
