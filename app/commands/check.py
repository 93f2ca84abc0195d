"""`caddis check` and `caddis repair`: the print gate on any mesh, and what mends it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import tyro

from caddis.app.commands.base import FAILED, PASSED, Command
from caddis.app.outputs import plan_meshes


@dataclass(frozen=True, kw_only=True)
class Check(Command):
    """Check whether a mesh prints; exit code 1 when a check fails."""

    file: tyro.conf.Positional[Path]
    """A mesh in millimetres: STL, 3MF, OBJ, PLY or GLB."""
    process: str = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""
    height_mm: float | None = None
    """Height that the object should have."""
    json: bool = False
    """Print the report as JSON."""

    def run(self) -> int:
        """Print the report as a table or as JSON."""
        from caddis.geometry.files.mesh_io import load_mesh
        from caddis.geometry.gate import check

        report = check(load_mesh(self.file), profile=self.process, height_mm=self.height_mm)
        if self.json:
            sys.stdout.write(json.dumps(report.to_json(), indent=2) + "\n")
        else:
            from caddis.app.console import output
            from caddis.app.reports import gate_table

            output().print(gate_table(self.file.name, report))
        return PASSED if report.passed else FAILED


@dataclass(frozen=True, kw_only=True)
class Repair(Command):
    """Make a mesh one clean solid and say what was changed; exit code 1 if a check still fails."""

    file: tyro.conf.Positional[Path]
    """A mesh in millimetres: STL, 3MF, OBJ, PLY or GLB."""
    out: Path
    """The file to write (.3mf .stl .glb .obj .ply)."""
    process: str = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""

    thicken_walls: bool = False
    """Thicken walls below the process's minimum, too."""
    base: bool = False
    """Stand the object on the bed and cut a flat base where there is too little contact, too."""

    def run(self) -> int:
        """Repair, write, and print the changes and the report."""
        ((target,),) = plan_meshes(self.out, [self.file.stem])
        from caddis.app.console import output
        from caddis.app.delivery import UNKNOWN_LICENCE
        from caddis.app.reports import gate_table
        from caddis.geometry.files.export import export_mesh
        from caddis.geometry.files.mesh_io import load_mesh
        from caddis.geometry.gate import check
        from caddis.geometry.repair import repair

        mended = repair(
            load_mesh(self.file), self.process, thicken_walls=self.thicken_walls, base=self.base
        )
        report = check(mended.mesh, profile=self.process)
        record = {
            "source": self.file.name,
            "changes": list(mended.changes),
            "gate": report.to_json(),
        }
        export_mesh(
            mended.mesh, target, title=self.file.stem, licence=UNKNOWN_LICENCE, record=record
        )
        for change in mended.changes or ("nothing needed a change",):
            output().print(f"- {change}")
        output().print(gate_table(target.name, report))
        return PASSED if report.passed else FAILED
