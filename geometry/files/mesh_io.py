"""Read a mesh from a user's file, or say in one line why it cannot be read."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
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
from caddis.geometry.files.mesh_preflight import SAVE_AGAIN, check_content, check_face_count
from caddis.geometry.files.threemf import read_3mf
from caddis.geometry.mesh.welded import merge_equal_vertices

READABLE = (".stl", ".3mf", ".obj", ".ply", ".glb", ".gltf", ".off")
"""Endings that `load_mesh` understands."""

MAX_FACES = 5_000_000
MAX_BYTES = 1 << 28  # five million faces of a binary STL are 250 MB
_MAX_COORDINATE = 1e7  # mm: beyond ten kilometres the unit must be wrong

# glTF is Y up, looks along +Z, and is in metres; ours is Z up, front along -Y, in millimetres.
MILLIMETRES_FROM_GLTF = 1000.0 * np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])


def load_mesh(
    path: str | Path, *, max_faces: int = MAX_FACES, max_bytes: int = MAX_BYTES
) -> trimesh.Trimesh:
    """Read a mesh file: STL, 3MF, OBJ, PLY, GLB, glTF or OFF, by its ending.

    All parts of the file become one mesh. STL, OBJ, PLY and OFF carry no unit and
    are taken as Z up in millimetres; 3MF is converted from its unit, and glTF from
    metres and Y up. Vertices with equal coordinates are merged unless the
    mesh is closed without that; collapsed faces and unused vertices are dropped.
    No other file is opened: references to materials and buffers are not followed.

    Args:
        path: The file.
        max_faces: More faces than this are refused, before parsing where possible.
        max_bytes: A larger file is refused; so is a 3MF that unpacks to over twice that.

    Returns:
        The mesh, vertices (V, 3) float64 in millimetres, faces (F, 3) int64.

    Raises:
        MeshReadError: The file is missing, damaged or not of the format that its ending names.
        UnsupportedFormatError: The ending is not in `READABLE`.
        EmptyMeshError: The file holds no faces.
        NonFiniteError: A corner is NaN or infinite.
        TooLargeError: More faces or bytes than allowed, or a coordinate beyond 10 km.
    """
    path = Path(path)
    ending = _checked_ending(path)
    _check_size(path, max_bytes)
    if ending == ".3mf":
        mesh = read_3mf(path, max_faces=max_faces, max_bytes=2 * max_bytes)
    else:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise MeshReadError(f"cannot read the file: {error.strerror}", str(path)) from error
        check_content(content, path, ending, max_faces)
        mesh = _parsed(content, ending, path, max_faces)
    return _cleaned(np.asarray(mesh.vertices), np.asarray(mesh.faces), path, max_faces)


def _checked_ending(path: Path) -> str:
    if path.is_dir():
        raise MeshReadError("this is a folder, not a mesh file", str(path), "Name a file in it.")
    ending = path.suffix.lower()
    if ending not in READABLE:
        raise UnsupportedFormatError(
            f"cannot read files that end in '{ending}'", str(path), f"Use {', '.join(READABLE)}."
        )
    return ending


def _check_size(path: Path, max_bytes: int) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror
        raise MeshReadError(f"{reason}", str(path), "Check the name.") from error
    if not path.is_file():
        raise MeshReadError("this is not a regular file", str(path), "Name a mesh file.")
    if size == 0:
        raise MeshReadError("the file is empty", str(path), "Copy or export it again.")
    if size > max_bytes:
        raise TooLargeError(
            f"the file has {size / 1e6:,.0f} MB, more than {max_bytes / 1e6:,.0f}",
            str(path),
            "Simplify the mesh first.",
        )


def _parsed(content: bytes, ending: str, path: Path, max_faces: int) -> trimesh.Trimesh:
    """Parse with trimesh; every exception of its parsers becomes a MeshReadError."""
    try:
        with _quiet():
            scene = trimesh.load_scene(
                io.BytesIO(content), file_type=ending[1:], process=False, skip_materials=True
            )
            return _flattened(scene, ending, path, max_faces)
    except (TooLargeError, MeshReadError):
        raise
    except Exception as error:  # the parsers raise many kinds of exceptions
        raise MeshReadError(
            f"the {ending[1:].upper()} file is damaged", str(path), SAVE_AGAIN
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Suppress the warnings and log lines of the parsers."""
    logger = logging.getLogger("trimesh")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)


def _flattened(scene: trimesh.Scene, ending: str, path: Path, max_faces: int) -> trimesh.Trimesh:
    """Apply node transforms and put all meshes of a scene into one."""
    vertices, faces = [np.zeros((0, 3))], [np.zeros((0, 3), dtype=np.int64)]
    corners = total = 0
    for node in scene.graph.nodes_geometry:
        transform, name = scene.graph[node]
        part = scene.geometry[name]
        if not isinstance(part, trimesh.Trimesh):
            continue
        total += len(part.faces)
        check_face_count(total, max_faces, path)
        vertices.append(trimesh.transform_points(part.vertices, transform))
        turned = np.linalg.det(transform[:3, :3]) < 0.0
        faces.append((part.faces[:, ::-1] if turned else part.faces) + corners)
        corners += len(part.vertices)
    points = np.concatenate(vertices)
    if ending in {".glb", ".gltf"}:
        points = points @ MILLIMETRES_FROM_GLTF.T
    return trimesh.Trimesh(points, np.concatenate(faces), process=False)


def _cleaned(
    vertices: NDArray[np.float64], faces: NDArray[np.int64], path: Path, max_faces: int
) -> trimesh.Trimesh:
    if len(faces) == 0:
        raise EmptyMeshError("the file holds no faces", str(path), "Export it as a mesh.")
    check_face_count(len(faces), max_faces, path)
    if faces.min() < 0 or faces.max() >= len(vertices):
        raise MeshReadError("a face names a vertex that does not exist", str(path), SAVE_AGAIN)
    used = vertices[np.unique(faces)]
    if not np.isfinite(used).all():
        raise NonFiniteError("the mesh has NaN or infinite coordinates", str(path), SAVE_AGAIN)
    if np.abs(used).max() > _MAX_COORDINATE:
        raise TooLargeError(
            "the mesh reaches farther than 10 km", str(path), "Export it in millimetres."
        )
    mesh = trimesh.Trimesh(vertices.astype(np.float64), faces.astype(np.int64), process=False)
    if not mesh.is_watertight:
        mesh = merge_equal_vertices(mesh)
    mesh.remove_unreferenced_vertices()
    if len(mesh.faces) == 0:
        raise EmptyMeshError("all faces of the mesh are points or lines", str(path), SAVE_AGAIN)
    return mesh
