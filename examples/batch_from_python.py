"""Make many objects without watching, and read how each came out.

Run it with

    python examples/batch_from_python.py [FOLDER]

It writes everything into FOLDER/batch; open index.html there. Stop it at any time: the same
command goes on where it was. The jobs could also be a file: `caddis.run_batch("jobs.csv", ...)`.
"""

import sys
from pathlib import Path

import caddis

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

jobs = [
    {"id": "stool", "text": "a round wooden stool", "height_mm": 40},
    {"id": "bowls", "category": "bowl", "count": 2, "height_mm": 30},
    {"id": "tile", "kind": "sheet", "nodes": 32, "mean_degree": 3, "edge_length_mm": 8},
    {"id": "mistake", "text": "a chair", "height_mm": "tall"},
]

result = caddis.run_batch(
    jobs,
    folder / "batch",
    formats=["3mf", "stl"],
    plate="220x220",
    on_done=lambda one: print("done:", one.item),
)

for one in result.outcomes:
    print(f"{one.item}: {one.verdict} {one.reason}")
print(len(result.plates), "plate(s) to print, with", result.count("good"), "objects")
