"""Check every mesh of a folder, and repair those that would not print.

Run it with

    python examples/check_a_folder.py [FOLDER]

It prints one line for each file and writes what it repaired into FOLDER/repaired.
"""

import sys
from pathlib import Path

import caddis

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
endings = {".stl", ".3mf", ".obj", ".ply", ".glb"}

for file in sorted(folder.iterdir()):
    if file.suffix.lower() not in endings:
        continue
    try:
        report = caddis.check(file, process="fdm")
        if report.passed:
            print(f"{file.name}: prints")
            continue
        wrong = ", ".join(check.name for check in report.checks if check.status == "fail")
        mended = caddis.repair(file, process="fdm")
        caddis.export(mended, folder / "repaired" / f"{file.stem}.3mf")
        print(f"{file.name}: {wrong}; repaired, now {mended.report.status}")
    except caddis.CaddisError as error:  # not a mesh, or beyond repair: the error says why
        print(f"{file.name}: {error}")
