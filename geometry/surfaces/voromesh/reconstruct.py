"""Points to a clean mesh: points -> field -> samples -> VoroMesh."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import ConfigError, EmptyMeshError
from caddis.geometry.field import Field, SolidField
from caddis.geometry.frame import canonical_transform
from caddis.geometry.surfaces.poisson import reconstruct_points
from caddis.geometry.surfaces.voromesh.extract import extract_refitted
from caddis.geometry.surfaces.voromesh.fit import fit_field
from caddis.geometry.surfaces.voromesh.samples import Samples

Points = NDArray[np.float64]


def from_points(
    points: Points,
    normals: Points | None = None,
    *,
    resolution: int = 64,
    field: Field | None = None,
    search: int | None = None,
    seed: int = 0,
) -> trimesh.Trimesh:
    """Make one clean solid of scanned points, by way of a field.

    VoroLoss believes its samples, so noise would become surface. The points therefore become
    a field first, and the VoroMesh is fitted to samples of its zero set.

    Args:
        points: (N, 3), any unit.
        normals: (N, 3), of any length; None when unknown.
        resolution: Cells along the longest side, or the like density of generators.
        field: What the points mean, in their canonical frame (`frame.canonical_transform`);
            None takes the distance to their screened Poisson surface.
        search: See `fit_field`.
        seed: Of the samples.

    Returns:
        A closed, manifold, outward oriented mesh without self-intersections, in the points' unit
        and place, with vertices that hold float32 values.

    Raises:
        ConfigError: The shapes do not fit, or the resolution is out of range.
        EmptyMeshError: Too few points.
        NonFiniteError: A coordinate is NaN or infinite.
        NoSurfaceError: The field does not change sign.
        NotSolidError: The points enclose nothing.
        MissingDependencyError: Without a field, open3d's system libraries are needed.
    """
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 3:
        raise ConfigError("points (N, 3) are wanted", f"shape {points.shape}")
    if len(points) < 4:
        raise EmptyMeshError(f"{len(points)} points are too few")
    centre, scale = canonical_transform(points)
    if field is None:
        surface = reconstruct_points(points, normals)
        field = SolidField(
            trimesh.Trimesh((surface.vertices - centre) * scale, surface.faces, process=False)
        )
    fitted = fit_field(field, resolution, search=search, seed=seed)
    samples = Samples(fitted.samples.points / scale + centre, fitted.samples.normals)
    return extract_refitted(fitted.voromesh.transformed(1.0 / scale, centre), samples)
