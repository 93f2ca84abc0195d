"""What every measurement reads: options, models, data, the chosen test objects."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import trimesh
from numpy.typing import NDArray

from benchmarks.quality.store import Store
from data.mesh_codec import decode
from data.pack_files import shards
from data.training_set import TrainingSet
from generation.models import Models, load_folder
from generation.seeds import derived_seed
from generation.weights import MODELS
from geometry.errors import DataError

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Options:
    """What to measure.

    Attributes:
        weights: Folder of the weights.
        cache: Prepared data.
        pack: The pack that the data was prepared from, for its meshes.
        runs: Where finished stages are kept.
        out: Folder of the page and its pictures.
        seed: Everything random follows from it.
        count: Generated objects in each set, and test objects beside them.
        resolution: Marching-cubes cells along a side where shapes are measured.
        workers: Threads.
        fresh: Do finished stages again.
    """

    weights: Path = MODELS / "nano"
    cache: Path = Path("cache/openmix")
    pack: Path = Path("assets/openmix")
    runs: Path = Path("runs/quality")
    out: Path = Path("docs")
    seed: int = 0
    count: int = 100
    resolution: int = 64
    workers: int = 2
    fresh: bool = False


class Bench:
    """Options, models, data and kept results.

    Raises:
        DataError: No data, or no test object of a category that the model knows.
        WeightsError: No usable weights.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.models: Models = load_folder(options.weights, "cpu")
        self.objects = TrainingSet(options.cache)
        free = {"out", "runs", "workers", "fresh", "weights", "cache", "pack"}
        settings = {key: value for key, value in vars(options).items() if key not in free}
        content = (options.cache / "objects.json").read_bytes()
        self.data_sha256 = hashlib.sha256(content).hexdigest()
        settings |= {"weights": self.models.sha256, "data": self.data_sha256}
        self.store = Store(options.runs, settings, fresh=options.fresh)

    @cached_property
    def train(self) -> Rows:
        """Rows of all training objects."""
        return self.objects.rows("train")

    @cached_property
    def picked(self) -> Rows:
        """Test objects of known categories, at most `count`, chosen by the seed."""
        known = set(self.models.categories)
        rows = [int(r) for r in self.objects.rows("test") if self.category(int(r)) in known]
        if len(rows) < 2:
            raise DataError("too few test objects of categories that the model knows",
                            str(self.options.cache))  # fmt: skip
        rng = np.random.default_rng(derived_seed(self.options.seed, "test objects"))
        return np.sort(rng.permutation(np.array(rows, dtype=np.int64))[: self.options.count])

    @cached_property
    def companions(self) -> Rows:
        """For each picked test object a random training object of its category."""
        rng = np.random.default_rng(derived_seed(self.options.seed, "training objects"))
        free = {int(row) for row in self.train}
        chosen = []
        for name in self.wanted:
            same = sorted(row for row in free if self.category(row) == name)
            # categories are asked for with 8 training objects or more; a test set of more
            # objects than that of one category may use one twice
            pool = same or [int(row) for row in self.train if self.category(int(row)) == name]
            chosen.append(int(rng.choice(pool)))
            free.discard(chosen[-1])
        return np.array(chosen, dtype=np.int64)

    @cached_property
    def wanted(self) -> list[str]:
        """Categories of the picked test objects, in their order."""
        return [self.category(int(row)) for row in self.picked]

    def category(self, row: int) -> str:
        """Return the category of an object, "" if it has none."""
        return str(self.objects.objects[row]["category"])

    def meshes(self, rows: Iterable[int]) -> dict[int, trimesh.Trimesh]:
        """Return the true meshes of objects, from the pack.

        Raises:
            DataError: The pack lacks one of them.
        """
        ids = {str(self.objects.objects[row]["id"]): row for row in rows}
        found: dict[int, trimesh.Trimesh] = {}
        for shard in shards(self.options.pack):
            table = pq.read_table(shard, columns=["id", "vertices", "faces"])
            names = table["id"].to_pylist()
            for number in (i for i, name in enumerate(names) if name in ids):
                vertices, faces = (table[key][number].as_py() for key in ("vertices", "faces"))
                found[ids[names[number]]] = decode(vertices, faces)
        missing = sorted(name for name, row in ids.items() if row not in found)
        if missing:
            raise DataError(
                f"the pack lacks {len(missing)} objects of the prepared data, first {missing[0]}",
                str(self.options.pack), "Prepare the data from this pack: caddis data prepare.",
            )  # fmt: skip
        return found
