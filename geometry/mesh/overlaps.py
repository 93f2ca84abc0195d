"""Measure how much volume the shells of a mesh enclose more than once, with manifold3d.

Nested shells of the same orientation and overlapping bodies are closed, consistently wound and
edge-manifold. They are found by volume: the volumes of the shells add up to more than the volume
of their union. A nested shell of opposite orientation is a cavity.
"""

from __future__ import annotations

import manifold3d
import numpy as np
from numpy.typing import NDArray

from caddis.geometry.mesh.box_pairs import overlapping_pairs
from caddis.geometry.mesh.manifold import unchecked_manifold
from caddis.geometry.mesh.topology import Topology
from caddis.geometry.mesh.welded import Welded

# Building and uniting this many shells takes about a second.
_MOST_SHELLS = 500


def doubled_share(mesh: Welded, topology: Topology) -> float | None:
    """Return the share of the volume that is counted twice or is missing.

    Returns:
        |sum of the signed volumes of the shells - volume of the solid| / volume of the solid,
        where the solid is the union of the outward shells minus the inward ones; None if the
        shells do not bound a solid or if more than 500 of them may overlap.
    """
    if not topology.closed_manifold or topology.shell_volumes.max() <= 0.0:
        return None
    shells = _possibly_overlapping(mesh, topology)
    if len(shells) > _MOST_SHELLS:
        return None
    outward: list[manifold3d.Manifold] = []
    inward: list[manifold3d.Manifold] = []
    for shell in shells:
        solid = _as_manifold(mesh, topology, int(shell))
        if solid.status() != manifold3d.Error.NoError:
            return None
        (outward if topology.shell_volumes[shell] > 0.0 else inward).append(solid)
    union = manifold3d.Manifold.batch_boolean(outward, manifold3d.OpType.Add)
    union -= manifold3d.Manifold.batch_boolean(inward, manifold3d.OpType.Add)
    signed = sum(s.volume() for s in outward) - sum(s.volume() for s in inward)
    return abs(float(signed - union.volume())) / float(topology.shell_volumes.sum())


def _possibly_overlapping(mesh: Welded, topology: Topology) -> NDArray[np.int64]:
    """Return the numbers of shells whose bounding boxes overlap, and of all inward shells.

    The volume of any other shell is counted once, so it need not be tested.
    """
    count = len(topology.shell_volumes)
    low = np.full((count, 3), np.inf)
    high = np.full((count, 3), -np.inf)
    np.minimum.at(low, topology.shell, mesh.corners.min(axis=1))
    np.maximum.at(high, topology.shell, mesh.corners.max(axis=1))
    pairs = list(overlapping_pairs(low.astype(np.float32), high.astype(np.float32)))
    inward = np.flatnonzero(topology.shell_volumes <= 0.0)  # a cavity must lie inside a body
    return np.unique(np.concatenate([*(p.reshape(-1) for p in pairs), inward]))


def _as_manifold(mesh: Welded, topology: Topology, shell: int) -> manifold3d.Manifold:
    faces = mesh.faces[topology.shell == shell]
    if topology.shell_volumes[shell] <= 0.0:
        faces = faces[:, ::-1]
    used, faces = np.unique(faces, return_inverse=True)
    return unchecked_manifold(mesh.vertices[used], faces.reshape(-1, 3), single=True)
