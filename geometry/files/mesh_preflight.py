"""Check before parsing whether a mesh file is complete, of its format and not too large.

The checks only read headers and count bytes, so a file that holds ten million faces, or claims
to, is refused before memory is spent on it.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caddis.geometry.errors import EmptyMeshError, MeshReadError, TooLargeError

SAVE_AGAIN = "Open it in the program that made it and save it again."
_BINARY_STL_HEADER = 84
_BINARY_STL_FACE = 50


def check_face_count(faces: int, max_faces: int, path: Path) -> None:
    """Raise TooLargeError when there are more faces than allowed."""
    if faces > max_faces:
        raise TooLargeError(
            f"the mesh has {faces:,} faces, more than {max_faces:,}",
            str(path),
            "Simplify it first.",
        )


def check_content(content: bytes, path: Path, ending: str, max_faces: int) -> None:
    """Check the bytes of a mesh file against its ending.

    Args:
        content: The whole file.
        path: Its name, for the message.
        ending: One of the endings that `mesh_io` reads, except ".3mf".
        max_faces: More faces than this are refused.

    Raises:
        MeshReadError: The file is cut off or not of the format that its ending names.
        EmptyMeshError: The header says that there are no faces.
        TooLargeError: The header or the text declares more faces than allowed.
    """
    check_face_count(_CHECKS[ending](content, path), max_faces, path)


def _stl(content: bytes, path: Path) -> int:
    promised = (
        struct.unpack_from("<I", content, 80)[0] if len(content) >= _BINARY_STL_HEADER else -1
    )
    present = (len(content) - _BINARY_STL_HEADER) / _BINARY_STL_FACE
    if promised == present:
        return int(promised)
    if content[:512].lstrip().lower().startswith(b"solid") and b"\0" not in content[:512]:
        return _ascii_stl(content.lower(), path)
    if promised < 0 or b"\0" not in content[:512]:
        raise MeshReadError(
            "this is not an STL file, or its beginning is missing", str(path), SAVE_AGAIN
        )
    if promised > present:
        raise MeshReadError(
            f"the STL file is cut off: {promised:,} faces promised, {int(present):,} present",
            str(path),
            "Copy or export it again.",
        )
    return int(promised)


def _ascii_stl(text: bytes, path: Path) -> int:
    if b"endsolid" not in text:
        raise MeshReadError(
            "the STL file is cut off: its last line is missing",
            str(path),
            "Copy or export it again.",
        )
    return text.count(b"endfacet")


def _ply(content: bytes, path: Path) -> int:
    end = content.find(b"end_header", 0, 1 << 20)
    if not content.startswith(b"ply") or end < 0:
        raise MeshReadError("this is not a PLY file: it has no PLY header", str(path), SAVE_AGAIN)
    elements = re.findall(rb"^\s*element\s+(\S+)\s+(\d{1,18})\s*$", content[:end], re.MULTILINE)
    counts = {name.decode("ascii", "replace"): int(count) for name, count in elements}
    return _declared(counts, "vertex", "face", content, path)


def _off(content: bytes, path: Path) -> int:
    header = re.match(
        rb"\s*(?:#[^\n]*\n\s*)*OFF\s+(?:#[^\n]*\n\s*)*(\d{1,18})\s+(\d{1,18})", content[:4096]
    )
    if header is None:
        raise MeshReadError("this is not an OFF file: it has no OFF header", str(path), SAVE_AGAIN)
    counts = {"vertex": int(header[1]), "face": int(header[2])}
    return _declared(counts, "vertex", "face", content, path)


def _declared(counts: dict[str, int], vertex: str, face: str, content: bytes, path: Path) -> int:
    """Return the declared number of faces.

    Every element takes at least one byte, so a file with fewer bytes than elements is cut off.
    """
    if counts.get(vertex, 0) == 0 or counts.get(face, 0) == 0:
        raise EmptyMeshError("the file holds no faces", str(path), "Export it as a mesh.")
    if max(counts.values()) > len(content):
        raise MeshReadError(
            f"the file is cut off: its header promises {counts[face]:,} faces",
            str(path),
            SAVE_AGAIN,
        )
    return counts[face]


def _obj(content: bytes, path: Path) -> int:
    if b"\0" in content[:4096]:
        raise MeshReadError("this is not an OBJ file: it is not text", str(path), SAVE_AGAIN)
    if re.search(rb"^\s*v\s+[-+.\d]", content, re.MULTILINE) is None:
        raise MeshReadError(
            "this is not an OBJ file: it has no vertex lines", str(path), SAVE_AGAIN
        )
    faces = sum(content.count(start) for start in (b"\nf ", b"\nf\t")) + content.startswith(b"f ")
    if faces == 0:
        raise EmptyMeshError("the file holds no faces", str(path), "Export it as a mesh.")
    return faces


def _glb(content: bytes, path: Path) -> int:
    if len(content) < 20 or not content.startswith(b"glTF"):
        raise MeshReadError("this is not a GLB file: it has no glTF header", str(path), SAVE_AGAIN)
    length, json_length = (
        struct.unpack_from("<4xI", content, 4)[0],
        struct.unpack_from("<I", content, 12)[0],
    )
    if length > len(content) or 20 + json_length > len(content):
        raise MeshReadError(
            f"the GLB file is cut off: {length:,} bytes promised, {len(content):,} present",
            str(path),
            "Copy or export it again.",
        )
    return _gltf(content[20 : 20 + json_length], path)


def _gltf(content: bytes, path: Path) -> int:
    """Count the triangles of a glTF document, with every instance; too many rather than too few."""
    try:
        document = json.loads(content)
        accessors = document.get("accessors", [])
        faces = [_primitive_faces(mesh, accessors) for mesh in document.get("meshes", [])]
        shown = [faces[node["mesh"]] for node in document.get("nodes", []) if "mesh" in node]
        external = [b.get("uri", "") for b in document.get("buffers", []) if "uri" in b]
        largest = max((int(a["count"]) for a in accessors), default=0)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise MeshReadError("the glTF document is damaged", str(path), SAVE_AGAIN) from error
    if not all(uri.startswith("data:") for uri in external):
        raise MeshReadError(
            "the glTF file keeps its mesh in another file, which is not opened",
            str(path),
            "Save it as one GLB file.",
        )
    return int(max(sum(shown), sum(faces), largest // 3))


def _primitive_faces(mesh: dict[str, Any], accessors: list[dict[str, Any]]) -> int:
    total = 0
    for primitive in mesh["primitives"]:
        index = primitive.get("indices", primitive["attributes"]["POSITION"])
        total += int(accessors[index]["count"]) // 3
    return total


_CHECKS: dict[str, Callable[[bytes, Path], int]] = {
    ".stl": _stl,
    ".ply": _ply,
    ".off": _off,
    ".obj": _obj,
    ".glb": _glb,
    ".gltf": _gltf,
}
