"""Raw points to a closed surface: the steps of GridPull in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError, NotSolidError
from caddis.geometry.grid import Grid
from caddis.geometry.surfaces.gridpull.cloud import MIN_POINTS, Cloud, prepare
from caddis.geometry.surfaces.gridpull.extraction import supported, surface
from caddis.geometry.surfaces.gridpull.first_guess import first_guess
from caddis.geometry.surfaces.gridpull.forecast import Stages, stage_seconds
from caddis.geometry.surfaces.gridpull.lattice import finest_spacing, lattices
from caddis.geometry.surfaces.gridpull.levels import solve_levels
from caddis.geometry.surfaces.gridpull.memory import check_memory
from caddis.geometry.surfaces.gridpull.noise import noise_level
from caddis.geometry.surfaces.gridpull.normals import Planes, tangent_planes
from caddis.geometry.surfaces.gridpull.orientation import oriented
from caddis.geometry.surfaces.gridpull.outliers import outliers
from caddis.geometry.surfaces.gridpull.samples import OrientedSamples
from caddis.geometry.surfaces.gridpull.settings import Settings
from caddis.geometry.surfaces.protocols import Progress

Floats = NDArray[np.float64]

_CELL = 0.5  # spacings: points of one such cell are averaged
_NEIGHBOURS, _MOST_NEIGHBOURS = 16, 48
_NOISE_RADII = 5.0  # a neighbourhood reaches so many standard deviations of the noise
_STRAY_ROUNDS = 3
_FEW_STRAYS = 1e-3  # of the points: not worth looking for those that they hide
_FLAT = 1e-6  # thickness of a scan over its length


@dataclass(frozen=True)
class Distances:
    """A signed distance on a grid around a scan.

    Attributes:
        values: lattice.shape float32, in spacings, negative inside; +-9 far from the surface.
        lattice: The grid, in canonical coordinates.
        samples: The oriented points that it was solved from.
        cloud: The thinned scan, which maps canonical coordinates to the scan's.
    """

    values: NDArray[np.float32]
    lattice: Grid
    samples: OrientedSamples
    cloud: Cloud


def reconstruct(
    points: Floats,
    normals: Floats | None = None,
    settings: Settings | None = None,
    *,
    on_step: Progress | None = None,
) -> trimesh.Trimesh:
    """Make a closed surface of raw points; see `distances` and `extraction`.

    Args:
        points: (N, 3), any unit.
        normals: (N, 3), used for their direction only; None finds it from the points.
        settings: None for the defaults.
        on_step: Called with the percentage that is done, and 100.

    Returns:
        A closed, edge and vertex manifold, outward oriented mesh in the scan's unit and place.
        Holes of the scan are closed smoothly; an open scene is closed across its rim, where
        the winding number of its points is halfway between inside and outside.

    Raises:
        InputError: Too few points, NaN, or arrays of the wrong shape.
        NotSolidError: The points lie in a plane or enclose nothing.
        TooLargeError: The estimate of the memory is above what is free.
    """
    settings = settings or Settings()
    found = distances(points, normals, settings, on_step=on_step)
    mesh = supported(
        surface(found.values, found.lattice), found.samples.points, found.lattice.spacing
    )
    Stages(on_step, stage_seconds(len(points), settings.resolution)).finished(-1)
    return trimesh.Trimesh(found.cloud.to_scan(mesh.vertices), mesh.faces, process=False)


def distances(
    points: Floats,
    normals: Floats | None = None,
    settings: Settings | None = None,
    *,
    on_step: Progress | None = None,
) -> Distances:
    """Solve for the signed distance that pulls space onto the points.

    The field is GridPull's (Chen, Liu and Han 2023, "GridPull: towards scalability in learning
    implicit representations from 3D point clouds"), found by sparse linear least squares on nested
    grids in place of thousands of steps of Adam; `benchmarks/surfaces/gridpull_objective.py`
    minimises the published loss.
    Arguments and errors as for `reconstruct`.
    """
    settings = settings or Settings()
    stages = Stages(on_step, stage_seconds(len(points), settings.resolution))
    check_memory(len(points), settings.resolution)
    cloud = prepare(points, normals, _CELL * finest_spacing(settings.resolution))
    stages.finished(0)
    cloud, samples = _sampled(cloud, settings)
    stages.finished(1)
    grids = lattices(samples.points, settings.resolution)
    guess = first_guess(grids[0], samples.points, samples.normals, samples.areas)
    values = solve_levels(samples, grids, guess, lambda level: stages.finished(2 + level))
    return Distances(values, grids[-1], samples, cloud)


def _sampled(cloud: Cloud, settings: Settings) -> tuple[Cloud, OrientedSamples]:
    """Estimate normals, areas and noise, and leave out stray points."""
    noise = _noise(cloud, settings)
    planes = _planes(cloud.points, noise)
    for _ in range(_STRAY_ROUNDS if settings.drop_outliers else 0):
        stray = outliers(cloud.points, planes)
        if not stray.any():
            break
        cloud = cloud.without(stray)
        if len(cloud.points) < MIN_POINTS:
            raise EmptyMeshError("too few points are left without the outliers")
        noise = _noise(cloud, settings)
        planes = _planes(cloud.points, noise)
        if stray.mean() < _FEW_STRAYS:
            break
    if _flatness(cloud.points) < _FLAT:
        raise NotSolidError("the points lie in a plane, so they enclose nothing")
    normals = oriented(cloud.points, planes)
    if cloud.normals is not None:
        normals = _towards(normals, cloud.normals)
    areas, trust = planes.bounded_areas(), planes.trust(noise)
    return cloud, OrientedSamples(cloud.points, normals, areas, trust, noise)


def _noise(cloud: Cloud, settings: Settings) -> float:
    if settings.noise is not None:
        return settings.noise * cloud.scale
    return noise_level(cloud.points, np.random.default_rng(settings.seed))


def _planes(points: Floats, noise: float) -> Planes:
    """Fit planes to neighbourhoods that are wide compared with the noise."""
    planes = tangent_planes(points, _NEIGHBOURS)
    wanted = _NEIGHBOURS * (_NOISE_RADII * noise / (float(np.median(planes.radius)) or 1.0)) ** 2
    if wanted <= _NEIGHBOURS:
        return planes
    return tangent_planes(points, int(min(wanted, _MOST_NEIGHBOURS)))


def _flatness(points: Floats) -> float:
    """Return the thickness of the points across their best plane, over their length."""
    values = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return float(values[2] / values[0])


def _towards(normals: Floats, given: Floats) -> Floats:
    """Turn each normal to the side of the given one, after finding out which side those point to.

    The given normals may all point inwards; then all are taken with the opposite sign.
    """
    along = np.einsum("ij,ij->i", normals, given)
    outward = 1.0 if along.sum() >= 0.0 else -1.0
    return normals * np.where(outward * along < 0.0, -1.0, 1.0)[:, None]
