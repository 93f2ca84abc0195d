"""What is compared: functions from points and true normals to a mesh."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from geometry.gridpull import Settings, reconstruct
from geometry.gridpull.cloud import prepare
from geometry.gridpull.extraction import surface
from geometry.gridpull.lattice import finest_spacing, lattices
from geometry.gridpull.objective import minimise
from geometry.poisson import open3d

Floats = NDArray[np.float64]
Method = Callable[[Floats, Floats], trimesh.Trimesh]

_PCA, _ORIENTATION = 16, 12  # neighbours


def gridpull(points: Floats, _: Floats, *, resolution: int) -> trimesh.Trimesh:
    return reconstruct(points, settings=Settings(resolution=resolution))


def poisson(points: Floats, normals: Floats, *, true_normals: bool) -> trimesh.Trimesh:
    """Open3D's screened Poisson of depth 8 as it is, nothing cut off or mended."""
    o3d = open3d()
    cloud = o3d.geometry.PointCloud(o3d.utility.Vector3dVector(points))
    if true_normals:
        cloud.normals = o3d.utility.Vector3dVector(normals)
    else:
        cloud.estimate_normals(o3d.geometry.KDTreeSearchParamKNN(_PCA))
        cloud.orient_normals_consistent_tangent_plane(_ORIENTATION)
        hull = ConvexHull(points).vertices
        found = np.asarray(cloud.normals)
        if np.einsum("ij,ij->", points[hull] - points[hull].mean(axis=0), found[hull]) < 0.0:
            cloud.normals = o3d.utility.Vector3dVector(-found)
    with o3d.utility.VerbosityContextManager(o3d.utility.VerbosityLevel.Error):
        made, _ = o3d.geometry.TriangleMesh.create_from_point_cloud_poisson(
            cloud, depth=8, n_threads=1
        )
    return trimesh.Trimesh(np.asarray(made.vertices), np.asarray(made.triangles), process=False)


def paper(points: Floats, _: Floats, *, resolution: int, steps: int) -> trimesh.Trimesh:
    """The published loss, start, queries and Adam, re-implemented (geometry.gridpull.objective)."""
    cloud = prepare(points, None, 0.5 * finest_spacing(resolution))
    lattice = lattices(cloud.points, resolution)[-1]
    field = minimise(cloud.points, lattice, np.random.default_rng(0), steps=steps)
    mesh = surface(field.numpy(), lattice)
    return trimesh.Trimesh(cloud.to_scan(mesh.vertices), mesh.faces, process=False)


METHODS: dict[str, Method] = {
    "GridPull, 129 nodes": partial(gridpull, resolution=128),
    "GridPull, 257 nodes": partial(gridpull, resolution=256),
    "Open3D Poisson, estimated normals": partial(poisson, true_normals=False),
    "Open3D Poisson, true normals": partial(poisson, true_normals=True),
}


def paper_method(steps: int) -> Method:
    return partial(paper, resolution=128, steps=steps)
