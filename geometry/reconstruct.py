"""A scan, points or a triangle soup, to one closed solid that stands on the bed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from geometry.errors import EmptyMeshError, MeshReadError, TooLargeError
from geometry.frame import place_on_bed
from geometry.mesh_io import READABLE, load_mesh
from geometry.poisson import open3d, reconstruct_points
from geometry.repair import Repaired, repair

POINT_CLOUDS = (".xyz", ".npy", ".pcd", ".ply")
"""Endings that may hold points without faces."""
MAX_POINTS = 5_000_000
MAX_BYTES = 1 << 29


def load_scan(path: str | Path) -> trimesh.Trimesh | NDArray[np.float64]:
    """Read a mesh, or points where the file has no faces.

    Points come from .xyz and .npy (rows of x y z, or x y z and a normal), .pcd and .ply.

    Returns:
        A mesh, or points (N, 3), or oriented points (N, 6), in the file's units.

    Raises:
        InputError: The file is missing, damaged, empty, too large or of another kind.
        MissingDependencyError: .pcd, and .ply without faces, need open3d's system libraries.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending in READABLE:
        try:
            return load_mesh(path)
        except EmptyMeshError:
            if ending not in POINT_CLOUDS:
                raise
    elif ending not in POINT_CLOUDS:
        return load_mesh(path)  # says which endings can be read
    return _load_points(path, ending)


def reconstruct(
    scan: trimesh.Trimesh | NDArray[np.float64], *, height_mm: float | None = None
) -> Repaired:
    """Make one clean solid of a scan.

    Points become a surface by screened Poisson reconstruction (Kazhdan and Hoppe 2013).
    A mesh is mended: holes are closed and shells united, and what that cannot mend is meshed
    anew from its distance field.

    Args:
        scan: A mesh, points (N, 3) or oriented points (N, 6), with Z up.
        height_mm: Height of the solid; None keeps the scan's own size, read as millimetres.

    Returns:
        A closed mesh in millimetres, standing on z = 0, and what was changed.

    Raises:
        InputError: The scan is empty or not finite.
        NotSolidError: The surface cannot be made into a solid.
        MissingDependencyError: Points need open3d's system libraries.
    """
    surface = scan if isinstance(scan, trimesh.Trimesh) else reconstruct_points(scan)
    mended = repair(_placed(surface, height_mm))
    # once more: what was closed or cut may have changed the height
    return Repaired(_placed(mended.mesh, height_mm), mended.changes)


def _placed(mesh: trimesh.Trimesh, height_mm: float | None) -> trimesh.Trimesh:
    return place_on_bed(mesh, np.ptp(mesh.vertices[:, 2]) if height_mm is None else height_mm)


def _load_points(path: Path, ending: str) -> NDArray[np.float64]:
    if not path.is_file():
        raise MeshReadError("there is no such file", str(path), "Check the name.")
    if path.stat().st_size == 0:
        raise MeshReadError("the file is empty", str(path), "Copy or export it again.")
    if path.stat().st_size > MAX_BYTES:
        raise TooLargeError(f"more than {MAX_BYTES / 1e6:,.0f} MB", str(path), "Thin it out first.")
    read = {".xyz": _read_text, ".npy": _read_array}.get(ending, _read_with_open3d)
    points = read(path)
    if points.ndim != 2 or points.shape[1] not in {3, 6}:
        raise MeshReadError(
            "not rows of 3 or 6 numbers", str(path), "Use x y z, or x y z nx ny nz."
        )
    if len(points) > MAX_POINTS:
        raise TooLargeError(f"more than {MAX_POINTS:,} points", str(path), "Thin it out first.")
    return points


def _read_text(path: Path) -> NDArray[np.float64]:
    try:
        return np.loadtxt(path, dtype=np.float64, ndmin=2)
    except (ValueError, UnicodeDecodeError) as error:
        raise MeshReadError("not a table of numbers", str(path)) from error


def _read_array(path: Path) -> NDArray[np.float64]:
    try:
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float64)
    except (ValueError, OSError, EOFError) as error:
        raise MeshReadError("not a NumPy array of numbers", str(path)) from error


def _read_with_open3d(path: Path) -> NDArray[np.float64]:
    o3d = open3d()
    with o3d.utility.VerbosityContextManager(o3d.utility.VerbosityLevel.Error):
        cloud = o3d.io.read_point_cloud(str(path), remove_nan_points=True)
    points = np.asarray(cloud.points, dtype=np.float64)
    if len(points) == 0:
        raise EmptyMeshError("neither faces nor points in it", str(path))
    return np.hstack([points, np.asarray(cloud.normals)]) if cloud.has_normals() else points
