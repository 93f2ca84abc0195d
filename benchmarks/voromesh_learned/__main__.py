"""Does a learned VoroMesh beat the fit at equal time? Trains, measures, writes the page.

    python -m benchmarks.voromesh_learned [--train-objects 90] [--held-out 6] [--steps 1200]

Writes docs/voromesh-learned.md and its picture. Grids, weights and rows are kept in
cache/voromesh-learned; a run that was stopped goes on.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path

import torch
import tyro

from benchmarks.voromesh_learned.measure import Row, measure
from benchmarks.voromesh_learned.network import Network
from benchmarks.voromesh_learned.objects import chosen, held_out, load_training, prepare
from benchmarks.voromesh_learned.page import Trained, write_page
from benchmarks.voromesh_learned.train import TrainOptions, train
from data.record import ObjectRecord
from data.sources.pack import Pack


@dataclass(frozen=True)
class Options:
    """What to train and to measure.

    Attributes:
        train_objects: Objects to learn from.
        held_out: Objects to measure at grid 32.
        held_out_64: Objects to measure at grid 64, the first of the same.
        steps: Of the training.
        seed: Everything random follows from it.
        cache: Where grids, weights and rows are kept.
        out: Folder of the page.
    """

    train_objects: int = 90
    held_out: int = 6
    held_out_64: int = 2
    steps: int = 1200
    seed: int = 0
    cache: Path = Path("cache/voromesh-learned")
    out: Path = Path("docs")


def main(options: Options) -> None:
    """Prepare, train, measure, write."""
    torch.set_num_threads(1)
    pack = list(Pack())
    records = chosen(pack, "train", options.train_objects, options.seed)
    files = [prepare(record, options.cache) for record in records]
    settings = TrainOptions(steps=options.steps, seed=options.seed)
    name = f"network-{len(files)}-{options.steps}-{options.seed}.safetensors"
    load = [functools.partial(load_training, path) for path in files]
    network, seconds = train(load, settings, options.cache / name)
    store = options.cache / name.replace("safetensors", "jsonl")
    test = chosen(pack, "test", options.held_out, options.seed)
    rows = _measured(network, test, options, store)
    parameters = sum(value.numel() for value in network.parameters())
    trained = Trained(len(files), options.steps, seconds, parameters)
    print(write_page(rows, trained, options.out).read_text("utf-8"))


def _measured(
    network: Network, records: list[ObjectRecord], options: Options, store: Path
) -> list[Row]:
    """Measure what the store does not hold."""
    lines = store.read_text("utf-8").splitlines() if store.exists() else []
    rows = [Row(**json.loads(line)) for line in lines]
    done = {(row.name, row.grid) for row in rows}
    todo = [(record, grid) for record in records for grid in (32, 64)]
    if_64 = {record.id for record in records[: options.held_out_64]}
    for record, grid in todo:
        if (record.id, grid) in done or (grid == 64 and record.id not in if_64):
            continue
        new = list(measure(held_out(record, options.cache), grid, network))
        with store.open("a", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row.as_dict()) + "\n" for row in new)
        rows += new
        print(f"{record.id} at {grid}: {sum(row.seconds for row in new):.0f} s", flush=True)
    return rows


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
