"""Read scan files of every supported format as a mesh or as points in millimetres."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import (
    EmptyMeshError,
    MeshReadError,
    NonFiniteError,
    TooLargeError,
    UnsupportedFormatError,
)
from caddis.geometry.files.mesh_io import READABLE, load_mesh
from caddis.geometry.scans.adjust import Unit, millimetres, scaled
from caddis.geometry.scans.lidar import read_e57, read_las
from caddis.geometry.scans.pcd import read_pcd

Floats = NDArray[np.float64]

MAX_POINTS = 20_000_000
MAX_BYTES = 1 << 31
_METRES = frozenset({".las", ".laz", ".e57"})


def load_scan(path: str | Path, unit: Unit | str = "auto") -> trimesh.Trimesh | Floats:
    """Read a mesh, or points where the file has no faces.

    Points come from .xyz, .txt, .csv and .npy (rows of x y z, or x y z and a normal), .pcd,
    .ply, .las, .laz and .e57. Points with NaN coordinates, which depth cameras write where
    they saw nothing, are left out.

    Args:
        path: The file.
        unit: "mm", "cm", "m" or "inch"; "auto" takes LAS, LAZ and E57 as metres and everything
            else as `load_mesh` does: glTF in metres, 3MF in its own unit, the rest in
            millimetres.

    Returns:
        A mesh, or points (N, 3), or oriented points (N, 6), in millimetres.

    Raises:
        InputError: The file is missing, damaged, empty, too large or of another kind.
        MissingDependencyError: .las, .laz and .e57 need packages of their own.
    """
    path = Path(path)
    if path.is_dir():
        raise MeshReadError("this is a folder, not a scan", str(path), "Name a file in it.")
    ending = path.suffix.lower()
    factor = millimetres(unit, "m" if ending in _METRES else "mm")
    if ending in READABLE:
        try:
            return scaled(load_mesh(path), factor)
        except EmptyMeshError:
            if ending != ".ply":
                raise
    if ending not in _READERS:
        known = sorted({*_READERS, *READABLE})
        raise UnsupportedFormatError(
            f"cannot read scans that end in '{ending}'", str(path), f"Use {', '.join(known)}."
        )
    return scaled(_finite(_points(path, ending), path), factor)


def _points(path: Path, ending: str) -> Floats:
    if not path.is_file():
        raise MeshReadError("there is no such file", str(path), "Check the name.")
    size = path.stat().st_size
    if size == 0:
        raise MeshReadError("the file is empty", str(path), "Copy or export it again.")
    if size > MAX_BYTES:
        raise TooLargeError(f"more than {MAX_BYTES / 1e6:,.0f} MB", str(path), "Thin it out first.")
    points = _READERS[ending](path, MAX_POINTS)
    if points.ndim != 2 or points.shape[1] not in {3, 6}:
        raise MeshReadError(
            "not rows of 3 or 6 numbers", str(path), "Use x y z, or x y z nx ny nz."
        )
    if len(points) > MAX_POINTS:
        raise TooLargeError(f"more than {MAX_POINTS:,} points", str(path), "Thin it out first.")
    return points


def _finite(points: Floats, path: Path) -> Floats:
    """Leave out rows with NaN; refuse infinite coordinates, which no scanner writes."""
    if np.isinf(points).any():
        raise NonFiniteError("the points have infinite coordinates", str(path))
    seen = points[~np.isnan(points).any(axis=1)]
    if len(seen) == 0:
        raise EmptyMeshError("neither faces nor points in it", str(path))
    return seen


def _read_text(path: Path, max_points: int) -> Floats:
    """Rows of numbers, separated by blanks or commas; lines that begin with # or // are skipped."""
    try:
        with path.open(encoding="utf-8") as stream:
            lines = (line.replace(",", " ") for line in stream if not line.startswith("//"))
            return np.loadtxt(lines, dtype=np.float64, ndmin=2, max_rows=max_points + 1)
    except (ValueError, UnicodeDecodeError) as error:
        raise MeshReadError("not a table of numbers", str(path), "Give rows of x y z.") from error


def _read_array(path: Path, max_points: int) -> Floats:
    try:
        array = np.load(path, allow_pickle=False, mmap_mode="r")
        if array.ndim == 2 and len(array) > max_points:
            raise TooLargeError(f"more than {max_points:,} points", str(path), "Thin it out first.")
        return np.array(array, dtype=np.float64)
    except (ValueError, OSError, EOFError, TypeError, AttributeError) as error:
        raise MeshReadError("not a NumPy array of numbers", str(path)) from error


def _read_ply(path: Path, max_points: int) -> Floats:
    """The vertices of a PLY file without faces, with their normals if it has them."""
    logging.getLogger("trimesh").setLevel(logging.CRITICAL)
    try:
        loaded = trimesh.load(io.BytesIO(path.read_bytes()), file_type="ply", process=False)
        raw = loaded.metadata["_ply_raw"]["vertex"]["data"]
        names = ["x", "y", "z"]
        if all(name in raw.dtype.names for name in ("nx", "ny", "nz")):
            names += ["nx", "ny", "nz"]
        return np.stack([raw[name].astype(np.float64).ravel() for name in names], axis=1)
    except Exception as error:  # the parser fails in every way there is
        raise EmptyMeshError("neither faces nor points in it", str(path)) from error


_READERS: dict[str, Callable[[Path, int], Floats]] = {
    ".xyz": _read_text,
    ".txt": _read_text,
    ".csv": _read_text,
    ".npy": _read_array,
    ".pcd": read_pcd,
    ".ply": _read_ply,
    ".las": read_las,
    ".laz": read_las,
    ".e57": read_e57,
}
