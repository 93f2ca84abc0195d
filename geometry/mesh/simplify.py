"""Fewer faces, still a solid."""

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
# Other counts within the tolerance, for when the wanted one leaves two faces crossing.
_NEARBY = (1.0, 0.98, 1.02, 0.96, 1.04)
# fast_simplification's default of 7 takes thin legs away.
_AGGRESSION = 3
_LAST_RESORT = 7


def simplify(mesh: trimesh.Trimesh, faces: int) -> trimesh.Trimesh:
    """Merge faces by quadric error (Garland and Heckbert 1997) down to about `faces`.

    fast_simplification does most of the work at 1 us per face, but it does not look where it
    goes: in thin places its surface pinches or crosses itself. What it cannot do cleanly is
    left to libigl's qslim, which refuses every collapse that would make the surface
    non-manifold or crossed, at some 40 us per face.

    Args:
        mesh: V vertices, F faces, any unit.
        faces: Wanted number of faces, at least 4.

    Returns:
        A mesh whose count is within 5 % of `faces` if one was found, else the nearest that was;
        compare `len(result.faces)`. If `mesh` is clean (`caddis.geometry.gate.is_clean`), so is the
        result, with as many shells; if it is not, the result is as good as
        fast_simplification makes it. A mesh that has no more faces than wanted is returned
        as a copy.

    Raises:
        ConfigError: `faces` is below 4.
    """
    if faces < MIN_FACES:
        raise ConfigError("a solid has at least 4 faces", f"faces={faces}")
    if len(mesh.faces) <= faces:
        return mesh.copy()
    quick = _fast(mesh, faces)
    shells = topology(weld(mesh)).shell_count
    # A shell that vanished would be a part deleted in silence, so the numbers must agree.
    if _miss(quick, faces) <= TOLERANCE and clean_shells(quick) == shells:
        return quick
    if not clean_shells(mesh):
        return min(quick, _fast(mesh, faces, _LAST_RESORT), key=lambda slim: _miss(slim, faces))
    best = mesh
    for candidate in _careful_candidates(mesh, faces, shells):
        if clean_shells(candidate) == shells and _miss(candidate, faces) < _miss(best, faces):
            best = candidate
        if _miss(best, faces) <= TOLERANCE:
            return best
    return best.copy()


def _careful_candidates(
    mesh: trimesh.Trimesh, faces: int, shells: int
) -> Iterator[trimesh.Trimesh]:
    # qslim's time goes with the faces that it starts from: let the fast one go first.
    start = mesh
    for halfway in (4 * faces, 12 * faces):
        if halfway < len(mesh.faces) / 2:
            nearer = _fast(mesh, halfway)
            if clean_shells(nearer) == shells:
                start = nearer
                break
    for share in _NEARBY:
        careful = _careful(start, round(share * faces))
        yield careful
        if len(careful.faces) > (1.0 + TOLERANCE) * faces:
            return  # every further collapse is refused


def _miss(mesh: trimesh.Trimesh, faces: int) -> float:
    return abs(len(mesh.faces) - faces) / faces


def _fast(mesh: trimesh.Trimesh, faces: int, aggression: int = _AGGRESSION) -> trimesh.Trimesh:
    vertices, triangles = fast_simplification.simplify(
        np.ascontiguousarray(mesh.vertices, dtype=np.float32),
        np.ascontiguousarray(mesh.faces, dtype=np.int32),
        target_count=faces,
        agg=aggression,
    )
    return trimesh.Trimesh(vertices, triangles, process=False)


def _careful(mesh: trimesh.Trimesh, faces: int) -> trimesh.Trimesh:
    vertices, triangles, _, _ = igl.qslim(
        np.asfortranarray(mesh.vertices, dtype=np.float64),
        np.asfortranarray(mesh.faces, dtype=np.int32),
        faces,
        True,  # block_intersections
    )
    return trimesh.Trimesh(vertices, triangles, process=False)
