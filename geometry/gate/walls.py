"""How thick are the walls? Rays from the surface straight inwards, to where they come out.

The definition is that of the shape-diameter function (Shapira et al. 2008) with a single ray,
and that of trimesh.proximity.thickness(method="ray"). The largest inscribed sphere is the
finer measure, but 2,000 times slower.
"""

from __future__ import annotations

import numpy as np
import trimesh
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene
from numpy.typing import NDArray

from geometry.gate.welded import Welded
from geometry.sampling import sample_surface

RAYS = 4000
PERCENTILE = 1.0
_SEED = 0


def thinnest_wall(mesh: Welded, rays: int = RAYS) -> float | None:
    """Measure the 1st percentile of the wall thickness over the surface.

    The percentile passes over the very rim of sharp edges, where every solid is thin.

    Args:
        mesh: The mesh, mm.
        rays: Number of points drawn uniformly by area, always with the same seed.

    Returns:
        Thickness in mm, or None if no ray meets another face.
    """
    surface = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    points, normals = sample_surface(surface, rays, np.random.default_rng(_SEED))
    thickness = thickness_at(mesh, points, normals)
    measured = thickness[np.isfinite(thickness)]
    return float(np.percentile(measured, PERCENTILE)) if len(measured) else None


def thickness_at(
    mesh: Welded, points: NDArray[np.float64], normals: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Measure the wall under points of the surface.

    Args:
        mesh: The mesh, mm.
        points: (N, 3) on the surface.
        normals: (N, 3) unit, outwards.

    Returns:
        (N,) distance in mm from each point along -normal to the next face; inf if none.
    """
    centre = mesh.vertices.mean(axis=0)
    # Embree rounds to float32: centred, and scaled so that its built-in epsilons do not matter.
    scale = 100.0 / max(float(np.ptp(mesh.vertices, axis=0).max()), 1e-30)
    corners = ((mesh.corners - centre) * scale).astype(np.float32)
    scene = EmbreeScene()
    TriangleMesh(scene, corners)
    skin = 1e-3  # start this far inside, or the ray would meet the face it comes from
    start = ((points - centre) * scale - skin * normals).astype(np.float32)
    reach = scene.run(start, -normals.astype(np.float32), query="DISTANCE").astype(np.float64)
    return np.where(reach < 1e30, (reach + skin) / scale, np.inf)
