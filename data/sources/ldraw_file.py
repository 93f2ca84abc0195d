"""Triangles of an LDraw file and of all files that it refers to.

Line types and the winding rules (BFC) follow https://www.ldraw.org/article/218.html and
https://www.ldraw.org/article/415.html.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import DataError

_DEEPEST = 40
"""Largest depth of references: the library needs a dozen, so more means a circular one."""
_KEPT = 4096
"""Number of files whose triangles are cached: studs and cylinders are used again and again."""


class LDrawLibrary:
    """Finds and reads the files of one library.

    Args:
        root: Folder with `parts` (and `parts/s`) and `p` (and `p/48`, `p/8`).
    """

    def __init__(self, root: Path) -> None:
        self._places = [root / "parts", root / "p"]
        self._read = lru_cache(maxsize=_KEPT)(self._read_uncached)

    def triangles(self, path: Path) -> NDArray[np.float64]:
        """Return triangles (T, 3, 3) in LDraw units (0.4 mm), -Y up, outward-facing.

        Raises:
            DataError: A line or a referenced file cannot be read.
        """
        return self._read(path, 0)

    def _read_uncached(self, path: Path, depth: int) -> NDArray[np.float64]:
        if depth > _DEEPEST:
            raise DataError("files that refer to each other in a circle", str(path))
        found = [np.zeros((0, 3, 3))]
        clockwise = invert = False
        for number, line in enumerate(_lines(path), 1):
            words = line.split()
            if words[:2] == ["0", "BFC"]:
                clockwise = ("CW" in words) or (clockwise and "CCW" not in words)
                invert = "INVERTNEXT" in words
                continue
            if not words or words[0] not in {"1", "3", "4"}:
                continue
            drawn = self._draw(words, depth, f"{path}, line {number}")
            if (words[0] == "1" and invert) or (words[0] != "1" and clockwise):
                drawn = drawn[:, ::-1]
            found.append(drawn)
            invert = False
        return np.concatenate(found)

    def _draw(self, words: list[str], depth: int, where: str) -> NDArray[np.float64]:
        """Return the triangles of one line: a reference (1), a triangle (3) or a quad (4)."""
        count = {"1": 12, "3": 9, "4": 12}[words[0]]
        try:
            numbers = np.array([float(word) for word in words[2 : 2 + count]])
        except ValueError:
            numbers = np.zeros(0)
        if len(numbers) != count or not np.isfinite(numbers).all():
            raise DataError(f"a line of type {words[0]} without its {count} numbers", where)
        if words[0] == "1":
            return self._reference(" ".join(words[14:]), numbers, depth, where)
        corners = numbers.reshape(-1, 3)
        return corners[[[0, 1, 2]] if words[0] == "3" else [[0, 1, 2], [0, 2, 3]]]

    def _reference(
        self, name: str, numbers: NDArray[np.float64], depth: int, where: str
    ) -> NDArray[np.float64]:
        relative = name.replace("\\", "/").lower()
        path = next((p / relative for p in self._places if (p / relative).is_file()), None)
        if path is None or ".." in Path(relative).parts:
            raise DataError(f"the file {name!r} is missing", where)
        matrix = numbers[3:].reshape(3, 3)
        drawn = self._read(path, depth + 1) @ matrix.T + numbers[:3]
        return drawn[:, ::-1] if np.linalg.det(matrix) < 0 else drawn


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()
