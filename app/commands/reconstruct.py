"""`caddis reconstruct`: a scan or a broken mesh in, one closed solid out."""

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

_TINY_MM = 3.0  # longest side: nobody prints that, so the unit is another one


@dataclass(frozen=True, kw_only=True)
class Reconstruct(Command, ReconstructOptions):
    """Turn a scan, a point cloud or a triangle soup, into one closed solid."""

    scan: tyro.conf.Positional[Path]
    """A mesh or a point cloud: PLY, XYZ, PCD, LAS, LAZ, E57, NPY, STL, OBJ, GLB, OFF or 3MF."""
    out: Path
    """The file to write (.3mf .stl .glb .obj .ply)."""
    force: bool = False
    """Replace a file that is there already."""

    def run(self) -> int:
        """Reconstruct, write, and print the gate's report."""
        ((target,),) = plan_meshes(self.out, [self.scan.stem], force=self.force)
        from caddis.app.making.scans import reconstructed
        from caddis.app.progress import count_progress
        from caddis.app.reports import print_made
        from caddis.geometry.scans.reconstruct import load_scan

        scan = load_scan(self.scan, self.unit)
        _announce(scan, self, self.unit == "auto" and self.height_mm is None)
        with count_progress(self.scan.name) as advance:
            made = reconstructed(scan, self, self.scan.name, on_step=advance)
        made.write(target)
        return print_made(made, target)


def _announce(
    scan: trimesh.Trimesh | NDArray[np.float64], options: ReconstructOptions, guessed_unit: bool
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
