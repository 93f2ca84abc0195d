"""Whole webs: synthetic against real."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import nnls
from scipy.stats import kstest

from benchmarks.common.markdown import table
from benchmarks.common.rows import Row, Rows
from benchmarks.webs.bends import without_bends
from caddis.data.webs.kinds import KINDS, build_web
from caddis.data.webs.sampling import neighbourhood, neighbours
from caddis.geometry.webs import Web
from caddis.geometry.webs.editing import largest_part, tidy
from caddis.geometry.webs.parameters import local_clustering

_SAMPLE_NODES, _SAMPLES = 48, 60
_COLUMNS = (
    "nodes", "edges", "mean degree", "of junctions", "degree 1", "2", "3", "4", "5", "length cv",
    "p5/median", "p95/median", "lognormal s", "KS", "clustering", "in balance",
    f"E/N at {_SAMPLE_NODES}",
)  # fmt: skip


def real_webs(folder: Path | None) -> Iterator[tuple[str, Web]]:
    """Yield the largest part of every real web, bends straightened as in `without_bends`."""
    for path in sorted(folder.glob("*.npz")) if folder else ():
        with np.load(path) as held:
            web = tidy(held["nodes"].astype(np.float64), held["edges"].astype(np.int64))
        yield path.stem.removesuffix("_graph"), largest_part(without_bends(largest_part(web)))


def measure(results: Rows, real: Path | None, seeds: int) -> list[Row]:
    """Return a row for each real web and for each kind of synthetic ones."""
    rows = []
    for name, web in real_webs(real):
        key: Row = {"part": "whole", "web": f"real: {name}"}
        rows.append(results.once(key, _real, web))
    for kind in KINDS:
        key = {"part": "whole", "web": kind, "seeds": seeds}
        rows.append(results.once(key, _synthetic, kind, seeds))
    return rows


def _real(web: Web) -> Row:
    return {"figures": figures(web)}


def _synthetic(kind: str, seeds: int) -> Row:
    began = time.process_time()
    webs = [build_web(kind, seed) for seed in range(seeds)]
    each = (time.process_time() - began) / seeds
    return {"cpu": each, "figures": np.mean([figures(web) for web in webs], axis=0).tolist()}


def figures(web: Web) -> list[float]:
    """Return the statistics of one web, in the order of the columns."""
    degree, lengths = web.degrees, web.lengths
    logs = np.log(lengths[lengths > 0.0])
    rng = np.random.default_rng(0)
    samples = [neighbourhood(web, _SAMPLE_NODES, rng) for _ in range(_SAMPLES)]
    full = [one for one in samples if len(one.nodes) == _SAMPLE_NODES]
    low, high = np.percentile(lengths / np.median(lengths), [5, 95])
    found = [
        len(web.nodes), len(web.edges), degree.mean(), degree[degree > 2].mean(),
        *[(degree == k).mean() for k in range(1, 6)],
        lengths.std() / lengths.mean(), low, high, logs.std(),
        kstest((logs - logs.mean()) / logs.std(), "norm").statistic,
        local_clustering(web).mean(), balanced(web),
        np.mean([len(one.edges) / len(one.nodes) for one in full]),
    ]  # fmt: skip
    return [float(one) for one in found]


def balanced(web: Web) -> float:
    """Return the share of junctions that some tensions of at least 1 hold to within 5 %."""
    held = []
    for node, around in enumerate(neighbours(web)):
        pulls = web.nodes[around] - web.nodes[node]
        lengths = np.linalg.norm(pulls, axis=1)
        if len(around) > 2 and lengths.min() > 0.0:
            unit = (pulls / lengths[:, None]).T
            more, off = nnls(unit, -unit.sum(axis=1))
            held.append(off / (1.0 + more).sum() < 0.05)
    return float(np.mean(held))


def section(rows: Sequence[Row], seeds: int) -> list[str]:
    """Return the part of the page."""
    shown = []
    for row in rows:
        name = f"{row['web']}, {row['cpu']:.1f} s" if "cpu" in row else row["web"]
        shown.append([name, *map(int, row["figures"][:2]), *row["figures"][2:]])
    return [
        "## Synthetic and real webs",
        "",
        f"Each synthetic row is the mean of {seeds} webs, with the CPU seconds of one. "
        "Real webs are reduced to their largest part, and bends of skeletons are straightened. In "
        "balance: junctions at which some tensions cancel to within 5 %; the kinks in skeletons "
        "of scans come from their voxels. KS: distance of the edge lengths to a lognormal.",
        "",
        *table(("web", *_COLUMNS), shown),
    ]
