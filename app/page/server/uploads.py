"""Files that visitors send: nothing else is ever opened for them."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

from caddis.geometry.errors import InputError, TooLargeError, UnsupportedFormatError

MESHES = (".stl", ".3mf", ".obj", ".ply", ".glb", ".off")
_SURVEYS = {".las": "laspy", ".laz": "lazrs", ".e57": "pye57"}
"""Formats that need a package."""
SCANS = (
    *MESHES, ".xyz", ".npy", ".pcd",
    *(ending for ending, package in _SURVEYS.items() if find_spec(package)),
)  # fmt: skip
GUIDES = (*MESHES, ".txt", ".csv", ".xyz")
"""What webs are laid along: a mesh, or the points of a line."""
MAX_MB = 100


def take_upload(given: str | None, uploads: Path, endings: Collection[str], folder: Path) -> Path:
    """Move what a visitor uploaded into the folder of its job.

    Args:
        given: The path that the upload was stored under, as the form says.
        uploads: The one folder in which uploads are stored.
        endings: Endings that are taken.
        folder: The job's own folder.

    Returns:
        A copy under a name of ours: no name of a visitor's reaches a parser or a command.

    Raises:
        InputError: There is no file, or it is none that was uploaded.
        UnsupportedFormatError: Another ending.
        TooLargeError: More than `MAX_MB`.
    """
    if not given:
        raise InputError("there is no file yet", "", "Drop one on the field above.")
    path = Path(given)
    whole = path.resolve()
    # a link would lead out of the folder, and so would "..": both change what resolve() says
    if whole != path.absolute() or not whole.is_relative_to(uploads.resolve()):
        raise InputError("this is not a file that you sent", "", "Drop it on the page.")
    if not whole.is_file():
        raise InputError("the file is not there any more", "", "Send it again.")
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
    """Return endings as people write formats: "STL, OBJ"."""
    return ", ".join(ending[1:].upper() for ending in endings)
