"""Output paths, which are chosen and checked before any work begins."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from caddis.geometry.errors import ConfigError, OutputError, UnsupportedFormatError

Format = Literal["3mf", "stl", "glb", "obj", "ply"]
FORMATS: tuple[str, ...] = get_args(Format)


def slug(words: str) -> str:
    """Return `words` as a short file name: lower case, hyphens, at most 40 letters."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return plain[:40].rstrip("-") or "object"


def plan_meshes(
    out: Path, names: Sequence[str], formats: Sequence[Format] = (), *, force: bool = False
) -> list[tuple[Path, ...]]:
    """Choose the files of each object, and check that they can be written.

    Args:
        out: A file (a name with an ending) or a folder. A file for several objects is
            numbered: `lamp.stl` becomes `lamp-1.stl`, `lamp-2.stl`, ...
        names: File names without ending, one per object, used in a folder.
        formats: Formats to write in a folder; 3MF when empty.
        force: Whether existing files may be replaced.

    Returns:
        One tuple of paths per object.

    Raises:
        ConfigError: Formats are given although `out` is a file.
        UnsupportedFormatError: Caddis cannot write files with this ending.
        OutputError: The path cannot be written, or exists already.
    """
    return plan_files(out, names, formats, FORMATS, "3mf", force=force)


def plan_files(
    out: Path,
    names: Sequence[str],
    formats: Sequence[str],
    known: Sequence[str],
    usual: str,
    *,
    force: bool = False,
) -> list[tuple[Path, ...]]:
    """Choose the files of each object as `plan_meshes` does, for other formats.

    Args:
        out: A file or a folder.
        names: File names without ending, one per object.
        formats: Formats to write in a folder; `usual` when empty.
        known: Allowed endings.
        usual: The default ending.
        force: Whether existing files may be replaced.

    Raises:
        ConfigError: As `plan_meshes` does.
        UnsupportedFormatError: As `plan_meshes` does.
        OutputError: As `plan_meshes` does.
    """
    if is_folder(out):
        plan = [tuple(out / f"{name}.{kind}" for kind in formats or (usual,)) for name in names]
    else:
        plan = [(path,) for path in _numbered(out, len(names), formats, known)]
    for paths in plan:
        for path in paths:
            check_writable(path, force=force)
            check_writable(path.with_name(f"{path.name}.json"), force=force)  # its record
    return plan


def _numbered(out: Path, count: int, formats: Sequence[str], known: Sequence[str]) -> list[Path]:
    if out.suffix.lower().removeprefix(".") not in known:
        raise UnsupportedFormatError(
            f"cannot write '{out.suffix}' files", str(out), f"Known endings: {', '.join(known)}."
        )
    if formats:
        raise ConfigError("--formats needs a folder", str(out), "Use a folder for --out.")
    if count == 1:
        return [out]
    return [out.with_stem(f"{out.stem}-{number}") for number in range(1, count + 1)]


def is_folder(out: Path) -> bool:
    """Tell whether `out` names a folder: one that exists, or a name without an ending."""
    return out.is_dir() or not out.suffix


def check_writable(target: Path, *, force: bool) -> None:
    """Raise an error if a file could not be written; change nothing.

    Args:
        target: The file.
        force: Whether an existing file may be replaced.

    Raises:
        OutputError: `target` is a folder, exists already, lies below a file, or its folder is
            read-only.
    """
    if target.is_dir():
        raise OutputError("is a folder, not a file", str(target), "Name a file in it.")
    if not force and target.exists():
        raise OutputError(
            "exists already", str(target), "Give --force to replace it, or another --out."
        )
    folder = target.parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise OutputError("is a file, not a folder", str(folder), "Choose another folder.")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(
            f"cannot write here: {error.strerror}", str(folder), "Choose a folder you may write to."
        ) from error
