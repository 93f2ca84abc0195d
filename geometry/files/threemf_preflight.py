"""Check a 3MF package before lib3mf reads it, because a small file can expand to a huge mesh.

Two ways to do that are refused here: parts that unpack to far more than their size, and
components nested so that each level doubles the one below (lib3mf's reader visits
every copy, so 40 levels would take it hours).
"""

from __future__ import annotations

import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from xml.parsers import expat

from caddis.geometry.errors import MeshReadError, TooLargeError
from caddis.geometry.files.mesh_preflight import check_face_count

SAVE_AGAIN = "Open it in the program that made it and save it again as 3MF."
_MAX_RATIO = 200  # the XML of a mesh is compressed 5 to 30 times
_SMALL_PART = 1 << 20  # below this size a high ratio is harmless
_MAX_NESTING = 64
_CHUNK = 1 << 20
_UNPACKING_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression that zipfile does not support
    RuntimeError,  # an encrypted part
    OSError,
)

_Key = tuple[str, int]


@dataclass
class _Outline:
    """Number of triangles and components of each object, and the objects of the build list."""

    faces: dict[_Key, int] = field(default_factory=lambda: defaultdict(int))
    parts: dict[_Key, list[_Key]] = field(default_factory=lambda: defaultdict(list))
    built: list[_Key] = field(default_factory=list)


def check_package(path: Path, *, max_faces: int, max_bytes: int) -> None:
    """Refuse a 3MF package that is damaged, too large, or a bomb.

    Raises:
        MeshReadError: The file is not a zip archive, a part does not match its checksum, or
            the XML is not well formed.
        TooLargeError: More unpacked bytes, nesting or faces than allowed.
    """
    outline = _Outline()
    try:
        with zipfile.ZipFile(path) as package:
            _check_sizes(package, path, max_bytes)
            for part in package.infolist():
                _read_outline(package, part, outline)
        total, depth = _total(outline)
    except (*_UNPACKING_ERRORS, expat.ExpatError, CycleError, LookupError, ValueError) as error:
        raise MeshReadError("this is not a whole 3MF file", str(path), SAVE_AGAIN) from error
    if depth > _MAX_NESTING:
        raise TooLargeError(
            f"its parts are nested more than {_MAX_NESTING} deep", str(path), SAVE_AGAIN
        )
    check_face_count(total, max_faces, path)


def _check_sizes(package: zipfile.ZipFile, path: Path, max_bytes: int) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > max(_SMALL_PART, _MAX_RATIO * part.compress_size) for part in parts
    )
    if unpacked > max_bytes or dense:
        raise TooLargeError(
            f"the 3MF file unpacks to {unpacked / 1e6:,.0f} MB", str(path), SAVE_AGAIN
        )


def _read_outline(package: zipfile.ZipFile, part: zipfile.ZipInfo, outline: _Outline) -> None:
    """Add a part to the outline if it is a model; of other parts check only the checksum.

    zipfile reads no more than the declared size, which was checked before, and compares the
    checksum at the end. A part with a wrong declared size is therefore found here.
    """
    name = part.filename.lower()
    scanner = _scanner(name, outline) if name.endswith(".model") else None
    with package.open(part) as stream:
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            if scanner is not None:
                scanner.Parse(chunk, False)
    if scanner is not None:
        scanner.Parse(b"", True)


def _scanner(name: str, outline: _Outline) -> expat.XMLParserType:
    current: _Key = (name, 0)

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal current
        kind = element.rpartition(":")[2]
        if kind == "triangle":
            outline.faces[current] += 1
        elif kind == "object":
            current = (name, int(attributes["id"]))
        elif kind in {"component", "item"}:
            paths = (v for k, v in attributes.items() if k.rpartition(":")[2] == "path")
            target = (next(paths, name).lower().lstrip("/"), int(attributes["objectid"]))
            (outline.parts[current] if kind == "component" else outline.built).append(target)

    def refuse(*_: object) -> None:
        raise ValueError("a document type declaration has no place in a 3MF file")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _total(outline: _Outline) -> tuple[int, int]:
    """Return the number of faces with all components expanded, and the nesting depth.

    Every copy counts as at least one face, because lib3mf visits it even if it is empty.
    """
    weight: dict[_Key, int] = defaultdict(int)
    depth: dict[_Key, int] = defaultdict(int)
    for key in TopologicalSorter(outline.parts).static_order():
        parts = outline.parts.get(key, [])
        weight[key] = max(1, outline.faces.get(key, 0) + sum(weight[part] for part in parts))
        depth[key] = max((depth[part] + 1 for part in parts), default=0)
    built = sum(weight.get(key, outline.faces.get(key, 0)) for key in outline.built)
    return max(built, *weight.values(), 0), max(depth.values(), default=0)
