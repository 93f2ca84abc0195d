"""Read and write 3MF files with lib3mf, the library of the 3MF Consortium."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lib3mf
import numpy as np
import trimesh

from caddis.geometry.errors import EmptyMeshError, MeshReadError, OutputError
from caddis.geometry.files.atomic import atomic_path
from caddis.geometry.files.threemf_preflight import SAVE_AGAIN, check_package

APPLICATION = "Caddis"
# The UUIDs are fixed, so that the same mesh gives the same bytes. They must differ only within a
# file.
_OBJECT_UUID = "ca0d0150-0001-4000-8000-{:012x}"
_ITEM_UUID = "ca0d0150-0002-4000-8000-{:012x}"
_BUILD_UUID = "ca0d0150-0003-4000-8000-000000000000"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Part:
    """A mesh on a plate.

    Attributes:
        mesh: Vertices in millimetres.
        name: Name of the object in the file.
        at: Position of its origin on the plate, in mm.
        turned: Whether it is turned by 90 degrees about Z before it is moved.
    """

    mesh: trimesh.Trimesh
    name: str
    at: tuple[float, float, float] = (0.0, 0.0, 0.0)
    turned: bool = False


def write_3mf(
    mesh: trimesh.Trimesh, path: str | Path, *, title: str, licence: str, designer: str = ""
) -> None:
    """Write one mesh in millimetres as a 3MF file, whole or not at all.

    The file opens in lib3mf's strict reader without warnings and names its unit. The same
    input gives the same bytes.

    Args:
        mesh: Vertices in millimetres; stored with six decimals.
        path: The file to write.
        title: What the object is; the metadata "Title" and the object's name.
        licence: Under what terms the file may be used; the metadata "LicenseTerms".
        designer: Who made it; left out when empty.

    Raises:
        EmptyMeshError: The mesh has no faces.
        OutputError: The file cannot be written.
    """
    write_plate([Part(mesh, title)], path, title=title, licence=licence, designer=designer)


def write_plate(
    parts: Sequence[Part], path: str | Path, *, title: str, licence: str, designer: str = ""
) -> None:
    """Write several meshes, each an object of its own, as one 3MF file; see `write_3mf`.

    Raises:
        EmptyMeshError: There are no parts, or a part has no faces.
        OutputError: The file cannot be written.
    """
    if not parts or any(len(part.mesh.faces) == 0 for part in parts):
        raise EmptyMeshError("a mesh without faces cannot be exported", str(path))
    wrapper = lib3mf.get_wrapper()
    model = wrapper.CreateModel()
    model.SetUnit(lib3mf.ModelUnit.MilliMeter)
    metadata = {
        "Title": title,
        "Designer": designer,
        "LicenseTerms": licence,
        "Application": APPLICATION,
    }
    group = model.GetMetaDataGroup()
    for key, value in metadata.items():
        if value:
            group.AddMetaData("", key, _NOT_XML.sub("", value), "xs:string", True)
    for number, part in enumerate(parts):
        stored = model.AddMeshObject()
        stored.SetName(_NOT_XML.sub("", part.name))
        stored.SetGeometry(*_ctypes(part.mesh))
        stored.SetUUID(_OBJECT_UUID.format(number))
        model.AddBuildItem(stored, _transform(part)).SetUUID(_ITEM_UUID.format(number))
    model.SetBuildUUID(_BUILD_UUID)
    with atomic_path(Path(path)) as temporary:
        try:
            model.QueryWriter("3mf").WriteToFile(str(temporary))
        except lib3mf.ELib3MFException as error:
            raise OutputError("the 3MF file could not be written", str(path)) from error


def _transform(part: Part) -> Any:
    """Return the matrix (4, 3) by which 3MF multiplies row vectors; the last row is the shift."""
    x = (0.0, 1.0, 0.0) if part.turned else (1.0, 0.0, 0.0)
    y = (-1.0, 0.0, 0.0) if part.turned else (0.0, 1.0, 0.0)
    transform = lib3mf.Transform()
    for row, values in enumerate((x, y, (0.0, 0.0, 1.0), part.at)):
        for column, value in enumerate(values):
            transform.Fields[row][column] = value
    return transform


def _ctypes(mesh: trimesh.Trimesh) -> tuple[Any, Any]:
    vertices = np.ascontiguousarray(mesh.vertices, dtype=np.float32)
    faces = np.ascontiguousarray(mesh.faces, dtype=np.uint32)
    positions = (lib3mf.Position * len(vertices)).from_buffer_copy(vertices)
    triangles = (lib3mf.Triangle * len(faces)).from_buffer_copy(faces)
    return positions, triangles


def read_3mf(
    path: str | Path, *, max_faces: int = 5_000_000, max_bytes: int = 1 << 29
) -> trimesh.Trimesh:
    """Read all objects that a 3MF file would print, as one mesh in millimetres.

    Components and build transforms are applied, and the file's unit is converted.
    Sizes, nesting and faces are checked before lib3mf sees the file.

    Args:
        path: The file to read.
        max_faces: More faces than this are refused.
        max_bytes: More unpacked bytes than this are refused.

    Returns:
        The mesh as indexed in the file (nothing merged); vertices (V, 3) float64 in mm.

    Raises:
        MeshReadError: The file is not a 3MF file, or is damaged.
        TooLargeError: More bytes or faces than allowed, or packed like a zip bomb.
    """
    path = Path(path)
    check_package(path, max_faces=max_faces, max_bytes=max_bytes)
    model = lib3mf.get_wrapper().CreateModel()
    try:
        model.QueryReader("3mf").ReadFromFile(str(path))
        millimetres = _millimetres(model.GetUnit())
        vertices, faces = _merged(model.MergeToModel())
    except (lib3mf.ELib3MFException, UnicodeError) as error:
        raise MeshReadError("the 3MF file is damaged", str(path), SAVE_AGAIN) from error
    return trimesh.Trimesh(vertices * millimetres, faces, process=False)


def _millimetres(unit: lib3mf.ModelUnit) -> float:
    units = lib3mf.ModelUnit
    return {
        units.MicroMeter: 0.001,
        units.MilliMeter: 1.0,
        units.CentiMeter: 10.0,
        units.Inch: 25.4,
        units.Foot: 304.8,
        units.Meter: 1000.0,
    }[unit]


def _merged(model: Any) -> tuple[Any, Any]:
    """Concatenate the mesh objects of a flattened model."""
    vertices, faces, offset = [np.zeros((0, 3))], [np.zeros((0, 3), np.int64)], 0
    parts = model.GetMeshObjects()
    while parts.MoveNext():
        part = parts.GetCurrentMeshObject()
        corners, triangles = part.GetVertices(), part.GetTriangleIndices()
        packed = (lib3mf.Position * len(corners))(*corners)
        indices = (lib3mf.Triangle * len(triangles))(*triangles)
        vertices.append(np.frombuffer(packed, np.float32).reshape(-1, 3).astype(np.float64))
        faces.append(np.frombuffer(indices, np.uint32).reshape(-1, 3).astype(np.int64) + offset)
        offset += len(corners)
    return np.concatenate(vertices), np.concatenate(faces)
