"""One row of figures for each generator and seed, for the floors and for the ceiling."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.common.rows import Row, Rows
from benchmarks.webs.descriptors import described
from benchmarks.webs.fidelity import properties
from benchmarks.webs.floors import erdos_renyi, random_geometric
from benchmarks.webs.held_out import HeldOut
from benchmarks.webs.identity import Hashes, novel, unique
from benchmarks.webs.mmd import mmd
from caddis.generation.webs.generator import WebGenerator
from caddis.generation.webs.learned.repair import connected
from caddis.generation.webs.registry import SHIPPED, load_web_generator
from caddis.geometry.webs import Web

PAIRS = {
    "analog-diffusion": "released-analog",
    "discrete-diffusion": "released-adjacency",
    "autoregressive": "released-autoregressive",
}
"""Each generator and its baseline: the representation of the released code (`released`)."""

SHOWN = 6
"""Webs of the first seed that are kept for pictures."""

TRAINING, HELD_OUT = "training webs", "the held-out webs themselves"
FLOORS: dict[str, Callable[[int, int, np.random.Generator], Web]] = {
    "Erdos-Renyi": erdos_renyi,
    "random geometric": random_geometric,
}


def generator_rows(
    names: Sequence[str], seeds: int, baselines: Path, held: HeldOut, results: Rows
) -> Iterator[Row]:
    """Yield a row for each seed and each generator that has weights; the first seed of all first.

    Where results are closed, rows that are not there are left out.
    """
    for seed in range(seeds):
        for name in names:
            folder = weights_of(name, baselines)
            print_of = fingerprint(folder)
            if print_of is None:
                print(f"{name}: no weights in {folder}, left out", flush=True)
                continue
            key = {"part": "generator", "name": name, "seed": seed, "weights": print_of,
                   "against": held.against}  # fmt: skip
            if not results.open_for(key):
                print(f"{name}, seed {seed}: not measured, left out", flush=True)
                continue
            yield results.once(key, _generated, name, seed, folder, held)


def weights_of(name: str, baselines: Path) -> Path | None:
    """Return the folder of a generator's weights, None if it has none by nature."""
    if name == "pieces":
        return None
    return baselines / name if name in PAIRS.values() else SHIPPED / name


def fingerprint(folder: Path | None) -> str | None:
    """Return a short hash of the weights in a folder, None where none are found."""
    if folder is None:
        return "none"
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        return None
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def _generated(name: str, seed: int, folder: Path | None, held: HeldOut) -> Row:
    generator = loaded(name, seed, folder)
    began = time.process_time()
    written = generator.sample_each(held.conditions, seed, repair=False)
    lengths = [one.edge_length_mm if _scales(generator) else None for one in held.conditions]
    made = [repaired(web, length) for web, length in zip(written, lengths, strict=True)]
    cpu = time.process_time() - began
    size = sum(f.stat().st_size for f in folder.glob("*.safetensors")) if folder else 0
    return {
        "cpu": cpu / len(made),
        "mib": size / 2**20,
        "achieved": properties(made).tolist(),
        "achieved as written": properties(written).tolist(),
        "connected": share_connected(written),
        "connected after": share_connected(made),
        "mmd as written": mmd(described(written), held.described),
        **_compared(made, held),
        "shown": [_plain(web) for web in made[:SHOWN]] if seed == 0 else [],
    }


def loaded(name: str, seed: int, folder: Path | None) -> WebGenerator:
    """Return one of our generators or a baseline; `folder` and `seed` as `load_web_generator`."""
    if folder is None or name not in PAIRS.values():
        return load_web_generator(name, seed=seed, weights=folder)
    # torch comes late: the processes that measure the memory of solids import this module too
    from benchmarks.webs.released.registry import load_baseline

    return load_baseline(name, folder)


def _scales(generator: WebGenerator) -> bool:
    """Tell whether a generator scales webs to the length asked for; some released ones do not."""
    model = getattr(generator, "model", None)
    return model is not None and model.in_lengths


def repaired(web: Web, length_mm: float | None) -> Web:
    """Return a web as `sample_each` repairs it, without sampling it once more.

    Args:
        web: As a model wrote it.
        length_mm: Mean edge length that it is scaled to when its parts are joined; None leaves it.
    """
    whole = connected(web)
    if len(whole.edges) == len(web.edges) or length_mm is None:
        return whole
    nodes = whole.nodes - whole.nodes.mean(axis=0)
    return whole.moved(nodes * (length_mm / whole.lengths.mean()))


def other_rows(seeds: int, held: HeldOut, results: Rows) -> Iterator[Row]:
    """Yield rows for training webs (the ceiling), floors, and last the held-out webs themselves."""
    for seed in range(seeds):
        key = {"part": "other", "seed": seed, "against": held.against}
        yield results.once({**key, "name": TRAINING}, _training, seed, held)
        for name in FLOORS:
            yield results.once({**key, "name": name}, _floor, name, seed, held)
    key = {"part": "other", "name": HELD_OUT, "against": held.against}
    yield results.once(key, _themselves, held)


def _training(seed: int, held: HeldOut) -> Row:
    return _other(held.learned_from(1 + seed), held)


def _floor(name: str, seed: int, held: HeldOut) -> Row:
    rng = np.random.default_rng(seed)
    webs = [FLOORS[name](len(web.nodes), len(web.edges), rng) for web in held.webs]
    return _other(webs, held)


def _themselves(held: HeldOut) -> Row:
    return {**_other(held.webs, held), "shown": [_plain(web) for web in held.webs[:SHOWN]]}


def _other(webs: Sequence[Web], held: HeldOut) -> Row:
    return {"connected": share_connected(webs), **_compared(webs, held)}


def _compared(webs: Sequence[Web], held: HeldOut) -> Row:
    histograms, hashes = described(webs), Hashes.of(webs)
    return {
        "mmd": mmd(histograms, held.described),
        "real": {name: mmd(histograms, of) for name, of in held.real.items()},
        "unique": [unique(hashes.topology), unique(hashes.geometry)],
        "novel": [
            novel(hashes.topology, held.known.topology),
            novel(hashes.geometry, held.known.geometry),
        ],
    }


def share_connected(webs: Sequence[Web]) -> float:
    """Return the share of webs that hang together and have a thread."""
    return float(np.mean([len(web.edges) > 0 and int(web.parts.max()) == 0 for web in webs]))


def _plain(web: Web) -> Row:
    return {"nodes": np.round(web.nodes, 3).tolist(), "edges": web.edges.tolist()}
