"""Compact storage of meshes: vertices on a grid, coded by Draco or as differences.

Draco (Google; Rossignac 1999, "Edgebreaker") needs 40 % fewer bytes, but drops a face when two of
its corners round to the same grid point, which can open a solid. Each mesh is therefore decoded
again after encoding. If the result is not the same solid, the second method is used: the vertices
are ordered so that neighbours are close together (reverse Cuthill-McKee 1969) and stored as
differences, as are the indices of the faces. The differences get zigzag codes
(0, -1, 1, -2, ... -> 0, 1, 2, 3, ...), whose low, middle and high bytes are stored apart for lzma.
"""

from __future__ import annotations

import lzma
import zlib

import DracoPy
import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import reverse_cuthill_mckee

from caddis.geometry.errors import DataError, NotSolidError
from caddis.geometry.mesh.manifold import to_manifold

_BITS = 12
STEPS = 2**_BITS - 2
"""Grid steps along the longest side (15 micrometres on a 60 mm print); even, so 0 is a step."""
_DRACO, _DIFFERENCES = b"D", b"d"  # the first byte of a stored mesh
_SEAL, _COUNT = 4, 4  # bytes of the checksum at the end, and of the vertex count
_SAME_VOLUME = 1e-4  # largest change of volume, in cubes of the longest side

Integers = NDArray[np.int64]


def encode(mesh: trimesh.Trimesh) -> bytes:
    """Encode a mesh in the canonical frame.

    Returns:
        Bytes from which `decode` makes the same solid. Its vertices are within half a grid step;
        the order of vertices and faces differs.
    """
    grid = np.rint((np.asarray(mesh.vertices) + 0.5) * STEPS).astype(np.int64)
    faces = np.asarray(mesh.faces, dtype=np.int64)
    mesh = _placed(grid, faces)
    if _is_solid(mesh):  # Draco's library crashes on some soups
        short = _draco(grid, faces)
        if _same_solid(_from_draco(short), mesh):
            return _sealed(_DRACO + short)
    return _sealed(_DIFFERENCES + _differences(grid, faces))


def decode(content: bytes) -> trimesh.Trimesh:
    """Decode what `encode` wrote.

    Raises:
        DataError: The bytes are damaged.
    """
    kind, rest = content[:1], content[1:-_SEAL]
    if _sealed(content[:-_SEAL]) != content:  # checked first: Draco's library may crash on them
        raise DataError("the stored mesh is damaged", "", "Copy the pack again.")
    if kind == _DRACO:
        return _from_draco(rest)
    if kind == _DIFFERENCES:
        return _from_differences(rest)
    raise DataError("the stored mesh has an unknown format", repr(kind), "Update Caddis.")


def _sealed(content: bytes) -> bytes:
    """Return the content with its checksum appended."""
    return content + zlib.crc32(content).to_bytes(_SEAL)


def _is_solid(mesh: trimesh.Trimesh) -> bool:
    try:
        to_manifold(mesh)
    except NotSolidError:
        return False
    return True


def _placed(grid: Integers, faces: Integers) -> trimesh.Trimesh:
    return trimesh.Trimesh(grid / STEPS - 0.5, faces, process=False)


def _same_solid(back: trimesh.Trimesh, mesh: trimesh.Trimesh) -> bool:
    """Tell whether a decoded mesh is a solid like the one that was encoded."""
    try:
        was, now = to_manifold(mesh), to_manifold(back)
    except NotSolidError:
        return False
    near = abs(float(was.volume()) - float(now.volume())) < _SAME_VOLUME
    return bool(was.genus() == now.genus()) and near


def _draco(grid: Integers, faces: Integers) -> bytes:
    coded = DracoPy.encode(
        grid.astype(np.float32), faces.astype(np.uint32), quantization_bits=_BITS,
        compression_level=10, quantization_range=2**_BITS - 1, quantization_origin=[0, 0, 0],
    )  # fmt: skip
    return bytes(coded)


def _from_draco(content: bytes) -> trimesh.Trimesh:
    mesh = DracoPy.decode(content)
    return _placed(np.rint(mesh.points).astype(np.int64), np.asarray(mesh.faces, dtype=np.int64))


def _differences(grid: Integers, faces: Integers) -> bytes:
    order = _order(faces, len(grid))
    rank = np.zeros(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    faces = rank[faces]
    faces = np.take_along_axis(
        faces, (faces.argmin(axis=1)[:, None] + np.arange(3)) % 3, axis=1
    )  # each face starts at its lowest index; the winding stays
    faces = faces[np.lexsort((faces[:, 1], faces[:, 0]))]
    faces[:, 1:] -= faces[:, :1]
    faces[:, 0] = np.diff(faces[:, 0], prepend=0)
    numbers = np.concatenate([np.diff(grid[order], axis=0, prepend=0), faces])
    return len(grid).to_bytes(_COUNT) + lzma.compress(_pack(numbers), format=lzma.FORMAT_ALONE)


def _from_differences(content: bytes) -> trimesh.Trimesh:
    count = int.from_bytes(content[:_COUNT])
    numbers = _unpack(lzma.decompress(content[_COUNT:]))
    grid, faces = np.cumsum(numbers[:count], axis=0), numbers[count:].copy()
    faces[:, 0] = np.cumsum(faces[:, 0])
    faces[:, 1:] += faces[:, :1]
    return _placed(grid, faces)


def _order(faces: Integers, count: int) -> Integers:
    start, end = faces.reshape(-1), np.roll(faces, 1, axis=1).reshape(-1)
    graph = coo_matrix((np.ones(len(start), dtype=np.int8), (start, end)), shape=(count, count))
    return np.asarray(reverse_cuthill_mckee(graph.tocsr(), symmetric_mode=False), dtype=np.int64)


def _pack(numbers: Integers) -> bytes:
    columns = numbers.T
    codes = np.where(columns < 0, -2 * columns - 1, 2 * columns).astype("<u4")
    return codes.reshape(-1, 1).view(np.uint8)[:, :3].T.tobytes()


def _unpack(content: bytes) -> Integers:
    planes = np.frombuffer(content, dtype=np.uint8)
    planes = planes.reshape(3, -1).astype(np.int64)
    codes = planes[0] | planes[1] << 8 | planes[2] << 16
    numbers = np.where(codes % 2 == 1, -(codes + 1) // 2, codes // 2)
    return np.ascontiguousarray(numbers.reshape(3, -1).T)
