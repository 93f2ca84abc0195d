"""GridPull measured: `python -m benchmarks.gridpull --data FOLDER` writes docs/gridpull.md.

FOLDER holds `manifest.csv` and `meshes/*.ply`. Finished rows are kept in --results and not
measured again, so the run can be stopped and taken up. Open3D's rows need its system libraries.
Options: --kinds, --only (names of meshes), --paper NAME --steps N, --scaling, --page.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.gridpull.inputs import KINDS, mesh, names, scan
from benchmarks.gridpull.methods import METHODS, Method, paper_method
from benchmarks.gridpull.page import page
from benchmarks.gridpull.scaling import measure
from benchmarks.gridpull.scores import scores
from geometry.errors import CaddisError
from geometry.files import write_text

ROOT = Path(__file__).resolve().parent.parent.parent
COUNT = 30_000
SIZES = [(10_000, 256), (30_000, 256), (100_000, 256), (300_000, 256), (1_000_000, 256)]
SIZES += [(10_000_000, 256), (300_000, 64), (300_000, 128), (300_000, 512)]


class Results:
    """Rows of JSON, one line each, appended as they are measured."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text().splitlines() if path.exists() else []
        self.rows: list[dict[str, Any]] = [json.loads(line) for line in lines]

    def has(self, **key: object) -> bool:
        """Tell whether a row with these values is there."""
        return any(all(row.get(name) == value for name, value in key.items()) for row in self.rows)

    def add(self, row: dict[str, Any]) -> None:
        """Append a row to the file and print it."""
        self.rows.append(row)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a") as stream:
            stream.write(json.dumps(row) + "\n")
        print(json.dumps(row), flush=True)


def compare(results: Results, method: tuple[str, Method], kind: str, name: str, data: Path) -> None:
    title, run = method
    key = {"method": title, "kind": kind, "mesh": name}
    if results.has(**key):
        return
    truth = mesh(data, name)
    points, normals = scan(truth, kind, COUNT)
    began = time.process_time()
    try:
        made = run(points, normals)
    except CaddisError as error:
        results.add({**key, "error": str(error)})
        return
    spent = time.process_time() - began
    results.add({**key, "cpu": spent, **scores(made, truth)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=ROOT / "out" / "gridpull.jsonl")
    parser.add_argument("--kinds", nargs="*", default=KINDS)
    parser.add_argument("--methods", nargs="*", default=list(METHODS))
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--paper", nargs="*", default=[])
    parser.add_argument("--steps", type=int, default=4800)
    parser.add_argument("--scaling", action="store_true")
    options = parser.parse_args()
    results = Results(options.results)
    for kind in options.kinds:
        for name in options.only or names(options.data, kind):
            for method in options.methods:
                compare(results, (method, METHODS[method]), kind, name, options.data)
    for name in options.paper:
        title = f"the paper's procedure, {options.steps:,} steps, 129 nodes"
        compare(results, (title, paper_method(options.steps)), "clean", name, options.data)
    for points, resolution in SIZES if options.scaling else []:
        key = {"points": points, "resolution": resolution}
        if not results.has(**key):
            results.add({**key, **measure(points, resolution)})
    write_text(ROOT / "docs" / "gridpull.md", page(results.rows))


if __name__ == "__main__":
    main()
