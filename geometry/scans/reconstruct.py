"""Make one closed solid that stands on the bed from a scan: points or a triangle soup."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError, NonFiniteError, TooLargeError
from caddis.geometry.frame import place_on_bed
from caddis.geometry.mesh.clean import is_clean
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.mesh.simplify import simplify
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.points import checked_rows
from caddis.geometry.repair import Repaired, repair
from caddis.geometry.scans import load_scan, thinned, turned_up
from caddis.geometry.surfaces.backends import point_backend
from caddis.geometry.surfaces.protocols import Forecast, Progress

__all__ = [
    "DEFAULT_SURFACE", "ReconstructOptions", "forecast", "forecast_count", "load_scan",
    "reconstruct",
]  # fmt: skip

Floats = NDArray[np.float64]

DEFAULT_SURFACE = "gridpull"
"""Chosen by the tables of docs/surfaces.md; it needs no system libraries."""

_RESOLUTION, _RESOLUTIONS = 256, {"voromesh": 64}
_SURFACE_PERCENT = 85.0  # of the time; the rest is for repairing and checking the mesh
_MESH_SAMPLES = 300_000  # points drawn from a mesh whose surface a back-end makes again
_LARGEST_MM = 1e7  # ten kilometres, as for meshes
_SMALLEST_MM = 1e-3


def reconstruct(
    scan: trimesh.Trimesh | Floats,
    options: ReconstructOptions | None = None,
    *,
    on_step: Progress | None = None,
) -> Repaired:
    """Make one clean solid of a scan.

    The chosen back-end makes a surface of points. A mesh is repaired (its holes are closed and its
    shells united; if that fails, it is meshed again from its distance field). If `options` name
    a back-end, points are drawn from the mesh and given to that back-end.

    Args:
        scan: A mesh, points (N, 3) or oriented points (N, 6), in millimetres.
        options: None for the defaults. The unit and the printing process are ignored here:
            `load_scan` uses the first and the print gate the second.
        on_step: Called with the percentage that is done, and 100.

    Returns:
        A closed mesh in millimetres, standing on z = 0, and the list of changes.

    Raises:
        InputError: The scan is empty, not finite, too large, or an option is out of range.
        NotSolidError: The surface cannot be made into a solid.
        MissingDependencyError: Poisson needs open3d's system libraries.
    """
    options = options or ReconstructOptions()
    changes: tuple[str, ...] = ()
    scan = turned_up(_rows(scan), options.up)
    if isinstance(scan, trimesh.Trimesh) and options.surface is None:
        surface = scan
    else:
        points = _drawn(scan, options.seed) if isinstance(scan, trimesh.Trimesh) else scan
        if options.voxel_mm is not None:
            before = len(points)
            points = thinned(points, options.voxel_mm)
            changes += (f"thinned {before:,} points to {len(points):,}",)
        surface = _surface(points, options, _part_of(on_step))
    mended = _placed(surface, options.height_mm)
    if not is_clean(mended):
        # Scaled again, because the repair may have changed the height.
        mended, repairs = repair(mended)
        mended, changes = _placed(mended, options.height_mm), changes + repairs
    if options.faces is not None and len(mended.faces) > options.faces:
        before = len(mended.faces)
        mended = _placed(simplify(mended, options.faces), options.height_mm)
        changes += (f"merged {before:,} faces to {len(mended.faces):,}",)
    if on_step is not None:
        on_step(100, 100)
    return Repaired(mended, changes)


def forecast(
    scan: trimesh.Trimesh | Floats, options: ReconstructOptions | None = None
) -> Forecast | None:
    """Return the time and memory that `reconstruct` will take; None if they are not predictable.

    Thinning is not considered.

    Raises:
        ConfigError: There is no such back-end.
    """
    return forecast_count(None if isinstance(scan, trimesh.Trimesh) else len(scan), options)


def forecast_count(
    points: int | None, options: ReconstructOptions | None = None
) -> Forecast | None:
    """Return the same as `forecast` from the number of points alone; None stands for a mesh.

    Raises:
        ConfigError: There is no such back-end.
    """
    options = options or ReconstructOptions()
    if points is None and options.surface is None:
        return None
    count = _MESH_SAMPLES if points is None else points
    name, resolution = _back_end(options)
    return point_backend(name).forecast(count, resolution)


def _rows(scan: trimesh.Trimesh | Floats) -> trimesh.Trimesh | Floats:
    if not isinstance(scan, trimesh.Trimesh):
        return checked_rows(scan)
    if len(scan.faces) == 0:
        raise EmptyMeshError("the mesh has no faces", "", "Give its points, or another mesh.")
    if not np.isfinite(scan.vertices).all():
        raise NonFiniteError("the mesh has NaN or infinite coordinates", "", "Save it again.")
    return scan


def _drawn(mesh: trimesh.Trimesh, seed: int) -> Floats:
    return np.hstack(sample_surface(mesh, _MESH_SAMPLES, np.random.default_rng(seed)))


def _surface(
    points: Floats, options: ReconstructOptions, on_step: Progress | None
) -> trimesh.Trimesh:
    normals = points[:, 3:] if points.shape[1] == 6 else None
    name, resolution = _back_end(options)
    backend = point_backend(
        name,
        noise=options.noise_mm,
        drop_outliers=not options.keep_outliers,
    )
    return backend.from_points(points[:, :3], normals, resolution=resolution, on_step=on_step)


def _back_end(options: ReconstructOptions) -> tuple[str, int]:
    name = options.surface or DEFAULT_SURFACE
    return name, options.resolution or _RESOLUTIONS.get(name, _RESOLUTION)


def _part_of(on_step: Progress | None) -> Progress:
    """Return a callback that reports the surface's progress as the first 85 % of `on_step`."""

    def report(done: int, steps: int) -> None:
        if on_step is not None:
            on_step(round(_SURFACE_PERCENT * done / steps), 100)

    return report


def _placed(mesh: trimesh.Trimesh, height_mm: float | None) -> trimesh.Trimesh:
    longest = float(np.ptp(mesh.vertices, axis=0).max())
    if height_mm is None and not _SMALLEST_MM <= longest <= _LARGEST_MM:
        raise TooLargeError(
            f"the longest side is {longest:.3g} mm", "", "Name its --unit or its --height-mm."
        )
    return place_on_bed(mesh, np.ptp(mesh.vertices[:, 2]) if height_mm is None else height_mm)
