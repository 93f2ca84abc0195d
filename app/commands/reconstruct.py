"""`caddis reconstruct`: turn a scan or a broken mesh into one closed solid."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import tyro

from caddis.app.commands.base import Command
from caddis.app.outputs import plan_meshes
from caddis.geometry.options.points import ReconstructOptions

if TYPE_CHECKING:
    import numpy as np
    import trimesh
    from numpy.typing import NDArray

_TINY_MM = 3.0  # nobody prints an object with a shorter longest side: the unit is probably wrong


@dataclass(frozen=True, kw_only=True)
class Reconstruct(Command, ReconstructOptions):
    """Turn a scan (a point cloud or any triangle mesh) into one closed solid."""

    scan: tyro.conf.Positional[Path]
    """A mesh or a point cloud: PLY, XYZ, PCD, LAS, LAZ, E57, NPY, STL, OBJ, GLB, OFF or 3MF."""
    out: Path
    """The file to write (.3mf .stl .glb .obj .ply)."""
    force: bool = False
    """Replace an existing file."""

    def run(self) -> int:
        """Reconstruct, write, and print the gate's report."""
        ((target,),) = plan_meshes(self.out, [self.scan.stem], force=self.force)
        from caddis.app.making.scans import reconstructed
        from caddis.app.progress import count_progress
        from caddis.app.reports import print_made
        from caddis.geometry.scans.reconstruct import load_scan

        scan = load_scan(self.scan, self.unit)
        _print_forecast(scan, self, self.unit == "auto" and self.height_mm is None)
        with count_progress(self.scan.name) as advance:
            made = reconstructed(scan, self, self.scan.name, on_step=advance)
        made.write(target)
        return print_made(made, target)


def _print_forecast(
    scan: trimesh.Trimesh | NDArray[np.float64], options: ReconstructOptions, guessed_unit: bool
) -> None:
    """Print on standard error the size of the scan, and the expected time and memory."""
    import numpy as np
    import trimesh

    from caddis.app.console import notes
    from caddis.geometry.scans.reconstruct import forecast

    if isinstance(scan, trimesh.Trimesh):
        count, points = f"{len(scan.faces):,} faces", np.asarray(scan.vertices)
    else:
        count, points = f"{len(scan):,} points", scan[:, :3]
    size = np.ptp(points, axis=0)
    text = f"{count}, {' x '.join(f'{side:.4g}' for side in size)} mm"
    expected = forecast(scan, options)
    if expected is not None:
        text += f"; about {expected.seconds:.0f} s on a free core and {expected.size / 1e9:.1f} GB"
    notes().print(text)
    if guessed_unit and 0.0 < size.max() < _TINY_MM:
        notes().print("That is very small: give the --unit of the scan if it is not millimetres.")
