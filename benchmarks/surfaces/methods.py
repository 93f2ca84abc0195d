"""What is compared: functions from an input to a mesh, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import trimesh
from scipy.spatial import ConvexHull, cKDTree

from benchmarks.surfaces import gridpull_paper, poisson_recon, voromesh_paper
from benchmarks.surfaces.inputs import Floats, Input
from caddis.geometry.field import SolidField
from caddis.geometry.surfaces.backends import backend, point_backend
from caddis.geometry.surfaces.poisson import open3d
from caddis.geometry.surfaces.voromesh.extract import extract, extract_refitted
from caddis.geometry.surfaces.voromesh.fit import fit_mesh

_DEPTH = 8  # of the octrees: 256 cells
_PCA, _ORIENTATION = 16, 12  # neighbours
_BALLS = (1.5, 3.0, 6.0)  # radii in mean spacings
_ALPHA = 3.0  # in mean spacings


@dataclass(frozen=True)
class Outcome:
    """A mesh, and what else is worth writing down."""

    mesh: trimesh.Trimesh
    extra: dict[str, Any] = field(default_factory=dict)


Method = Callable[[Input], Outcome]


def ours(scan: Input, *, name: str, resolution: int) -> Outcome:
    return Outcome(point_backend(name).from_points(scan.points, resolution=resolution))


def from_field(solid: Input, *, name: str, resolution: int) -> Outcome:
    return Outcome(backend(name).from_field(SolidField(_truth(solid)), resolution))


def poisson(scan: Input, *, true_normals: bool) -> Outcome:
    """Open3D's screened Poisson as it is, nothing cut off or mended."""
    o3d = open3d()
    cloud = _cloud(scan.points, scan.normals if true_normals else estimated_normals(scan.points))
    with o3d.utility.VerbosityContextManager(o3d.utility.VerbosityLevel.Error):
        made, _ = o3d.geometry.TriangleMesh.create_from_point_cloud_poisson(
            cloud, depth=_DEPTH, n_threads=1
        )
    return Outcome(_mesh(made))


def published_poisson(scan: Input, *, true_normals: bool) -> Outcome:
    normals = scan.normals if true_normals else estimated_normals(scan.points)
    return Outcome(poisson_recon.run(scan.points, normals, _DEPTH))


def ball_pivoting(scan: Input) -> Outcome:
    o3d = open3d()
    radii = o3d.utility.DoubleVector(np.array(_BALLS) * _spacing(scan.points))
    cloud = _cloud(scan.points, scan.normals)
    return Outcome(
        _mesh(o3d.geometry.TriangleMesh.create_from_point_cloud_ball_pivoting(cloud, radii))
    )


def alpha_shape(scan: Input) -> Outcome:
    o3d = open3d()
    cloud = _cloud(scan.points, None)
    make = o3d.geometry.TriangleMesh.create_from_point_cloud_alpha_shape
    with o3d.utility.VerbosityContextManager(o3d.utility.VerbosityLevel.Error):
        return Outcome(_mesh(make(cloud, _ALPHA * _spacing(scan.points))))


def gridpull_as_published(scan: Input) -> Outcome:
    return Outcome(gridpull_paper.run(scan.points))


def voromesh_as_published(solid: Input, *, grid: int) -> Outcome:
    done = voromesh_paper.run(_truth(solid), grid)
    extra = {"generators": len(done.voromesh), "brute_cpu": done.brute_force_seconds}
    return Outcome(done.mesh, extra)


def voromesh(solid: Input, *, grid: int, refitted: bool) -> Outcome:
    """Ours with as many generators as the paper's procedure has."""
    truth = _truth(solid)
    fitted = fit_mesh(truth, voromesh_paper.count(truth, grid))
    made = (
        extract_refitted(fitted.voromesh, fitted.samples) if refitted else extract(fitted.voromesh)
    )
    return Outcome(made, {"generators": len(fitted.voromesh)})


def estimated_normals(points: Floats) -> Floats:
    """Normals as Open3D estimates and orients them, turned outwards on the hull."""
    o3d = open3d()
    cloud = _cloud(points, None)
    cloud.estimate_normals(o3d.geometry.KDTreeSearchParamKNN(_PCA))
    cloud.orient_normals_consistent_tangent_plane(_ORIENTATION)
    hull = ConvexHull(points).vertices
    found = np.array(cloud.normals)
    outward = np.einsum("ij,ij->", points[hull] - points[hull].mean(axis=0), found[hull])
    return found if outward >= 0.0 else -found


def _truth(solid: Input) -> trimesh.Trimesh:
    if solid.truth is None:
        raise ValueError("a real scan has no true mesh")
    return solid.truth


def _spacing(points: Floats) -> float:
    return float(cKDTree(points).query(points, k=2)[0][:, 1].mean())


def _cloud(points: Floats, normals: Floats | None) -> Any:
    o3d = open3d()
    cloud = o3d.geometry.PointCloud(o3d.utility.Vector3dVector(points))
    if normals is not None:
        cloud.normals = o3d.utility.Vector3dVector(normals)
    return cloud


def _mesh(made: Any) -> trimesh.Trimesh:
    return trimesh.Trimesh(np.asarray(made.vertices), np.asarray(made.triangles), process=False)


GRIDPULL = "GridPull, 257 nodes"
GRIDPULL_129 = "GridPull, 129 nodes"
VOROMESH = "VoroMesh from points, 64"
POISSON, POISSON_TRUE = "Open3D Poisson, own normals", "Open3D Poisson, true normals"
RECON, RECON_TRUE = "PoissonRecon, Open3D's normals", "PoissonRecon, true normals"
BALLS, ALPHA = "ball pivoting, true normals", "alpha shape"
GRIDPULL_PAPER = "the GridPull paper's procedure, 128 nodes"
CUBES, CUBES_128 = "marching cubes, 256", "marching cubes, 128"
VOROMESH_FIELD = "VoroMesh, 64"


def paper_name(grid: int) -> str:
    return f"the VoroMesh paper's procedure, {grid}"


def cells_name(grid: int) -> str:
    return f"VoroMesh, cells, {grid}"


def refitted_name(grid: int) -> str:
    return f"VoroMesh, refitted, {grid}"


METHODS: dict[str, Method] = {
    GRIDPULL: partial(ours, name="gridpull", resolution=256),
    GRIDPULL_129: partial(ours, name="gridpull", resolution=128),
    VOROMESH: partial(ours, name="voromesh", resolution=64),
    POISSON: partial(poisson, true_normals=False),
    POISSON_TRUE: partial(poisson, true_normals=True),
    RECON: partial(published_poisson, true_normals=False),
    RECON_TRUE: partial(published_poisson, true_normals=True),
    BALLS: ball_pivoting,
    ALPHA: alpha_shape,
    GRIDPULL_PAPER: gridpull_as_published,
    CUBES: partial(from_field, name="marching-cubes", resolution=256),
    CUBES_128: partial(from_field, name="marching-cubes", resolution=128),
    VOROMESH_FIELD: partial(from_field, name="voromesh", resolution=64),
}
for _grid in (32, 64):
    METHODS[paper_name(_grid)] = partial(voromesh_as_published, grid=_grid)
    METHODS[cells_name(_grid)] = partial(voromesh, grid=_grid, refitted=False)
    METHODS[refitted_name(_grid)] = partial(voromesh, grid=_grid, refitted=True)
