"""Thicken walls that are thinner than a process can print."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.field import SolidField
from caddis.geometry.frame import BOX_HALF_WIDTH, canonical_transform, to_canonical
from caddis.geometry.gate.profiles import Profile
from caddis.geometry.gate.walls import thinnest_wall, walls_under
from caddis.geometry.mesh.flat_faces import without_flat_faces
from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.mesh.welded import Welded, weld
from caddis.geometry.repair.result import Repaired
from caddis.geometry.surfaces.marching_cubes import MarchingCubes
from caddis.geometry.triangles import corners, doubled_normals, unit_normals

# Grow a little beyond the minimum: normals are not exactly perpendicular to the walls, and later
# steps scale the part.
_MARGIN = 1.2
_ROUNDS = 3
# Factors that reduce the growth, in turn, where the surface still crosses itself; 0 undoes it.
_RETREATS = (0.5, 0.5, 0.0, 0.0)
_RESOLUTION = 160

Vectors = NDArray[np.float64]


def thicken(mesh: trimesh.Trimesh, profile: Profile) -> Repaired:
    """Move the surface outwards where the wall under it is thinner than the profile allows.

    Each vertex moves along its normal by half of the missing thickness, in up to three rounds,
    but by at most 0.6 of the minimum wall. Where the surface then crosses itself, vertices move
    back. If it still crosses itself, the mesh is rebuilt: the growth is subtracted from the
    signed distance, which is meshed with a voxel of 1/145 of the longest side.

    Args:
        mesh: A clean surface (`caddis.geometry.gate.is_clean`), mm.
        profile: Its minimum wall is used.

    Returns:
        The thickened mesh, or the same mesh if its thinnest wall passes the gate's check.
    """
    welded = weld(mesh)
    thin = thinnest_wall(welded)
    if thin is not None and thin >= profile.min_wall_mm:
        return Repaired(mesh)
    moves = _growth(welded, profile.min_wall_mm)
    grown = _without_crossings(welded, moves)
    how = "along its normals"
    if grown is None:
        grown, how = _rebuilt(mesh, welded.vertices, np.linalg.norm(moves, axis=1))
    amount = np.linalg.norm(moves, axis=1)
    if not amount.any():
        return Repaired(mesh)
    change = (
        f"thickened the walls under {100.0 * np.mean(amount > 0.0):.1f} % of the vertices {how}, "
        f"by up to {amount.max():.2f} mm a side, for walls of {profile.min_wall_mm:g} mm; thinnest "
        f"{_in_mm(thin)} -> {_in_mm(thinnest_wall(weld(grown)))}, volume "
        f"{float(mesh.volume):,.1f} -> {float(grown.volume):,.1f} mm3"
    )
    return Repaired(grown, (change,))


def _in_mm(wall: float | None) -> str:
    return "unknown" if wall is None else f"{wall:.2f} mm"


def _growth(welded: Welded, min_wall: float) -> Vectors:
    """Return (V, 3) the displacement of each vertex, mm."""
    grown = trimesh.Trimesh(welded.vertices, welded.faces, process=False)
    farthest = _MARGIN * min_wall / 2.0
    moves = np.zeros_like(welded.vertices)
    for _ in range(_ROUNDS):
        missing = _missing(grown, min_wall)
        if not missing.any():
            break
        moves += missing[:, None] * _vertex_normals(grown)
        length = np.linalg.norm(moves, axis=1, keepdims=True)
        moves *= np.minimum(1.0, farthest / np.maximum(length, 1e-300))
        grown = trimesh.Trimesh(welded.vertices + moves, welded.faces, process=False)
    return moves


def _without_crossings(welded: Welded, moves: Vectors) -> trimesh.Trimesh | None:
    """Apply the moves, reducing in place those that make faces cross; None if some still do."""
    for retreat in (*_RETREATS, None):
        grown = trimesh.Trimesh(welded.vertices + moves, welded.faces, process=False)
        stored = weld(grown)
        if len(stored.vertices) < len(welded.vertices):
            return None  # vertices have merged, so their numbers differ
        faces = without_flat_faces(stored.vertices, welded.faces)
        moved = (moves[faces] != 0.0).any(axis=(1, 2))
        crossing = self_intersections(stored.vertices, faces, moved=moved).pairs
        if not len(crossing):
            return grown
        if retreat is not None:
            near = np.zeros(len(moves), dtype=bool)
            near[faces[crossing]] = True
            for _ in range(2):  # include the neighbours of their neighbours
                near[welded.faces[near[welded.faces].any(axis=1)]] = True
            moves[near] *= retreat
    return None


def _missing(mesh: trimesh.Trimesh, min_wall: float) -> NDArray[np.float64]:
    """Return (V,) half of the largest thickness missing under the faces at each vertex, mm."""
    triangles = corners(mesh.vertices, mesh.faces)
    # Not the centroids: a ray that exactly hits an edge on the other side may slip through it.
    points = np.einsum("k,fki->fi", np.array([0.45, 0.35, 0.2]), triangles)
    wall, _ = walls_under(weld(mesh), points, unit_normals(triangles))
    lacking = np.where(wall < min_wall, (_MARGIN * min_wall - wall) / 2.0, 0.0)
    missing = np.zeros(len(mesh.vertices))
    np.maximum.at(missing, np.asarray(mesh.faces).reshape(-1), np.repeat(lacking, 3))
    return missing


def _vertex_normals(mesh: trimesh.Trimesh) -> NDArray[np.float64]:
    """Return (V, 3) unit normals, averaged over the adjacent faces by area."""
    vertices, faces = np.asarray(mesh.vertices), np.asarray(mesh.faces)
    weighted = doubled_normals(corners(vertices, faces))
    normals = np.zeros_like(vertices, dtype=np.float64)
    for k in range(3):
        np.add.at(normals, faces[:, k], weighted)
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.asarray(normals / np.maximum(length, 1e-300))


def _rebuilt(
    mesh: trimesh.Trimesh, vertices: NDArray[np.float64], growth: NDArray[np.float64]
) -> tuple[trimesh.Trimesh, str]:
    """Mesh the signed distance less the growth; return the mesh and the method in words.

    Args:
        mesh: A clean surface, mm.
        vertices: (V, 3) places where the growth is known, mm.
        growth: (V,) growth of the surface there, mm.
    """
    centre, scale = canonical_transform(mesh.vertices)
    distance = SolidField(to_canonical(mesh))
    nearest = cKDTree((vertices - centre) * scale)

    def offset(points: NDArray[np.float32]) -> NDArray[np.float32]:
        grown = growth[nearest.query(points)[1]] * scale
        return np.asarray(distance(points) - grown, dtype=np.float32)

    built = MarchingCubes(lipschitz=2.0).from_field(offset, _RESOLUTION)
    built.vertices = np.asarray(built.vertices) / scale + centre
    voxel = 2.0 * BOX_HALF_WIDTH / _RESOLUTION / scale
    return built, f"through its distance field at {voxel:.2f} mm"
