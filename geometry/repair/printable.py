"""Turn a generated surface into one printable part that stands on the bed."""

from __future__ import annotations

import numpy as np
import trimesh

from caddis.geometry.errors import NotSolidError
from caddis.geometry.frame import place_on_bed
from caddis.geometry.gate.profiles import Profile, named_profile
from caddis.geometry.mesh.clean import clean_shells
from caddis.geometry.mesh.manifold import from_manifold, to_manifold
from caddis.geometry.repair.flat_base import flat_base
from caddis.geometry.repair.mend import repair
from caddis.geometry.repair.remesh import remesh
from caddis.geometry.repair.result import Repaired
from caddis.geometry.repair.shells import keep_largest
from caddis.geometry.repair.thickening import thicken

# Tolerances in mm, tried in turn: details below one are merged until the surface is clean.
_SLIVERS_MM = (1e-3, 1e-2)


def make_printable(
    mesh_mm: trimesh.Trimesh,
    profile: str | Profile = "fdm",
    height_mm: float | None = None,
    *,
    thicken_walls: bool = True,
) -> Repaired:
    """Turn a closed surface, as marching cubes makes it, into one solid that prints.

    Keeps the largest body, thickens walls to the profile's minimum, cuts a flat base if there is
    too little contact, places the part on z = 0 over the origin with exactly the wanted height,
    and checks that the result is one clean surface. A surface that is not closed goes through
    `repair` first.

    Args:
        mesh_mm: V vertices, F faces, mm, Z up.
        profile: Process: "fdm", "sla", "sls" or a profile of your own.
        height_mm: Wanted extent along Z; None keeps the current one.
        thicken_walls: False leaves thin walls as they are.

    Returns:
        The mesh and the changes made to it.

    Raises:
        ConfigError: Unknown profile, or a height that is not above 0.
        EmptyMeshError: No faces.
        NonFiniteError: NaN or infinite coordinates.
        NotSolidError: No solid can be made of it.
    """
    process = named_profile(profile)
    mesh, changes = keep_largest(mesh_mm)
    try:
        to_manifold(mesh)
    except NotSolidError:
        mesh, changes = repair(mesh_mm, process)
        mesh, dropped = keep_largest(mesh)
        changes += dropped
    height = float(np.ptp(mesh.vertices[:, 2])) if height_mm is None else height_mm
    mesh = place_on_bed(mesh, height)
    if thicken_walls:
        mesh, thickened = thicken(mesh, process)
        changes += thickened
    mesh, based = flat_base(mesh, process)
    mesh, cleaned = _clean_on_bed(mesh, process, height)
    return Repaired(mesh, changes + based + cleaned)


def _clean_on_bed(mesh: trimesh.Trimesh, process: Profile, height: float) -> Repaired:
    """Place the mesh on the bed as one clean surface.

    Small details are merged only if the surface is not clean, with a growing tolerance. If that
    does not help, the mesh is rebuilt.
    """
    placed = _on_bed(mesh, height)
    if clean_shells(placed) == 1:
        return Repaired(placed)
    for tolerance in _SLIVERS_MM:
        slim = from_manifold(to_manifold(mesh).as_original().simplify(tolerance))
        slim = _on_bed(slim, height)
        if clean_shells(slim) == 1:
            merged = len(mesh.faces) - len(slim.faces)
            return Repaired(
                slim, (f"merged {merged:,} slivers, moving the surface by under {tolerance:g} mm",)
            )
    built = remesh(mesh, process, "the surface crossed itself")
    largest = keep_largest(built.mesh)
    placed = _on_bed(largest.mesh, height)
    if clean_shells(placed) != 1:
        raise NotSolidError("the surface crosses itself and could not be mended")
    return Repaired(placed, built.changes + largest.changes)


def _on_bed(mesh: trimesh.Trimesh, height: float) -> trimesh.Trimesh:
    """Place the mesh on the bed and round vertices that are almost at z = 0 to exactly 0."""
    placed = place_on_bed(mesh, height)
    vertices = np.array(placed.vertices)
    vertices[np.abs(vertices[:, 2]) < 1e-9 * height, 2] = 0.0
    return trimesh.Trimesh(vertices, placed.faces, process=False)
