"""`caddis reconstruct`: a scan or a broken mesh in, one closed solid out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import tyro

from app.commands.base import PASSED, Command
from app.outputs import plan_meshes


@dataclass(frozen=True, kw_only=True)
class Reconstruct(Command):
    """Turn a scan, a point cloud or a triangle soup, into one closed solid."""

    scan: tyro.conf.Positional[Path]
    """A mesh or a point cloud with Z up: PLY, STL, OBJ, GLB, 3MF, XYZ or PCD."""
    out: Path
    """The file to write (.3mf .stl .glb .obj .ply)."""
    height_mm: float | None = None
    """Height of the solid; the scan's own size, read as millimetres, when left out."""
    process: str = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""

    def run(self) -> int:
        """Reconstruct, write, and print the gate's report."""
        ((target,),) = plan_meshes(self.out, [self.scan.stem])
        from app.console import output
        from app.delivery import UNKNOWN_LICENCE
        from app.reports import gate_table
        from geometry.export import export_mesh
        from geometry.gate import check
        from geometry.reconstruct import load_scan, reconstruct

        solid = reconstruct(load_scan(self.scan), height_mm=self.height_mm)
        report = check(solid.mesh, profile=self.process, height_mm=self.height_mm)
        record = {
            "source": self.scan.name,
            "changes": list(solid.changes),
            "gate": report.to_json(),
        }
        export_mesh(
            solid.mesh, target, title=self.scan.stem, licence=UNKNOWN_LICENCE, record=record
        )
        for change in solid.changes:
            output().print(f"- {change}")
        output().print(gate_table(target.name, report))
        return PASSED
