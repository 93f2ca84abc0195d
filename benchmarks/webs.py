"""Webs in numbers: `python -m benchmarks.webs` writes docs/webs.md.

Synthetic against real webs, time and memory of strut solids, stiffness against closed forms. The
real webs have no licence and are not shipped: `--real FOLDER` names a folder of .npz files with
nodes (N, 3) and edges (E, 2); without it their rows are left out.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import tyro
from scipy.optimize import nnls
from scipy.stats import kstest

from data.webs.kinds import KINDS, Tangle, build_web
from data.webs.sampling import neighbourhood, neighbours
from data.webs.threads import Laying
from geometry.files import write_text
from geometry.gate import check
from geometry.webs import Web
from geometry.webs.editing import largest_part, tidy, without_bends
from geometry.webs.mechanics import stretch
from geometry.webs.mechanics.frame import frame_stiffness
from geometry.webs.mechanics.material import PLA
from geometry.webs.mechanics.solving import solve
from geometry.webs.parameters import local_clustering
from geometry.webs.solid import SolidOptions, web_solid, with_radii

SAMPLE_NODES, SAMPLES = 48, 60


@dataclass(frozen=True)
class Options:
    """What to measure.

    Attributes:
        real: Folder with real webs as .npz; none when left out.
        out: The page to write.
        seeds: Synthetic webs of each kind.
        threads: Threads of the tangle whose solid is timed, of about 2.5 struts each.
    """

    real: Path | None = None
    out: Path = Path("docs/webs.md")
    seeds: int = 3
    threads: int = 2100


def real_webs(folder: Path | None) -> Iterator[tuple[str, Web]]:
    """Yield the largest part of every real web, bends straightened as in `without_bends`."""
    for path in sorted(folder.glob("*.npz")) if folder else ():
        with np.load(path) as held:
            web = tidy(held["nodes"].astype(np.float64), held["edges"].astype(np.int64))
        yield path.stem, largest_part(without_bends(largest_part(web)))


def figures(web: Web) -> list[float]:
    """Return the statistics of one web, in the order of `COLUMNS`."""
    degree, lengths = web.degrees, web.lengths
    logs = np.log(lengths[lengths > 0.0])
    rng = np.random.default_rng(0)
    samples = [neighbourhood(web, SAMPLE_NODES, rng) for _ in range(SAMPLES)]
    full = [one for one in samples if len(one.nodes) == SAMPLE_NODES]
    low, high = np.percentile(lengths / np.median(lengths), [5, 95])
    return [
        len(web.nodes), len(web.edges), degree.mean(), degree[degree > 2].mean(),
        *[(degree == k).mean() for k in range(1, 6)],
        lengths.std() / lengths.mean(), low, high, logs.std(),
        kstest((logs - logs.mean()) / logs.std(), "norm").statistic,
        local_clustering(web).mean(), balanced(web),
        np.mean([len(one.edges) / len(one.nodes) for one in full]),
    ]  # fmt: skip


COLUMNS = (
    "nodes", "edges", "mean degree", "of junctions", "degree 1", "2", "3", "4", "5", "length cv",
    "p5/median", "p95/median", "lognormal s", "KS", "clustering", "in balance",
    f"E/N at {SAMPLE_NODES}",
)  # fmt: skip


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


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    def cell(value: object) -> str:
        return f"{value:.3g}" if isinstance(value, float) and value < 1000 else str(value)

    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return [*lines, *(f"| {' | '.join(cell(value) for value in row)} |" for row in rows), ""]


def statistics(options: Options) -> list[str]:
    rows = [[f"real: {name}", *figures(web)] for name, web in real_webs(options.real)]
    for kind in KINDS:
        began = time.process_time()
        webs = [build_web(kind, seed) for seed in range(options.seeds)]
        each = (time.process_time() - began) / options.seeds
        print(f"{kind}: {each:.2f} s a web", flush=True)
        rows.append([f"{kind}, {each:.1f} s", *np.mean([figures(web) for web in webs], axis=0)])
    rows = [[row[0], *map(int, row[1:3]), *(float(one) for one in row[3:])] for row in rows]
    return [
        "## Synthetic and real webs",
        "",
        f"Each synthetic row is the mean of {options.seeds} webs, with the CPU seconds of one. "
        "Real webs are reduced to their largest part, bends of skeletons straightened. In "
        "balance: junctions that some tensions hold to within 5 %; the kinks of skeletons from "
        "scans come from their voxels. KS: distance of the edge lengths to a lognormal.",
        "",
        *table(("web", *COLUMNS), rows),
    ]


def solid_row(task: tuple[int, SolidOptions]) -> list[object]:
    """Time one solid, in a process of its own, so that its memory is its own."""
    threads, how = task
    web = Tangle(Laying(threads=threads)).build(0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    made = web_solid(web, how)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    report = check(made.mesh)
    bad = ", ".join(one.name for one in report.checks if one.status == "fail") or "none"
    volume = float((np.pi * made.web.radii**2 * made.web.lengths).sum()) / made.mesh.volume
    return [
        len(web.edges), how.base, how.fineness, wall, cpu, peak / 2**20, before / 2**20,
        len(made.mesh.faces), volume, report.status, bad, report["wall"].value,
        time.process_time() - began,
    ]  # fmt: skip


def solids(options: Options) -> list[str]:
    one = SolidOptions(diameter_mm=0.8, base="cut")
    tasks = [
        (options.threads // 8, one),
        (options.threads // 8, SolidOptions(diameter_mm=0.8, base="frame")),
        (options.threads, one),
        (options.threads, SolidOptions(diameter_mm=0.8, base="cut", fineness=2.5)),
    ]
    rows = []
    for task in tasks:
        with get_context("spawn").Pool(1) as pool:
            rows.append(pool.apply(solid_row, (task,)))
        print(rows[-1], flush=True)
    head = ("struts", "base", "cells across", "seconds", "CPU seconds", "peak GiB",
            "of which before", "faces", "strut volume / solid", "gate (fdm)", "failed",
            "wall mm", "gate CPU s")  # fmt: skip
    return [
        "## Strut solids",
        "",
        "Tangles in a 100 mm box, struts of 0.8 mm, one process. Struts of a print overlap at "
        "joints and are never thinner than asked, so the volumes of both differ.",
        "",
        *table(head, rows),
    ]


def mechanics() -> list[str]:
    """Compare with closed forms, and time a web."""
    radius, length, force = 1.0, 60.0, 2.0
    beam = Web([[0, 0, 0], [length, 0, 0]], [[0, 1]], [radius])
    fixed, loads = np.repeat([True, False], 6), np.zeros(12)
    loads[7] = force
    tip = solve(frame_stiffness(beam, PLA), fixed, np.zeros(12), loads).displacements[7]
    bent = force * length**3 / (3.0 * PLA.young_mpa * np.pi * radius**4 / 4.0)
    pulled = stretch(beam, "x").stiffness.force_n / (PLA.young_mpa * np.pi * radius**2)
    lines = [
        "## Stiffness",
        "",
        f"A cantilever of one strut bends by {tip / bent:.12f} of F L^3 / (3 E I) and resists a "
        f"pull with {pulled:.12f} of E A. `tests/geometry/webs/test_mechanics.py` holds the frame "
        "against more closed forms, against the energy of its beams, and against PyNiteFEA "
        "(`benchmarks/frame_oracle.py`).",
        "",
        "Webs as prints of PLA (3500 MPa, 1.24 g/cm3), struts of 1 mm, rigid joints, clamped at "
        "both ends along x:",
        "",
    ]
    rows = []
    for kind in KINDS:
        web = with_radii(build_web(kind, 0), 1.0)
        began = time.process_time()
        found = stretch(web, "x").stiffness
        rows.append([kind, len(web.edges), found.modulus_mpa, found.relative_density,
                     found.mass_g, found.specific, time.process_time() - began])  # fmt: skip
    head = ("web", "struts", "modulus MPa", "relative density", "mass g",
            "modulus per density, MPa cm3/g", "CPU seconds")  # fmt: skip
    return [*lines, *table(head, rows)]


def main(options: Options) -> None:
    """Measure and write the page."""
    real = f" --real {options.real.name}" if options.real else ""
    lines = [
        "# Webs",
        "",
        "Made by",
        "",
        f"    python -m benchmarks.webs --seeds {options.seeds} --threads {options.threads}{real}",
        "",
        f"on {len(os.sched_getaffinity(0))} cores that other work shares; "
        f"Python {sys.version.split()[0]}.",
        "",
        *statistics(options),
        *solids(options),
        *mechanics(),
    ]
    write_text(options.out, "\n".join(lines).rstrip() + "\n")
    print(options.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
