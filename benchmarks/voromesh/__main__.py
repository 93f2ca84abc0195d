"""VoroMesh against the paper's procedure: `python -m benchmarks.voromesh --meshes FOLDER`.

FOLDER holds closed meshes (.ply, .obj, .stl ...). For each mesh and grid the paper's procedure
and ours run one after the other in one process, on one thread. Each result is kept in
`out/voromesh.jsonl` as it comes; a run with `--resume` leaves out what is there already. Writes
docs/voromesh.md. Options: `--names A B`, `--grids 32 64`, `--only PROCEDURE`, `--page`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from benchmarks.voromesh import paper
from benchmarks.voromesh.measure import PROCEDURES, Row, measure
from benchmarks.voromesh.page import write_page
from geometry.frame import to_canonical
from geometry.mesh_io import load_mesh

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "out" / "voromesh.jsonl"


def stored() -> list[Row]:
    """Return the results so far, the latest of each kind."""
    lines = STORE.read_text(encoding="utf-8").splitlines() if STORE.exists() else []
    rows = [Row(**json.loads(line)) for line in lines]
    return list({(row.mesh, row.grid, row.procedure): row for row in rows}.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meshes", type=Path, default=None)
    parser.add_argument("--names", nargs="*", default=None)
    parser.add_argument("--grids", nargs="*", type=int, default=[32, 64])
    parser.add_argument("--only", nargs="*", default=list(PROCEDURES))
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--page", action="store_true", help="only write the page")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if not options.resume and not options.page:
        STORE.unlink(missing_ok=True)
    if not options.page:
        for grid in options.grids:
            for path in _chosen(options.meshes, options.names):
                _run(path, grid, options.only)
    write_page(stored())


def _chosen(folder: Path, names: list[str] | None) -> list[Path]:
    paths = {path.stem: path for path in sorted(folder.iterdir())}
    return [paths[name] for name in (names or paths)]


def _run(path: Path, grid: int, procedures: list[str]) -> None:
    mesh = to_canonical(load_mesh(path))
    for procedure in procedures:
        have = {(row.mesh, row.grid, row.procedure): row for row in stored()}
        if (path.stem, grid, procedure) in have:
            continue
        generators = paper.count(mesh, grid)
        checkpoint = STORE.with_name(f"voromesh-{path.stem}-{grid}.safetensors")
        row = measure(path.stem, mesh, grid, procedure, generators, checkpoint=checkpoint)
        if procedure == "paper":
            checkpoint.unlink(missing_ok=True)
        STORE.parent.mkdir(parents=True, exist_ok=True)
        with STORE.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row.as_dict()) + "\n")
        print(row, flush=True)


if __name__ == "__main__":
    main()
