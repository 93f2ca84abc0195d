"""Turn a scan into a solid that prints, 40 mm tall.

Run it with

    python examples/scan_to_solid.py [FOLDER [SCAN]]

SCAN is a file of points or a mesh (.ply, .xyz, .las, .stl, ...). Without one, a scan is made up:
20,000 points of a capsule, each a little off. It writes solid.stl.
"""

import sys
from pathlib import Path

import numpy as np
import trimesh

import caddis

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

if len(sys.argv) > 2:
    scan = sys.argv[2]
else:
    capsule = trimesh.creation.capsule(height=30, radius=12)
    points, _ = trimesh.sample.sample_surface(capsule, 20_000, seed=1)
    scan = points + np.random.default_rng(1).normal(scale=0.1, size=points.shape)

# A higher resolution shows finer details and takes longer; 256 is usual.
solid = caddis.reconstruct(scan, height_mm=40, resolution=96)
for change in solid.changes:
    print("Changed:", change)
print("The print gate says:", solid.report.status)
print("Written:", caddis.export(solid, folder / "solid.stl"))
