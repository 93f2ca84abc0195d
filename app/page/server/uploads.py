"""Uploaded files, which are the only files that are opened for visitors."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

from caddis.geometry.errors import InputError, TooLargeError, UnsupportedFormatError

MESHES = (".stl", ".3mf", ".obj", ".ply", ".glb", ".off")
_SURVEYS = {".las": "laspy", ".laz": "lazrs", ".e57": "pye57"}
"""Formats that need a package, and its name."""
SCANS = (
    *MESHES, ".xyz", ".npy", ".pcd",
    *(ending for ending, package in _SURVEYS.items() if find_spec(package)),
)  # fmt: skip
GUIDES = (*MESHES, ".txt", ".csv", ".xyz")
"""Endings of files that webs are laid along: meshes, or the points of a line."""
MAX_MB = 100


def take_upload(given: str | None, uploads: Path, endings: Collection[str], folder: Path) -> Path:
    """Copy an uploaded file into the folder of its job.

    Args:
        given: Path of the upload, as the visitor sent it.
        uploads: Folder in which all uploads are stored.
        endings: Allowed endings.
        folder: The job's own folder.

    Returns:
        The copy. It has a fixed name: no name given by a visitor reaches a parser or a command.

    Raises:
        InputError: There is no file, or it is not an upload.
        UnsupportedFormatError: The ending is not allowed.
        TooLargeError: The file is larger than `MAX_MB`.
    """
    if not given:
        raise InputError("there is no file yet", "", "Upload one first.")
    path = Path(given)
    whole = path.resolve()
    # a link or ".." could lead out of the folder; both change what resolve() returns
    if whole != path.absolute() or not whole.is_relative_to(uploads.resolve()):
        raise InputError("this is not a file that you uploaded", "", "Upload it on the page.")
    if not whole.is_file():
        raise InputError("the file does not exist any more", "", "Upload it again.")
    ending = whole.suffix.lower()
    if ending not in endings:
        raise UnsupportedFormatError(
            f"cannot read '{ending[:10]}' files", "", f"Use {', '.join(endings)}."
        )
    if whole.stat().st_size > MAX_MB << 20:
        raise TooLargeError(f"more than {MAX_MB} MB", "", "Simplify it first.")
    target = folder / f"upload{ending}"
    shutil.copyfile(whole, target)
    return target


def listed(endings: Collection[str]) -> str:
    """Return the names of the formats: "STL, OBJ"."""
    return ", ".join(ending[1:].upper() for ending in endings)
