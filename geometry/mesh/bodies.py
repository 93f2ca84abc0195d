"""Turn marching-cubes output into a small closed manifold mesh without specks and cavities."""

from __future__ import annotations

from dataclasses import dataclass

import fast_simplification
import igl
import manifold3d
import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import NotSolidError
from caddis.geometry.mesh.manifold import from_manifold, to_manifold

MIN_BODY_SHARE = 0.002
"""A body smaller than this share of the whole volume is a speck."""
MAX_BODIES = 24
MIN_FACES = 150
_STEP = 0.6
DEVIATION = 0.0012
"""Largest RMS distance that merging faces may move the surface (longest side 1)."""


@dataclass(frozen=True)
class BodyCount:
    """Bodies kept and specks dropped."""

    kept: int
    dropped: int


def certify(mesh: trimesh.Trimesh, max_faces: int) -> tuple[trimesh.Trimesh, BodyCount]:
    """Drop specks and cavities, merge faces, and make sure that the result is a manifold.

    Args:
        mesh: A closed mesh, faces outwards, longest side about 1.
        max_faces: Faces are merged to about this number, then further while the surface moves
            by at most 0.12 % of the longest side (root mean square).

    Raises:
        NotSolidError: Not a manifold, or more than 24 bodies.
    """
    whole = to_manifold(mesh)
    parts = [part for part in whole.decompose() if part.volume() > 0.0]
    total = sum(part.volume() for part in parts)
    kept = [part for part in parts if part.volume() >= MIN_BODY_SHARE * total]
    if not kept:
        raise NotSolidError("no body with a volume")
    if len(kept) > MAX_BODIES:
        raise NotSolidError(f"more than {MAX_BODIES} bodies")
    body = manifold3d.Manifold.compose(kept)
    return _merge_within_deviation(from_manifold(body), max_faces), BodyCount(
        len(kept), len(parts) - len(kept)
    )


def merge_faces(mesh: trimesh.Trimesh, max_faces: int) -> trimesh.Trimesh:
    """Reduce a closed manifold mesh to at most `max_faces` faces, or as near as possible.

    Faces are merged by quadric error (Garland and Heckbert 1997) in up to three passes.
    A pass whose result is not a manifold is discarded.
    """
    for _ in range(3):
        slim = _decimate(mesh, max_faces)
        if slim is None or len(slim.faces) >= len(mesh.faces):
            break
        mesh = slim
    return mesh


def _merge_within_deviation(mesh: trimesh.Trimesh, max_faces: int) -> trimesh.Trimesh:
    """Merge faces to `max_faces`, then further while the surface moves by at most `DEVIATION`."""
    probes = np.ascontiguousarray(mesh.vertices[:: max(1, len(mesh.vertices) // 3000)])
    best = merge_faces(mesh, max_faces)
    target = int(max_faces * _STEP)
    while target >= MIN_FACES:
        slim = _decimate(best, target)
        if slim is None or _deviation(probes, slim) > DEVIATION:
            break
        best = slim
        target = int(target * _STEP)
    return best


def _decimate(mesh: trimesh.Trimesh, target: int) -> trimesh.Trimesh | None:
    """Merge faces by quadric error; return None if the result is not a manifold.

    `agg=3` because the default of fast_simplification deletes thin legs.
    """
    if len(mesh.faces) <= target:
        return mesh
    vertices, faces = fast_simplification.simplify(
        mesh.vertices.astype(np.float32), mesh.faces.astype(np.int32), target_count=target, agg=3
    )
    try:
        return from_manifold(to_manifold(trimesh.Trimesh(vertices, faces, process=False)))
    except NotSolidError:
        return None


def _deviation(probes: NDArray[np.float64], mesh: trimesh.Trimesh) -> float:
    """Root mean square distance of points to a mesh."""
    squared = igl.point_mesh_squared_distance(
        probes, np.array(mesh.vertices), np.array(mesh.faces)
    )[0]
    return float(np.sqrt(np.mean(squared)))
