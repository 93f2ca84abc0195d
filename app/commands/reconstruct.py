"""`caddis reconstruct`: a scan or a broken mesh in, one closed solid out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import tyro

from caddis.app.commands.base import FAILED, PASSED, Command
from caddis.app.outputs import plan_meshes

if TYPE_CHECKING:
    import numpy as np
    import trimesh
    from numpy.typing import NDArray

    from caddis.geometry.scans.reconstruct import Options

_TINY_MM = 3.0  # longest side: nobody prints that, so the unit is another one


@dataclass(frozen=True, kw_only=True)
class Reconstruct(Command):
    """Turn a scan, a point cloud or a triangle soup, into one closed solid."""

    scan: tyro.conf.Positional[Path]
    """A mesh or a point cloud: PLY, XYZ, PCD, LAS, LAZ, E57, NPY, STL, OBJ, GLB, OFF or 3MF."""
    out: Path
    """The file to write (.3mf .stl .glb .obj .ply)."""
    surface: str | None = None
    """How the surface of points is made: gridpull, voromesh or poisson. Left out: gridpull for
    points, while a mesh is mended rather than made anew."""
    resolution: int | None = None
    """Cells along the longest side, of which about two are the smallest detail; 256 when left
    out, and 64 for voromesh."""
    faces: int | None = None
    """Wanted number of triangles; as many as the surface needs when left out."""
    height_mm: float | None = None
    """Height of the solid; the scan's own size when left out."""
    unit: Literal["auto", "mm", "cm", "m", "inch"] = "auto"
    """Unit of the scan; auto takes LAS, LAZ and E57 as metres, and what names no unit as mm."""
    up: Literal["z", "-z", "y", "-y", "x", "-x"] = "z"
    """The scan's axis that points up."""
    voxel_mm: float | None = None
    """Thin the points first: one for each cubic cell of this side."""
    keep_outliers: bool = False
    """Keep points that lie on no surface; they are left out otherwise."""
    noise_mm: float | None = None
    """Standard deviation of the points across the surface, which sets the smoothness; estimated
    from the scan when left out."""
    process: str = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""

    def run(self) -> int:
        """Reconstruct, write, and print the gate's report."""
        ((target,),) = plan_meshes(self.out, [self.scan.stem])
        from caddis.app.console import output
        from caddis.app.delivery import UNKNOWN_LICENCE
        from caddis.app.progress import count_progress
        from caddis.app.reports import gate_table
        from caddis.geometry.files.export import export_mesh
        from caddis.geometry.gate import check
        from caddis.geometry.scans.reconstruct import Options, load_scan, reconstruct

        options = Options(
            surface=self.surface,
            resolution=self.resolution,
            noise_mm=self.noise_mm,
            keep_outliers=self.keep_outliers,
            voxel_mm=self.voxel_mm,
            up=self.up,
            faces=self.faces,
        )
        scan = load_scan(self.scan, self.unit)
        _announce(scan, options, self.unit == "auto" and self.height_mm is None)
        with count_progress(self.scan.name) as advance:
            solid = reconstruct(scan, height_mm=self.height_mm, options=options, on_step=advance)
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
        return PASSED if report.passed else FAILED


def _announce(
    scan: trimesh.Trimesh | NDArray[np.float64], options: Options, guessed_unit: bool
) -> None:
    """Say on standard error what was read, how large it is, and what it will take."""
    import numpy as np
    import trimesh

    from caddis.app.console import notes
    from caddis.geometry.scans.reconstruct import forecast

    if isinstance(scan, trimesh.Trimesh):
        count, places = f"{len(scan.faces):,} faces", np.asarray(scan.vertices)
    else:
        count, places = f"{len(scan):,} points", scan[:, :3]
    size = np.ptp(places, axis=0)
    text = f"{count}, {' x '.join(f'{side:.4g}' for side in size)} mm"
    expected = forecast(scan, options)
    if expected is not None:
        text += f"; about {expected.seconds:.0f} s on a free core and {expected.size / 1e9:.1f} GB"
    notes().print(text)
    if guessed_unit and 0.0 < size.max() < _TINY_MM:
        notes().print("That is very small: name the --unit of the scan if it is not millimetres.")
