"""What every measurement reads: options, models, data, the chosen test objects."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import pyarrow.parquet as pq
import trimesh
from numpy.typing import NDArray

from benchmarks.quality.scores import ranks_between
from benchmarks.quality.store import Store
from caddis.data.mesh_codec import decode
from caddis.data.pack_files import shards
from caddis.data.sources.families import FAMILIES
from caddis.data.training_set import TrainingSet
from caddis.generation.models import Models, load_folder
from caddis.generation.seeds import derived_seed
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.generation.weights import MODELS, load_tokenizer, tokenizer_sha256, weights_sha256
from caddis.geometry.errors import DataError

Rows = NDArray[np.int64]
Stage = Literal["reconstruction", "distribution", "accuracy", "memorisation", "pictures"]
STAGES: tuple[Stage, ...] = get_args(Stage)


@dataclass(frozen=True)
class Options:
    """What to measure.

    Attributes:
        only: Which stages; the page keeps what was measured earlier of the others.
        weights: Folder of the weights; the stage "reconstruction" needs only the tokenizer's.
        cache: Prepared data.
        pack: The pack that the data was prepared from, for its meshes.
        eval: Folder of meshes that are nothing like the training data (manifest.csv, meshes/).
        runs: Where finished stages are kept.
        out: Folder of the page and its pictures.
        seed: Everything random follows from it.
        count: Generated objects in each set, and test objects beside them.
        resolution: Cells along a side where sets of shapes are measured; reconstructions have 128.
        limit: Measure so many reconstructions, evenly chosen, to try it out; 0 measures all.
        workers: Threads.
        fresh: Do finished stages again.
    """

    only: tuple[Stage, ...] = STAGES
    weights: Path = MODELS / "nano"
    cache: Path = Path("cache/openmix")
    pack: Path = Path("assets/openmix")
    eval: Path = Path("../shared/data/eval")
    runs: Path = Path("runs/quality")
    out: Path = Path("docs")
    seed: int = 0
    count: int = 100
    resolution: int = 64
    limit: int = 0
    workers: int = 2
    fresh: bool = False


class Bench:
    """Options, models, data and kept results; models are loaded when they are first asked for.

    Raises:
        DataError: No data, or no test object of a category that the model knows.
        WeightsError: No usable weights.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.objects = TrainingSet(options.cache)
        content = (options.cache / "objects.json").read_bytes()
        self.data_sha256 = hashlib.sha256(content).hexdigest()

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer of the weights, on the CPU."""
        return load_tokenizer(self.options.weights)

    @cached_property
    def models(self) -> Models:
        """All models of the weights, on the CPU."""
        return load_folder(self.options.weights, "cpu")

    @cached_property
    def tokenizer_sha256(self) -> str:
        """Hash of the tokenizer's weights."""
        return tokenizer_sha256(self.options.weights)

    @cached_property
    def tokenizer_store(self) -> Store:
        """Results that follow from the tokenizer alone."""
        settings = {
            "seed": self.options.seed, "limit": self.options.limit,
            "tokenizer": self.tokenizer_sha256, "data": self.data_sha256,
        }  # fmt: skip
        return Store(self.options.runs, settings, fresh=self.options.fresh)

    @cached_property
    def store(self) -> Store:
        """Results that follow from tokenizer and generator."""
        settings = {
            "seed": self.options.seed, "count": self.options.count,
            "resolution": self.options.resolution,
            "weights": weights_sha256(self.options.weights), "data": self.data_sha256,
        }  # fmt: skip
        return Store(self.options.runs, settings, fresh=self.options.fresh)

    @cached_property
    def measured(self) -> Rows:
        """Rows of the test objects that are reconstructed: all, or `limit` of them."""
        rows, limit = self.test, self.options.limit
        return rows[ranks_between(len(rows), limit)] if limit else rows

    @cached_property
    def train(self) -> Rows:
        """Rows of all training objects of the pack."""
        return self._of_the_pack("train")

    @cached_property
    def test(self) -> Rows:
        """Rows of all test objects of the pack."""
        return self._of_the_pack("test")

    def _of_the_pack(self, split: str) -> Rows:
        """Leave out the objects of families: they are many and alike, and would drown the rest."""
        rows = self.objects.rows(split)
        made = [self.objects.objects[row]["source"] == FAMILIES for row in rows]
        return rows[~np.array(made, dtype=bool)]

    @cached_property
    def picked(self) -> Rows:
        """Test objects of known categories, at most `count`, chosen by the seed."""
        known = set(self.models.categories)
        rows = [int(r) for r in self.test if self.category(int(r)) in known]
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
            table = pq.read_table(shard, columns=["id", "mesh"])
            names = table["id"].to_pylist()
            for number in (i for i, name in enumerate(names) if name in ids):
                found[ids[names[number]]] = decode(table["mesh"][number].as_py())
        missing = sorted(name for name, row in ids.items() if row not in found)
        if missing:
            raise DataError(
                f"the pack lacks {len(missing)} objects of the prepared data, first {missing[0]}",
                str(self.options.pack), "Prepare the data from this pack: caddis data prepare.",
            )  # fmt: skip
        return found
