"""A frame solved by PyNiteFEA, for the tests of our own solver to be held against.

    python -m venv oracle && oracle/bin/pip install PyNiteFEA==3.2.0
    oracle/bin/python benchmarks/frame_oracle.py

writes tests/geometry/webs/pynite.json: a random frame of 9 nodes, its loads, its displacements.
PyNite wants a newer numpy than others do, so it lives in an environment of its own.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import numpy as np
from Pynite import FEModel3D

PAGE = Path(__file__).resolve().parent.parent / "tests" / "geometry" / "webs" / "pynite.json"
YOUNG, POISSON = 3500.0, 0.35
FREEDOMS = ("DX", "DY", "DZ", "RX", "RY", "RZ")


def main() -> None:
    rng = np.random.default_rng(0)
    nodes = np.round(rng.uniform(0.0, 40.0, (9, 3)), 3)
    pairs = list(combinations(range(9), 2))
    edges = [pairs[row] for row in sorted(rng.choice(len(pairs), 18, replace=False))]
    radii = np.round(rng.uniform(0.4, 1.5, len(edges)), 3)
    loads = np.round(rng.normal(size=(9, 6)) * [5, 5, 5, 20, 20, 20], 3)
    fixed = [0, 1, 2]
    loads[fixed] = 0.0
    model = FEModel3D()
    model.add_material("m", YOUNG, YOUNG / (2 * (1 + POISSON)), POISSON, 0.0)
    for row, place in enumerate(nodes.tolist()):
        model.add_node(f"n{row}", *place)
        model.def_support(f"n{row}", *[row in fixed] * 6)
    for row, ((one, two), radius) in enumerate(zip(edges, radii.tolist(), strict=True)):
        inertia = np.pi * radius**4 / 4
        model.add_section(f"s{row}", np.pi * radius**2, inertia, inertia, 2 * inertia)
        model.add_member(f"e{row}", f"n{one}", f"n{two}", "m", f"s{row}")
    for row, load in enumerate(loads.tolist()):
        for name, value in zip(("FX", "FY", "FZ", "MX", "MY", "MZ"), load, strict=True):
            if value:
                model.add_node_load(f"n{row}", name, value)
    model.analyze_linear()
    moved = [
        [float(getattr(model.nodes[f"n{row}"], name)["Combo 1"]) for name in FREEDOMS]
        for row in range(9)
    ]
    held = {
        "young_mpa": YOUNG, "poisson": POISSON, "nodes": nodes.tolist(),
        "edges": [list(map(int, edge)) for edge in edges], "radii": radii.tolist(),
        "fixed": fixed, "loads": loads.tolist(), "displacements": moved,
    }  # fmt: skip
    PAGE.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
