"""Every surface method on every input: `python -m benchmarks.surfaces --data FOLDER`.

FOLDER holds `manifest.csv`, `meshes/*.ply` and `scans/*`. Each result is kept in --results as it
comes, and not measured again, so the run can be stopped and taken up. Writes docs/surfaces.md and
its pictures; --page does only that. --minutes stops after so many minutes of processor time.
--kinds, --names and --methods (parts of names) choose. Open3D needs its system libraries;
PoissonRecon is measured where PyMeshLab is installed.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from importlib import import_module
from pathlib import Path

from benchmarks.common import ROOT
from benchmarks.common.rows import Row, Rows
from benchmarks.surfaces import cost, inputs, plan, poisson_recon, scores
from benchmarks.surfaces.item import Item, Judge, Make, measured
from benchmarks.surfaces.methods import METHODS
from benchmarks.surfaces.page import write_page
from benchmarks.surfaces.pictures import kept_mesh


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=ROOT / "out" / "surfaces.jsonl")
    parser.add_argument("--kinds", nargs="*", default=[])
    parser.add_argument("--names", nargs="*", default=[])
    parser.add_argument("--methods", nargs="*", default=[])
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--page", action="store_true")
    options = parser.parse_args()
    results = Rows(options.results)
    if not options.page:
        _libraries()
        for item in _chosen(options):
            if results.find(asdict(item)) is None:
                _say(results.add(_measure(item, options)))
            if _spent() > 60.0 * options.minutes:
                break
    write_page(results.rows, options.results.parent, options.data, ROOT / "docs")


def _say(row: Row) -> None:
    short = {k: round(v, 4) if isinstance(v, float) else v for k, v in row.items()}
    print(json.dumps(short), flush=True)


def _chosen(options: argparse.Namespace) -> Iterator[Item]:
    names, scans = inputs.names(options.data), inputs.scans(options.data)
    for item in plan.plan(names, inputs.THIN, scans):
        wanted = ((options.kinds, item.kind), (options.names, item.name))
        named = not options.methods or any(part in item.method for part in options.methods)
        if named and all(not some or value in some for some, value in wanted):
            yield item


def _measure(item: Item, options: argparse.Namespace) -> Row:
    make, judge = _task(item, options.data)
    return measured(item, make, judge, plan.limit(item), kept_mesh(options.results.parent, item))


def _task(item: Item, data: Path) -> tuple[Make, Judge]:
    if item.kind in cost.SIZES:
        return cost.make(item, data), lambda made: {"faces": len(made.faces)}
    given = inputs.given(data, item.kind, item.name)

    def judge(made: scores.Mesh) -> Row:
        near = (
            scores.reach(made, given.points)
            if given.truth is None
            else scores.nearness(made, given.truth)
        )
        return {**near, **scores.soundness(made)}

    return partial(METHODS[item.method], given), judge


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _libraries() -> None:
    """Load what the forks share, so that it is neither timed nor counted as their memory."""
    import torch

    from caddis.geometry.surfaces.backends import (
        backend,
        backend_names,
        point_backend,
        point_backend_names,
    )
    from caddis.geometry.surfaces.poisson import open3d

    torch.set_num_threads(1)
    open3d()
    if poisson_recon.installed():
        import_module("pymeshlab")
    for name in backend_names():
        backend(name)
    for name in point_backend_names():
        point_backend(name)


if __name__ == "__main__":
    main()
