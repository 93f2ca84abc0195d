"""The LDraw library of toy brick parts (https://library.ldraw.org), downloaded by the user."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.data.record import ObjectRecord
from caddis.data.sources.ldraw_file import LDrawLibrary
from caddis.geometry.errors import DataError

_METRES_PER_UNIT = 0.0004
_Z_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
"""Rotation from LDraw's axes (-Y up) to Z up; both are right-handed."""
_NOT_SHAPES = re.compile(
    r"^[~=_|]"  # moved, an alias, a fixed colour, made by others
    r"|\b(pattern|sticker|obsolete)\b",  # the same shape as the part without it
    re.IGNORECASE,
)
_LICENCES = {"CC BY 4.0": "CC-BY-4.0", "CC BY 2.0": "CC-BY-2.0", "CC0 1.0": "CC0-1.0"}


@dataclass(frozen=True)
class _Header:
    """The header lines of a part."""

    description: str
    meta: Mapping[str, str]
    keywords: tuple[str, ...]


class LDraw:
    """The parts with a shape of their own: no redirections, printed patterns or stickers.

    The category is LDraw's own with the prefix `toy_`, because an LDraw "plate" is not a dinner
    plate. The meshes are as drawn, with crossing faces and open seams; `prepare` makes solids of
    them.
    File format: https://www.ldraw.org/article/218.html.

    Args:
        folder: The unpacked library, with the folders `parts` and `p`.

    Raises:
        DataError: The folder does not hold both.
    """

    name = "ldraw"

    def __init__(self, folder: Path) -> None:
        root = Path(folder)
        if not (root / "parts").is_dir() or not (root / "p").is_dir():
            raise DataError(
                "no folders 'parts' and 'p'",
                str(folder),
                "Unpack complete.zip of library.ldraw.org and give the folder 'ldraw'.",
            )
        self._root = root
        self._library = LDrawLibrary(root)

    @cached_property
    def _parts(self) -> list[tuple[Path, _Header]]:
        files = sorted((self._root / "parts").glob("*.dat"))
        found = ((path, _header(path)) for path in files)
        return [(path, head) for path, head in found if _is_own_shape(head)]

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self._parts)

    def __iter__(self) -> Iterator[ObjectRecord]:
        """Yield the parts by file name; if a piece is missing, `problem` says which."""
        return (self._record(path, head) for path, head in self._parts)

    def _record(self, path: Path, head: _Header) -> ObjectRecord:
        triangles, problem = np.zeros((0, 3, 3)), ""
        try:
            triangles = self._library.triangles(path) @ _Z_UP.T
        except DataError as error:
            problem = f"{error.what} ({error.where})"
        words = re.sub(r"\s+", " ", head.description).strip()
        return ObjectRecord(
            id=f"ldraw-{re.sub(r'[^A-Za-z0-9._-]', '-', path.stem)}",
            source=self.name,
            name=words.lower(),
            category=_category(head),
            kind="artist-or-scan",
            tags=head.keywords,
            captions=(f"toy brick part: {words.lower()}",),
            licence=_licence(head.meta.get("!LICENSE", "")),
            author=re.sub(r"\s*\[[^\]]*\]$", "", head.meta.get("Author:", "")),
            longest_side_m=_longest(triangles) * _METRES_PER_UNIT or None,
            mesh=_welded(triangles),
            problem=problem,
        )


def _is_own_shape(head: _Header) -> bool:
    words = f"{head.description} {head.meta.get('!CATEGORY', '')}"
    return bool(head.description) and not _NOT_SHAPES.search(words)


def _header(path: Path) -> _Header:
    """Read the lines before the first drawing command."""
    description = ""
    meta: dict[str, str] = {}
    keywords: list[str] = []
    with path.open(encoding="utf-8", errors="replace") as stream:
        for line in stream:
            kind, _, rest = line.strip().partition(" ")
            if kind and kind != "0":
                break
            if not description:
                description = rest.strip()
                continue
            key, _, value = rest.strip().partition(" ")
            if key == "!KEYWORDS":
                keywords += [word.strip() for word in value.split(",") if word.strip()]
            else:
                meta.setdefault(key, value.strip())
    return _Header(description, meta, tuple(keywords))


def _category(head: _Header) -> str:
    first = head.description.split()[0] if head.description.split() else "part"
    return "toy_" + re.sub(r"\W+", "_", head.meta.get("!CATEGORY", first)).strip("_").lower()


def _licence(text: str) -> str:
    """Return the SPDX name; empty if the part states no licence or an unknown one."""
    return next((spdx for words, spdx in _LICENCES.items() if words in text), "")


def _longest(triangles: NDArray[np.float64]) -> float:
    return float(np.ptp(triangles.reshape(-1, 3), axis=0).max()) if len(triangles) else 0.0


def _welded(triangles_T33: NDArray[np.float64]) -> trimesh.Trimesh:
    faces = np.arange(3 * len(triangles_T33)).reshape(-1, 3)
    mesh = trimesh.Trimesh(triangles_T33.reshape(-1, 3), faces, process=False)
    mesh.merge_vertices()
    return mesh
