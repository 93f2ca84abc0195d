"""A quick test, used between steps, whether a surface is closed, manifold and free of crossings."""

from __future__ import annotations

import trimesh

from caddis.geometry.mesh.crossings import crossings
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld


def is_clean(mesh: trimesh.Trimesh) -> bool:
    """Tell whether the mesh, as its file holds it, is an oriented, embedded, closed surface.

    It may have several shells and cavities; `caddis.geometry.gate.check` tells those apart.

    Raises:
        EmptyMeshError: No faces, or all of them collapse.
        NonFiniteError: NaN or infinite coordinates.
    """
    return clean_shells(mesh) > 0


def clean_shells(mesh: trimesh.Trimesh) -> int:
    """Count the shells of a clean surface; 0 if it is not clean."""
    welded = weld(mesh)
    shells = topology(welded)
    if not shells.closed_manifold or welded.collapsed or shells.shell_volumes.sum() <= 0.0:
        return 0
    found = crossings(welded, enough=1)
    return len(shells.shell_volumes) if found.complete and not len(found.pairs) else 0
