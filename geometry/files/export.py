"""Write a printable mesh and, in the same folder, a record of how it was made."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import trimesh

from caddis.geometry.errors import (
    EmptyMeshError,
    NonFiniteError,
    OutputError,
    UnsupportedFormatError,
)
from caddis.geometry.files.atomic import write_bytes, write_text
from caddis.geometry.files.mesh_io import MILLIMETRES_FROM_GLTF
from caddis.geometry.files.threemf import APPLICATION, write_3mf
from caddis.geometry.mesh.welded import merge_equal_vertices


@dataclass(frozen=True)
class Credits:
    """Title, licence and designer, stored in files whose format has room for them."""

    title: str
    licence: str
    designer: str = ""


def export_mesh(
    mesh: trimesh.Trimesh,
    path: str | Path,
    *,
    title: str,
    licence: str,
    designer: str = "",
    record: Mapping[str, object] | None = None,
) -> Path:
    """Write a mesh in the format that the file's ending names.

    The formats are binary STL, 3MF, OBJ, PLY (binary) and GLB. All but GLB hold
    millimetres, Z up; GLB holds metres, Y up, as glTF demands, and `load_mesh` converts
    it back. The same input gives the same bytes. Files appear whole or not at all.

    Args:
        mesh: Vertices in millimetres.
        path: The file; missing folders are made.
        title: What the object is.
        licence: Under what terms it may be used.
        designer: Who made it; may be empty.
        record: When given, `<path>.json` is written too, with these keys and the
            file's name, sha256, unit, title, licence and counts.

    Returns:
        The path written.

    Raises:
        UnsupportedFormatError: The ending is not in `WRITABLE`.
        EmptyMeshError: The mesh has no faces.
        NonFiniteError: A vertex is NaN or infinite.
        OutputError: The folder or the file cannot be written.
    """
    path = Path(path)
    ending = writable_ending(path)
    stored = as_stored(mesh)
    credit = Credits(title, licence, designer)
    _WRITERS[ending](stored, path, credit)
    if record is not None:
        about = {
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "unit": "metre" if ending == ".glb" else "millimetre",
            "application": APPLICATION,
            **asdict(credit),
            "vertices": len(stored.vertices),
            "faces": len(stored.faces),
        }
        text = json.dumps({**about, **_plain(record)}, indent=2, ensure_ascii=False)
        write_text(path.with_name(path.name + ".json"), text + "\n")
    return path


def writable_ending(path: str | Path) -> str:
    """Return the lower-case ending of `path`.

    Raises:
        UnsupportedFormatError: The ending is not in `WRITABLE`.
        OutputError: It is a folder.
    """
    ending = Path(path).suffix.lower()
    if not ending and Path(path).is_dir():
        raise OutputError("is a folder, not a file", str(path), "Name a file in it.")
    if ending not in _WRITERS:
        raise UnsupportedFormatError(
            f"cannot write files that end in '{ending}'", str(path), f"Use {', '.join(WRITABLE)}."
        )
    return ending


def as_stored(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    """Return the mesh as a file of 32-bit coordinates holds it, without collapsed faces.

    If rounding collapses a face, equal vertices are merged and collapsed faces are dropped. A
    reader that merges vertices then gets the mesh that was checked before writing.

    Raises:
        EmptyMeshError: The mesh has no faces, or all of them collapse.
        NonFiniteError: A vertex is NaN or infinite.
    """
    vertices = np.asarray(mesh.vertices, dtype=np.float64)
    if not np.isfinite(vertices).all():
        raise NonFiniteError(
            "a mesh with NaN or infinite coordinates cannot be exported", "", "Repair it first."
        )
    rounded = vertices.astype(np.float32).astype(np.float64)
    stored = trimesh.Trimesh(rounded, mesh.faces, process=False)
    if len(mesh.faces) and _collapsed(stored):
        stored = merge_equal_vertices(stored)
    if len(stored.faces) == 0:
        raise EmptyMeshError("a mesh without faces cannot be exported", "", "Give another.")
    return stored


def _collapsed(mesh: trimesh.Trimesh) -> bool:
    """Tell whether two corners of one face are at the same point."""
    corners = mesh.triangles
    return bool((corners == np.roll(corners, 1, axis=1)).all(axis=2).any())


def _write_stl(mesh: trimesh.Trimesh, path: Path, _: Credits) -> None:
    # The 80-byte header stays zero: with a date in it, the same mesh would give other bytes.
    write_bytes(path, trimesh.exchange.stl.export_stl(mesh))


def _write_3mf(mesh: trimesh.Trimesh, path: Path, credit: Credits) -> None:
    write_3mf(mesh, path, title=credit.title, licence=credit.licence, designer=credit.designer)


def _write_ply(mesh: trimesh.Trimesh, path: Path, _: Credits) -> None:
    content = trimesh.exchange.ply.export_ply(
        mesh, encoding="binary", vertex_normal=False, include_attributes=False
    )
    write_bytes(path, content)


def _write_obj(mesh: trimesh.Trimesh, path: Path, credit: Credits) -> None:
    header = " | ".join(filter(None, [APPLICATION, "mm, Z up", credit.title, credit.licence]))
    text = trimesh.exchange.obj.export_obj(  # type: ignore[no-untyped-call]
        mesh,
        include_normals=False,
        include_color=False,
        include_texture=False,
        digits=9,
        header=" ".join(header.split()),
    )
    write_bytes(path, text.encode("utf-8"))


def _write_glb(mesh: trimesh.Trimesh, path: Path, credit: Credits) -> None:
    metres = np.asarray(mesh.vertices) @ np.linalg.inv(MILLIMETRES_FROM_GLTF).T
    scene = trimesh.Scene(trimesh.Trimesh(metres, mesh.faces, process=False))

    def add_credits(tree: dict[str, Any]) -> None:
        extras = {"title": credit.title, "designer": credit.designer}
        tree["asset"] = {
            "version": "2.0",
            "generator": APPLICATION,
            "copyright": credit.licence,
            "extras": {key: value for key, value in extras.items() if value},
        }

    content = trimesh.exchange.gltf.export_glb(  # type: ignore[no-untyped-call]
        scene, include_normals=False, tree_postprocessor=add_credits
    )
    write_bytes(path, content)


_WRITERS: dict[str, Callable[[trimesh.Trimesh, Path, Credits], None]] = {
    ".stl": _write_stl,
    ".3mf": _write_3mf,
    ".obj": _write_obj,
    ".ply": _write_ply,
    ".glb": _write_glb,
}

WRITABLE = tuple(_WRITERS)
"""Endings that `export_mesh` understands."""


def _plain(value: object) -> Any:
    """Convert a record's values to JSON types; NaN and infinity become null."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)
