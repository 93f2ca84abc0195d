"""Make an object from words and write it to a file that prints.

Run it with

    python examples/words_to_print.py [FOLDER]

It writes stool.3mf, and stool.3mf.json, which says how to make the same stool again.
"""

import sys
from pathlib import Path

import caddis

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

# Another seed is another stool. `generate` returns a list: ask for more with count=4.
stool = caddis.generate("a round wooden stool", seed=7, height_mm=60)[0]
print("It measures", stool.mesh.extents.round(1), "mm.")

# The print gate measures what matters in print: is it closed, do its walls hold, does it stand?
print("The print gate says:", stool.report.status)
for name, status, measured, wanted, hint in stool.report.table():
    print(f"  {status:4}  {name}: {measured} ({wanted}) {hint}")
for change in stool.changes:
    print("Changed so that it prints:", change)

print("Written:", caddis.export(stool, folder / "stool.3mf"))
