"""Repairs of whole shells: unite overlapping ones, drop specks and smaller bodies."""

from __future__ import annotations

import manifold3d
import numpy as np
import trimesh

from caddis.geometry.errors import NotSolidError
from caddis.geometry.mesh.manifold import from_manifold, to_manifold
from caddis.geometry.mesh.topology import Topology, topology
from caddis.geometry.mesh.welded import Welded, weld
from caddis.geometry.repair.result import Repaired

# A body below this share of the largest one's volume is a speck.
SPECK_SHARE = 0.01
# If there are more shells than this, they are not united; `remesh` rebuilds the mesh instead.
_MOST_SHELLS = 2000
# Cuts and unions can leave edges shorter than this (mm); they are merged.
SLIVER_MM = 1e-3


def unite(mesh: trimesh.Trimesh) -> Repaired:
    """Unite overlapping and nested shells into one surface; inward shells stay cavities.

    Raises:
        NotSolidError: A shell is not a closed manifold, or there are more than 2,000.
    """
    welded = weld(mesh)
    shells = topology(welded)
    if shells.shell_count == 1:
        return Repaired(mesh)
    if shells.shell_count > _MOST_SHELLS:
        raise NotSolidError(f"more than {_MOST_SHELLS} shells")
    solid = _united(welded, shells, outward=True) - _united(welded, shells, outward=False)
    doubled = float(shells.shell_volumes.sum()) - solid.volume()
    if abs(doubled) <= 1e-6 * solid.volume():
        return Repaired(mesh)
    change = (
        f"united {shells.shell_count:,} overlapping shells: {doubled:,.1f} mm3 were counted twice "
        f"({100.0 * doubled / solid.volume():.2f} % of the volume)"
    )
    return Repaired(from_manifold(solid.as_original().simplify(SLIVER_MM)), (change,))


def _united(welded: Welded, shells: Topology, *, outward: bool) -> manifold3d.Manifold:
    parts = []
    for number in np.flatnonzero((shells.shell_volumes > 0.0) == outward):
        part = shell_mesh(welded, shells, int(number))
        if not outward:
            part.invert()
        parts.append(to_manifold(part))
    return manifold3d.Manifold.batch_boolean(parts, manifold3d.OpType.Add)


def shell_mesh(welded: Welded, shells: Topology, number: int) -> trimesh.Trimesh:
    """Return one shell as a mesh of its own."""
    used, faces = np.unique(welded.faces[shells.shell == number], return_inverse=True)
    return trimesh.Trimesh(welded.vertices[used], faces.reshape(-1, 3), process=False)


def drop_specks(mesh: trimesh.Trimesh) -> Repaired:
    """Drop bodies under 1 % of the largest one's volume; cavities and larger bodies stay."""
    welded = weld(mesh)
    shells = topology(welded)
    volumes = shells.shell_volumes
    specks = (volumes > 0.0) & (volumes < SPECK_SHARE * volumes.max())
    if not specks.any():
        return Repaired(mesh)
    kept = welded.faces[~specks[shells.shell]]
    slim = trimesh.Trimesh(welded.vertices, kept, process=False)
    slim.remove_unreferenced_vertices()
    change = (
        f"dropped {specks.sum():,} specks, {volumes[specks].sum():,.2f} mm3 together "
        f"({100.0 * volumes[specks].sum() / volumes[volumes > 0.0].sum():.2f} % of the volume)"
    )
    return Repaired(slim, (change,))


def keep_largest(mesh: trimesh.Trimesh) -> Repaired:
    """Keep the body of the largest volume, fill its cavities, drop everything else."""
    welded = weld(mesh)
    shells = topology(welded)
    volumes = shells.shell_volumes
    if shells.shell_count == 1:
        return Repaired(mesh)
    largest = int(volumes.argmax())
    others = np.delete(volumes, largest)
    bodies, cavities = others[others > 0.0], -others[others <= 0.0]
    changes = []
    if len(bodies):
        share = 100.0 * bodies.sum() / volumes[volumes > 0.0].sum()
        changes.append(
            f"kept the largest of {len(bodies) + 1:,} bodies: dropped {bodies.sum():,.1f} mm3 "
            f"({share:.2f} % of the volume)"
        )
    if len(cavities):
        changes.append(
            f"filled {len(cavities):,} closed cavities, or dropped them with their body: "
            f"{cavities.sum():,.1f} mm3"
        )
    return Repaired(shell_mesh(welded, shells, largest), tuple(changes))
