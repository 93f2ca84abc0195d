"""Webs in numbers: `python -m benchmarks.webs` writes docs/webs.md and its pictures.

Whole webs, synthetic against real; generators against the wishes of held-out webs and against
each other; time and memory of strut solids; assemblies as prints; stiffness against closed forms.
The real webs have no licence and are not shipped: --real FOLDER names a folder of .npz files with
nodes (N, 3) and edges (E, 2); without it their rows are left out. The baselines are trained by
`python -m benchmarks.webs.released` into --baselines; those without weights are left out. Finished
rows are kept in --results and not measured again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import tyro

from benchmarks.common.machine import python
from benchmarks.common.markdown import header, page
from benchmarks.common.rows import Row, Rows
from benchmarks.webs import assemblies, generated, pictures, solids, stiffness, whole
from benchmarks.webs.held_out import HeldOut, held_out
from benchmarks.webs.making import PAIRS, fingerprint, generator_rows, other_rows
from caddis.generation.webs.registry import SHIPPED
from caddis.geometry.files.atomic import write_text

NAMES = (*PAIRS, *PAIRS.values(), "pieces")


@dataclass(frozen=True)
class Options:
    """What to measure.

    Attributes:
        real: Folder with real webs as .npz; none when left out.
        baselines: Folder with a folder of weights for each baseline.
        docs: Folder of the page and its pictures.
        results: File of finished rows.
        cache: Folder for the samples that wishes are taken from.
        webs: Webs that the generators were trained and are tested with, as in their training.
        per_web: Samples of each.
        data_seed: Of the webs.
        conditions: Wishes of held-out webs.
        seeds: Runs of each generator.
        whole_webs: Synthetic webs of each kind that are compared with real ones.
        threads: Threads of the tangle whose solid is timed, of about 2.5 struts each.
        measure_only: Generators to measure now, without making the page; several such runs can
            share --results. All, and the page, when left out.
        page_only: Make the page of the runs, solids and assemblies that are finished.
    """

    real: Path | None = None
    baselines: Path = Path("runs/webs")
    docs: Path = Path("docs")
    results: Path = Path("runs/webs-benchmark.jsonl")
    cache: Path = Path("cache/webs")
    webs: int = 120
    per_web: int = 100
    data_seed: int = 0
    conditions: int = 256
    seeds: int = 3
    whole_webs: int = 3
    threads: int = 2100
    measure_only: tuple[str, ...] = ()
    page_only: bool = False


def prepared(options: Options, results: Rows) -> HeldOut:
    """Return what generators are asked for and compared with."""
    # torch comes late: the processes that measure the memory of solids import this module too
    import torch

    from caddis.generation.webs.training.batches import web_samples

    torch.set_num_threads(1)
    samples = web_samples(options.cache, options.webs, options.per_web, options.data_seed)
    return held_out(samples, options.conditions, options.real, results)


def generators(options: Options, results: Rows) -> tuple[list[str], list[str]]:
    """Measure and draw the generators.

    Returns:
        The part of the page, and the names of those of ours that have weights.
    """
    held = prepared(options, results)
    others = list(other_rows(options.seeds, held, results))
    rows = list(generator_rows(NAMES, options.seeds, options.baselines, held, results))
    pictures.sheet(rows, others[-1], options.docs / "webs-samples.png")
    pictures.scatter(rows, held.asked, options.docs / "webs-asked.png")
    pictures.forces(rows, options.docs / "webs-forces.png")
    lines = [
        "## Generators",
        "",
        f"Asked for the nodes, edges, mean edge length and orientation of {options.conditions} "
        f"samples of {held.sources} held-out webs, split by whole web; "
        f"{_runs(rows)} with different seeds of the same weights. One core, no GPU.",
        "",
        "![The first wishes and what each generator made of them](webs-samples.png)",
        "",
        *generated.section(rows, others, held),
        "![Asked against achieved](webs-asked.png)",
        "",
    ]
    return lines, [name for name in PAIRS if any(row["name"] == name for row in rows)]


def _runs(rows: list[Row]) -> str:
    """Say how many runs every generator had."""
    counts = {sum(row["name"] == name for row in rows) for name in {row["name"] for row in rows}}
    return f"{min(counts)} runs" if len(counts) == 1 else f"{min(counts)} to {max(counts)} runs"


def main(options: Options) -> None:
    """Measure, draw, and write the page."""
    results = Rows(options.results, closed=options.page_only)
    if options.measure_only:
        held = prepared(options, results)
        list(generator_rows(options.measure_only, options.seeds, options.baselines, held, results))
        return
    about, ours = generators(options, results)
    chosen = ours[-1] if ours else "pieces"
    weights = fingerprint(SHIPPED / chosen) or "none"
    real = f" --real {options.real.name}" if options.real else ""
    lines = [
        *header("Webs", f"python -m benchmarks.webs{real}"),
        f"on {len(os.sched_getaffinity(0))} cores that other work shares; {python()}.",
        "",
        *about,
        *whole.section(
            whole.measure(results, options.real, options.whole_webs), options.whole_webs
        ),
        *solids.section(solids.measure(results, options.threads)),
        *assemblies.section(assemblies.measure(results, options.docs, chosen, weights), chosen),
        *stiffness.section(*stiffness.measure(results)),
        "![Webs pulled along x, red where pulled and blue where pushed](webs-forces.png)",
    ]
    write_text(options.docs / "webs.md", page(lines))
    print(f"wrote {options.docs / 'webs.md'}", flush=True)


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
