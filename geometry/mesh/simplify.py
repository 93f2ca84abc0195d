"""Reduce the number of faces of a solid and keep it a solid."""

from __future__ import annotations

from collections.abc import Iterator

import fast_simplification
import igl
import numpy as np
import trimesh

from caddis.geometry.errors import ConfigError
from caddis.geometry.mesh.clean import clean_shells
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld

MIN_FACES = 4
TOLERANCE = 0.05
# Multiples of the wanted count to try: where one leaves faces crossing, another may not.
_NEARBY = (1.0, 0.98, 1.02, 0.96, 1.04)
# The default of fast_simplification, 7, deletes thin legs. It is tried on meshes that are not
# clean, where it may come closer to the wanted count.
_AGGRESSION = 3
_DEFAULT_AGGRESSION = 7


def simplify(mesh: trimesh.Trimesh, faces: int) -> trimesh.Trimesh:
    """Merge faces by quadric error (Garland and Heckbert 1997) down to about `faces`.

    fast_simplification takes 1 us per face but does not check its result: in thin places the
    surface may pinch or cross itself. In that case libigl's qslim is used, which refuses every
    edge collapse that would make the surface non-manifold or self-intersecting and takes some
    40 us per face.

    Args:
        mesh: V vertices, F faces, any unit.
        faces: Wanted number of faces, at least 4.

    Returns:
        A mesh whose count is within 5 % of `faces` if one was found, otherwise the one with the
        nearest count; compare `len(result.faces)`. If `mesh` is clean
        (`caddis.geometry.gate.is_clean`), so is the result, with as many shells; if it is not,
        the result of fast_simplification is returned as it is. A mesh that has no more faces
        than wanted is returned as a copy.

    Raises:
        ConfigError: `faces` is below 4.
    """
    if faces < MIN_FACES:
        raise ConfigError("a solid has at least 4 faces", f"faces={faces}")
    if len(mesh.faces) <= faces:
        return mesh.copy()
    quick = _with_fast_simplification(mesh, faces)
    shells = topology(weld(mesh)).shell_count
    # A lost shell would be a part deleted silently, so the numbers of shells must agree.
    if _relative_error(quick, faces) <= TOLERANCE and clean_shells(quick) == shells:
        return quick
    if not clean_shells(mesh):
        return min(
            quick,
            _with_fast_simplification(mesh, faces, _DEFAULT_AGGRESSION),
            key=lambda slim: _relative_error(slim, faces),
        )
    best = mesh
    for candidate in _qslim_candidates(mesh, faces, shells):
        if clean_shells(candidate) == shells and _relative_error(
            candidate, faces
        ) < _relative_error(best, faces):
            best = candidate
        if _relative_error(best, faces) <= TOLERANCE:
            return best
    return best.copy()


def _qslim_candidates(mesh: trimesh.Trimesh, faces: int, shells: int) -> Iterator[trimesh.Trimesh]:
    # The time of qslim grows with the faces that it starts from, so reduce them fast first.
    start = mesh
    for halfway in (4 * faces, 12 * faces):
        if halfway < len(mesh.faces) / 2:
            nearer = _with_fast_simplification(mesh, halfway)
            if clean_shells(nearer) == shells:
                start = nearer
                break
    for share in _NEARBY:
        careful = _with_qslim(start, round(share * faces))
        yield careful
        if len(careful.faces) > (1.0 + TOLERANCE) * faces:
            return  # every further collapse is refused


def _relative_error(mesh: trimesh.Trimesh, faces: int) -> float:
    return abs(len(mesh.faces) - faces) / faces


def _with_fast_simplification(
    mesh: trimesh.Trimesh, faces: int, aggression: int = _AGGRESSION
) -> trimesh.Trimesh:
    vertices, triangles = fast_simplification.simplify(
        np.ascontiguousarray(mesh.vertices, dtype=np.float32),
        np.ascontiguousarray(mesh.faces, dtype=np.int32),
        target_count=faces,
        agg=aggression,
    )
    return trimesh.Trimesh(vertices, triangles, process=False)


def _with_qslim(mesh: trimesh.Trimesh, faces: int) -> trimesh.Trimesh:
    vertices, triangles, _, _ = igl.qslim(
        np.asfortranarray(mesh.vertices, dtype=np.float64),
        np.asfortranarray(mesh.faces, dtype=np.int32),
        faces,
        True,  # block_intersections
    )
    return trimesh.Trimesh(vertices, triangles, process=False)
