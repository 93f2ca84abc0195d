"""Make a closed solid of points by screened Poisson reconstruction with Open3D."""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from typing import Any

import manifold3d
import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError

from caddis.geometry.errors import (
    ConfigError,
    EmptyMeshError,
    MissingDependencyError,
    NotSolidError,
)
from caddis.geometry.field import SolidField
from caddis.geometry.frame import canonical_transform
from caddis.geometry.mesh.manifold import from_manifold, unchecked_manifold
from caddis.geometry.points import checked_points
from caddis.geometry.surfaces.marching_cubes import MarchingCubes
from caddis.geometry.surfaces.protocols import Progress

FloatArray = NDArray[np.float64]

_LOG = logging.getLogger(__name__)
_MIN_POINTS = 32
_NEIGHBOURS = 20  # for normals and outliers
_ORIENTATION_NEIGHBOURS = 12
_OUTLIER_DEVIATIONS = 2.0
_FINEST_SPACING = 1 / 300  # of the longest side: denser points only cost time
_SHAKE = 1e-6  # of the longest side
_FAR = 10.0  # in extents of the middle 96 % of the points
_HULL_MARGIN = 1.02
_WORTH_A_WARNING = 0.01  # share of the volume that was dropped


@dataclass(frozen=True)
class Poisson:
    """Screened Poisson reconstruction as a `PointBackend`.

    Attributes:
        drop_outliers: See `reconstruct_points`.
    """

    drop_outliers: bool = True

    @property
    def name(self) -> str:
        """The name in the registry."""
        return "poisson"

    def from_points(
        self,
        points: FloatArray,
        normals: FloatArray | None = None,
        *,
        resolution: int = 256,
        on_step: Progress | None = None,
    ) -> trimesh.Trimesh:
        """Run `reconstruct_points` with the octree that has `resolution` cells a side."""
        depth = round(math.log2(max(resolution, 1)))
        solid = reconstruct_points(points, normals, depth=depth, remove_outliers=self.drop_outliers)
        if on_step is not None:
            on_step(1, 1)
        return solid

    def forecast(self, points: int, resolution: int) -> None:
        """Return None: orienting the normals takes seconds or minutes, which is not predictable."""


def reconstruct_points(
    points: FloatArray,
    normals: FloatArray | None = None,
    *,
    depth: int = 8,
    remove_outliers: bool = True,
) -> trimesh.Trimesh:
    """Make one closed solid of points on its surface.

    Outliers are dropped and the rest is thinned to a spacing of 1/300 of its size. Missing
    normals are estimated and oriented along a spanning tree (Hoppe et al. 1992), and screened
    Poisson reconstruction (Kazhdan and Hoppe 2013) finds the surface. Its parts beyond the
    points' convex hull are cut off, so an object scanned on a table gets a flat base. Only the
    largest body is kept.

    Args:
        points: (N, 3), or (N, 6) with normals in the last three columns; any unit.
        normals: (N, 3), of any length; None when unknown.
        depth: Depth of the octree, 4 to 10: details of 1 / 2^depth of the size remain.
        remove_outliers: Drop points that are much farther from their neighbours than is usual.

    Returns:
        A closed, outward oriented mesh in the unit and place of the points.

    Raises:
        EmptyMeshError: Fewer than 32 points.
        NonFiniteError: A point or a normal is NaN or infinite.
        ConfigError: The arrays or the depth are out of range.
        NotSolidError: The points lie in a plane or enclose nothing.
        MissingDependencyError: open3d cannot be imported.
    """
    points, normals = _checked(points, normals, depth)
    cloud = _thinned(points, normals, remove_outliers)
    centre, scale = canonical_transform(np.asarray(cloud.points))
    cloud.translate(-centre)
    cloud.scale(scale, np.zeros(3))
    _orient(cloud)
    solid = _one_solid(_poisson(cloud, depth), np.asarray(cloud.points), depth)
    return trimesh.Trimesh(solid.vertices / scale + centre, solid.faces, process=False)


def open3d() -> Any:
    """Import open3d, quietly.

    Raises:
        MissingDependencyError: It, or a system library that it links to, is missing.
    """
    try:
        import open3d as module
    except (ImportError, OSError) as error:
        raise MissingDependencyError(
            "open3d cannot be imported, and point clouds need it",
            str(error).splitlines()[0],
            "On Debian: apt-get install libusb-1.0-0 libegl1 libgl1 libx11-6.",
        ) from error
    return module


def _checked(
    points: FloatArray, normals: FloatArray | None, depth: int
) -> tuple[FloatArray, FloatArray | None]:
    if not 4 <= depth <= 10:
        raise ConfigError("the depth is out of range", str(depth), "Use 4 to 10.")
    points, normals = checked_points(points, normals, least=_MIN_POINTS)
    if not np.ptp(points, axis=0).any():
        raise NotSolidError("all points are at one place")
    return points, normals


def _thinned(points: FloatArray, normals: FloatArray | None, remove_outliers: bool) -> Any:
    """Return an open3d cloud in the points' frame, evenly thinned and without outliers."""
    o3d = open3d()
    extent = np.ptp(points, axis=0).max()
    if remove_outliers:
        # A single stray point far away must not set the scale of the thinning.
        low, middle, high = np.percentile(points, [2, 50, 98], axis=0)
        extent = (high - low).max() or extent
        near = (np.abs(points - middle) < _FAR * extent).all(axis=1)
        points, normals = points[near], None if normals is None else normals[near]
    cloud = o3d.geometry.PointCloud(o3d.utility.Vector3dVector(points))
    if normals is not None:
        cloud.normals = o3d.utility.Vector3dVector(normals)
    cloud = cloud.voxel_down_sample(_FINEST_SPACING * extent)
    if remove_outliers:
        cloud, _ = cloud.remove_statistical_outlier(_NEIGHBOURS, _OUTLIER_DEVIATIONS)
    if len(cloud.points) < _MIN_POINTS:
        raise EmptyMeshError("too few points are left without the outliers")
    return cloud


def _orient(cloud: Any) -> None:
    """Give a cloud outward unit normals."""
    o3d = open3d()
    points = np.asarray(cloud.points)
    try:
        outermost = ConvexHull(points).vertices
    except (QhullError, ValueError) as error:
        raise NotSolidError("the points lie in a plane, so they enclose nothing") from error
    if not cloud.has_normals():
        # Open3D triangulates the points, which fails when all lie exactly on one sphere.
        shaken = points + np.random.default_rng(0).normal(0.0, _SHAKE, points.shape)
        cloud.points = o3d.utility.Vector3dVector(shaken)
        cloud.estimate_normals(o3d.geometry.KDTreeSearchParamKNN(_NEIGHBOURS))
        cloud.orient_normals_consistent_tangent_plane(_ORIENTATION_NEIGHBOURS)
    cloud.normalize_normals()
    # On the hull, outward normals point away from the middle. The sign is chosen for all at once.
    away = points[outermost] - points[outermost].mean(axis=0)
    if np.einsum("ij,ij->", np.asarray(cloud.normals)[outermost], away) < 0.0:
        cloud.normals = o3d.utility.Vector3dVector(-np.asarray(cloud.normals))


def _poisson(cloud: Any, depth: int) -> trimesh.Trimesh:
    """Return Poisson's surface; it may be open where it leaves the octree's box."""
    o3d = open3d()
    with o3d.utility.VerbosityContextManager(o3d.utility.VerbosityLevel.Error):
        # One thread: with more, the order of sums and so the bytes would vary.
        surface, _ = o3d.geometry.TriangleMesh.create_from_point_cloud_poisson(
            cloud, depth=depth, n_threads=1
        )
    if len(surface.triangles) == 0:
        raise NotSolidError("the points enclose nothing", "", "Check the normals' directions.")
    return trimesh.Trimesh(
        np.asarray(surface.vertices), np.asarray(surface.triangles), process=False
    )


def _one_solid(surface: trimesh.Trimesh, points: FloatArray, depth: int) -> trimesh.Trimesh:
    """Close, cut at the points' hull, and keep the largest body."""
    body = unchecked_manifold(surface.vertices, surface.faces)
    if body.status() != manifold3d.Error.NoError:
        surface = MarchingCubes().from_field(SolidField(surface), 1 << min(depth, 8))
        body = unchecked_manifold(surface.vertices, surface.faces)
    middle = points.mean(axis=0)
    hull = manifold3d.Manifold.hull_points((points - middle) * _HULL_MARGIN + middle)
    bodies = sorted((body ^ hull).decompose(), key=lambda part: float(part.volume()))
    if not bodies or bodies[-1].volume() <= 0.0:
        raise NotSolidError("the points enclose nothing", "", "Check the normals' directions.")
    kept = bodies[-1].volume()
    dropped = sum(max(0.0, part.volume()) for part in bodies[:-1])
    if dropped > _WORTH_A_WARNING * kept:
        _LOG.warning(
            "kept the largest of %d bodies: %.0f %% of the volume",
            len(bodies),
            100.0 * kept / (kept + dropped),
        )
    return from_manifold(bodies[-1])
