"""Make a solid of a broken mesh and change as little as possible."""

from __future__ import annotations

from collections.abc import Callable

import trimesh

from caddis.geometry.errors import NotSolidError
from caddis.geometry.gate.profiles import Profile, named_profile
from caddis.geometry.mesh.clean import is_clean
from caddis.geometry.repair.flat_base import flat_base
from caddis.geometry.repair.remesh import RESOLUTION, remesh
from caddis.geometry.repair.result import Repaired
from caddis.geometry.repair.shells import drop_specks, unite
from caddis.geometry.repair.surface import drop_useless_faces, fill_holes, orient
from caddis.geometry.repair.thickening import thicken

Step = Callable[[trimesh.Trimesh], Repaired]


def repair(
    mesh_mm: trimesh.Trimesh,
    profile: str | Profile = "fdm",
    *,
    thicken_walls: bool = False,
    base: bool = False,
    resolution: int = RESOLUTION,
) -> Repaired:
    """Make a mesh a clean solid, step by step, and list what each step changed.

    1. Weld as a file would; drop faces without area and repeated faces.
    2. Flip faces that face inwards; close holes that are small compared with the surface.
    3. Unite overlapping and nested shells (manifold3d).
    4. If the mesh is still not clean, rebuild it from its distance field (`remesh`).
    5. Drop specks: bodies under 1 % of the volume of the largest. Larger bodies stay.
    6. On request, thicken walls below the profile's minimum, and cut a flat base.

    A mesh that is clean and has no specks is returned unchanged. Position and size stay the
    same, except that `base` places the part on z = 0 over the origin.

    Args:
        mesh_mm: V vertices, F faces, mm.
        profile: Process: "fdm", "sla", "sls" or a profile of your own.
        thicken_walls: Whether to thicken thin walls.
        base: Whether to cut a flat base if there is too little contact with the bed.
        resolution: Grid cells along a side, if the mesh has to be rebuilt; see `remesh`.

    Raises:
        ConfigError: Unknown profile.
        EmptyMeshError: No faces, or none with an area.
        NonFiniteError: NaN or infinite coordinates.
        NotSolidError: No solid can be made of it.
    """
    process = named_profile(profile)
    mended = _apply(Repaired(mesh_mm), drop_useless_faces, orient, fill_holes)
    mended = _solid(mended, process, resolution)
    mended = _apply(mended, drop_specks)
    if thicken_walls:
        mended = _apply(mended, lambda mesh: thicken(mesh, process))
    if base:
        mended = _apply(mended, lambda mesh: flat_base(mesh, process))
    return mended


def _apply(mended: Repaired, *steps: Step) -> Repaired:
    for step in steps:
        mesh, changes = step(mended.mesh)
        mended = Repaired(mesh, mended.changes + changes)
    return mended


def _solid(mended: Repaired, process: Profile, resolution: int) -> Repaired:
    """Unite the shells; rebuild the mesh if that does not make it clean."""
    try:
        united = _apply(mended, unite)
        if is_clean(united.mesh):
            return united
    except NotSolidError:
        pass  # not a manifold: rebuilding does not need one
    built = _apply(
        mended, lambda mesh: remesh(mesh, process, "not a clean solid", resolution=resolution)
    )
    if not is_clean(built.mesh):
        raise NotSolidError("the mesh crosses itself and could not be mended")
    return built
