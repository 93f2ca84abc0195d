"""Design a spider web by its numbers, lay it along a curve, and print it.

Run it with

    python examples/control_a_web.py [FOLDER]

It writes web.3mf (the solid), web.json (nodes and threads) and web.png (a picture).
"""

import sys
from pathlib import Path

import caddis

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

# Small pieces of web: how many nodes, how many threads at a node, and which way they run
# (shares along x, y and z, which add up to 1).
pieces = caddis.generate_webs(
    "autoregressive", count=16, nodes=24, mean_degree=3, orientation=(0.4, 0.3, 0.3), seed=1
)
found = caddis.web_parameters(pieces[0])
print(f"The first piece has {found.nodes} nodes, {found.mean_degree:.2f} threads at a node.")

# One after the other along a helix; "knot", "formula" and "polyline" are other curves.
web, joined = caddis.assemble_webs(pieces, "helix", radius_mm=25, pitch_mm=30, turns=1)
print(f"The whole web has {joined.nodes} nodes in {joined.parts} connected part(s).")

# Struts 2 mm thick on a plate; `caddis.SolidOptions` has more to choose.
solid = caddis.web_solid(web, caddis.SolidOptions(diameter_mm=2, base="plate"))
print("The print gate says:", caddis.check(solid).status)

caddis.export(solid, folder / "web.3mf", title="A web along a helix", licence="CC0-1.0")
caddis.write_web(solid.web, folder / "web.json")
caddis.draw_web(solid.web, 600).save(folder / "web.png")
