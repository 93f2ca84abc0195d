"""`caddis check` runs the print gate on a mesh; `caddis repair` repairs one."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import tyro

from caddis.app.commands.base import FAILED, PASSED, Command
from caddis.app.making.options import CheckOptions, RepairOptions
from caddis.app.outputs import plan_meshes


@dataclass(frozen=True, kw_only=True)
class Check(Command, CheckOptions):
    """Check whether a mesh prints; exit code 1 when a check fails."""

    file: tyro.conf.Positional[Path]
    """A mesh in millimetres: STL, 3MF, OBJ, PLY or GLB."""
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
class Repair(Command, RepairOptions):
    """Turn a mesh into one clean solid and list the changes; exit code 1 if a check fails."""

    file: tyro.conf.Positional[Path]
    """A mesh in millimetres: STL, 3MF, OBJ, PLY or GLB."""
    out: Path
    """The file to write (.3mf .stl .glb .obj .ply)."""
    force: bool = False
    """Replace an existing file."""

    def run(self) -> int:
        """Repair, write, and print the changes and the report."""
        ((target,),) = plan_meshes(self.out, [self.file.stem], force=self.force)
        from caddis.app.making.scans import repaired
        from caddis.app.reports import print_made
        from caddis.geometry.files.mesh_io import load_mesh

        made = repaired(load_mesh(self.file), self, self.file.name)
        made.write(target)
        return print_made(made, target, nothing="nothing needed a change")
