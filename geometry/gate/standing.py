"""How a part stands on the bed: flat contact, footprint, overhangs, bodies in the air."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from caddis.geometry.mesh.topology import Topology
from caddis.geometry.mesh.welded import Welded
from caddis.geometry.triangles import doubled_normals

# A quarter of the usual 0.2 mm layer: faces below this height are pressed flat onto the bed.
FLAT_MM = 0.05


def contact_area(mesh: Welded) -> float:
    """Return the area in mm2 of the faces that lie on the bed, projected onto it."""
    upward = doubled_normals(mesh.corners)[:, 2]
    return abs(float(upward[_on_bed(mesh) & (upward < 0.0)].sum())) / 2.0


def footprint_area(mesh: Welded) -> float:
    """Return the area in mm2 of the convex hull of the mesh seen from above."""
    try:
        return float(ConvexHull(mesh.vertices[:, :2]).volume)  # "volume" is area in 2D
    except QhullError:
        return 0.0  # all points are collinear


def overhang_share(mesh: Welded, max_overhang_deg: float) -> float:
    """Return the share of the surface that overhangs more than allowed and is not on the bed.

    Args:
        mesh: The mesh, mm.
        max_overhang_deg: 0 is an upright wall, 90 a ceiling.

    Returns:
        Between 0 and 1. Bridges count as overhangs.
    """
    normals = doubled_normals(mesh.corners)
    areas = np.linalg.norm(normals, axis=1)
    downward = -normals[:, 2] / areas.clip(min=1e-300)
    # The small tolerance keeps rounding from counting a wall that is exactly at the limit.
    leans = downward > np.sin(np.radians(max_overhang_deg)) + 1e-6
    return float(areas[leans & ~_on_bed(mesh)].sum() / max(float(areas.sum()), 1e-300))


def floating_bodies(mesh: Welded, topology: Topology) -> int:
    """Count the bodies (outward shells) whose lowest point is above the bed."""
    lowest = np.full(len(topology.shell_volumes), np.inf)
    np.minimum.at(lowest, topology.shell, mesh.corners[:, :, 2].min(axis=1))
    above = lowest > mesh.vertices[:, 2].min() + FLAT_MM
    return int((above & (topology.shell_volumes > 0.0)).sum())


def _on_bed(mesh: Welded) -> NDArray[np.bool_]:
    top: NDArray[np.float64] = mesh.corners[:, :, 2].max(axis=1)
    on_bed: NDArray[np.bool_] = top <= mesh.vertices[:, 2].min() + FLAT_MM
    return on_bed
