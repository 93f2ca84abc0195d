"""The prepared data for training: memory-mapped arrays and a list of objects.

A cache folder, written by `caddis.data.prepare`, holds
- `points.npy`   (N, 4096, 6) float16: surface points and outward unit normals,
- `queries.npy`  (N, 8192, 4) float16: points and their signed distances,
- `objects.json` N objects: id, category, captions, nouns, attributes (name -> value and number,
  see `caddis.data.attributes`), split, symmetry, sides, kind, source, licence.
All coordinates are in the canonical frame.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import DataError
from caddis.geometry.symmetry import SYMMETRIES

POINTS, QUERIES = 4096, 8192
NEAR = slice(0, 4096)  # near the surface: half sigma .01, half sigma .05
UNIFORM = slice(4096, 6144)  # uniform in [-0.55, 0.55]^3
THIN = slice(6144, 8192)  # half inside walls, a quarter in gaps, a quarter at creases
MIN_OBJECTS = 8  # training objects that a category needs to be a condition
PREPARE = "Prepare it again: caddis data prepare."


class TrainingSet:
    """A prepared cache folder.

    Attributes:
        points: (N, 4096, 6) float16 memory map of surface points and normals.
        queries: (N, 8192, 4) float16 memory map; see NEAR, UNIFORM and THIN.
        objects: N dictionaries, the entries of `objects.json`.

    Raises:
        DataError: The folder is missing or damaged, or its arrays have the wrong shape or type.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.objects: list[dict[str, Any]] = self._read_objects()
        self.points = self._map("points.npy", (len(self.objects), POINTS, 6))
        self.queries = self._map("queries.npy", (len(self.objects), QUERIES, 4))

    def __len__(self) -> int:
        """Return the number of objects, over all splits."""
        return len(self.objects)

    def rows(self, split: str) -> NDArray[np.int64]:
        """Return the row numbers of a split: "train", "val", "test" or "unseen"."""
        return np.array(
            [row for row, one in enumerate(self.objects) if one["split"] == split], dtype=np.int64
        )

    @cached_property
    def categories(self) -> list[str]:
        """The categories with at least 8 training objects, sorted; only these can be requested."""
        count = Counter(one["category"] for one in self.objects if one["split"] == "train")
        return sorted(name for name, n in count.items() if name and n >= MIN_OBJECTS)

    @cached_property
    def sides(self) -> NDArray[np.float32]:
        """Side lengths of each object's box, (N, 3)."""
        return np.array([one["sides"] for one in self.objects], dtype=np.float32)

    @cached_property
    def symmetries(self) -> NDArray[np.int64]:
        """Index of each object's symmetry in `caddis.geometry.symmetry.SYMMETRIES`, (N,)."""
        place = {kind.name: at for at, kind in enumerate(SYMMETRIES)}
        return np.array([place[one["symmetry"]] for one in self.objects], dtype=np.int64)

    def uniform_queries(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """Return the uniformly distributed queries of the objects `rows`, (n, 2048, 4)."""
        return self.queries[rows, UNIFORM]

    def _read_objects(self) -> list[dict[str, Any]]:
        path = self.folder / "objects.json"
        if not path.is_file():
            raise DataError("there is no prepared data", str(path), PREPARE)
        try:
            objects = json.loads(path.read_text("utf-8"))
        except ValueError as error:
            raise DataError(f"not JSON: {error}", str(path), PREPARE) from error
        if not isinstance(objects, list) or not objects:
            raise DataError("the list of objects is empty", str(path), PREPARE)
        if not {"symmetry", "sides", "attributes"} <= objects[0].keys():
            raise DataError("prepared by an older version", str(path), PREPARE)
        return objects

    def _map(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float16]:
        path = self.folder / name
        try:
            array = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as error:
            raise DataError(f"cannot read: {error}", str(path), PREPARE) from error
        if array.shape != shape or array.dtype != np.float16:
            raise DataError(
                f"{array.dtype} {array.shape} instead of float16 {shape}", str(path), PREPARE
            )
        return array  # type: ignore[no-any-return]
