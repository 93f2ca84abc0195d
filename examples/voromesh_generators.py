"""A mesh as a VoroMesh: generators with occupancy in an .npz of 25 bytes each, and a mesh again.

python examples/voromesh_generators.py part.stl part.npz again.stl
"""

from __future__ import annotations

import sys

from caddis.geometry.files.export import export_mesh
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.surfaces.voromesh.extract import extract
from caddis.geometry.surfaces.voromesh.fit import fit_mesh
from caddis.geometry.surfaces.voromesh.representation import VoroMesh

GENERATORS = 2000


def main(source: str, npz: str, target: str) -> None:
    """Fit generators to the mesh `source`, keep them in `npz`, and mesh what that file holds."""
    fit_mesh(load_mesh(source), GENERATORS).voromesh.save(npz)
    export_mesh(extract(VoroMesh.load(npz)), target, title="VoroMesh", licence="as the source")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(f"Give three files:{__doc__.partition(chr(10))[2].rstrip()}")
    main(*sys.argv[1:])
    print(f"{sys.argv[2]} holds the generators, {sys.argv[3]} their mesh")
