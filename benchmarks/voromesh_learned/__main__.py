"""Does a learned VoroMesh beat the fit at equal time? Trains, measures, writes the page.

    python -m benchmarks.voromesh_learned

Writes docs/voromesh-learned.md and its picture. Grids, weights and rows are kept in
cache/voromesh-learned; a run that was stopped goes on.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import tyro

from benchmarks.voromesh_learned.network import Network
from benchmarks.voromesh_learned.objects import chosen, held_out, training
from benchmarks.voromesh_learned.page import Trained, write_page
from benchmarks.voromesh_learned.train import TrainOptions, train
from benchmarks.voromesh_learned.ways import Row, measure
from data.record import ObjectRecord
from data.sources.pack import Pack
from geometry.surface import DEFAULT_BOUND


@dataclass(frozen=True)
class Options:
    """What to train and to measure.

    Attributes:
        train_objects: Objects to learn from.
        held_out: Objects to measure at grid 32.
        held_out_64: Objects to measure at grid 64.
        cells: What has more surface than so many square cells is passed over: it takes minutes.
        steps: Of the training.
        seed: Everything random follows from it.
        cache: Where grids, weights and rows are kept.
        out: Folder of the page.
    """

    train_objects: int = 90
    held_out: int = 6
    held_out_64: int = 3
    cells: int = 3000
    steps: int = TrainOptions.steps
    seed: int = 0
    cache: Path = Path("cache/voromesh-learned")
    out: Path = Path("docs")


def main(options: Options) -> None:
    """Prepare, train, measure, write."""
    torch.set_num_threads(1)
    pack = list(Pack())
    records = chosen(pack, "train", options.train_objects, options.seed)
    shapes = [training(record, options.cache) for record in records]
    name = f"network-{len(shapes)}-{options.steps}-{options.seed}.pt"
    settings = TrainOptions(steps=options.steps, seed=options.seed)
    network, seconds = train(shapes, settings, options.cache / name)
    store = options.cache / name.replace(".pt", ".jsonl")
    rows = _measured(network, chosen(pack, "test", len(pack), options.seed), options, store)
    parameters = sum(value.numel() for value in network.parameters())
    trained = Trained(len(shapes), options.steps, seconds, parameters, options.cells)
    print(write_page(rows, trained, options.out).read_text("utf-8"))


def _measured(
    network: Network, records: list[ObjectRecord], options: Options, store: Path
) -> list[Row]:
    """Measure what the store does not hold."""
    lines = store.read_text("utf-8").splitlines() if store.exists() else []
    kept = [Row(**json.loads(line)) for line in lines]
    rows: list[Row] = []
    for grid, count in ((64, options.held_out_64), (32, options.held_out)):
        limit = options.cells * (2.0 * DEFAULT_BOUND / grid) ** 2
        for record in [record for record in records if record.mesh.area <= limit][:count]:
            new = [row for row in kept if (row.name, row.grid) == (record.id, grid)]
            if not new:
                new = list(measure(held_out(record, options.cache), grid, network))
                with store.open("a", encoding="utf-8") as stream:
                    stream.writelines(json.dumps(asdict(row)) + "\n" for row in new)
                print(f"{record.id} at {grid}: {sum(row.seconds for row in new):.0f} s", flush=True)
            rows += new
    return rows


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
