"""Rebuild a mesh from its distance field, when no other repair helps."""

from __future__ import annotations

import numpy as np
import trimesh

from caddis.geometry.field import SolidField
from caddis.geometry.frame import BOX_HALF_WIDTH, canonical_transform, to_canonical
from caddis.geometry.gate.profiles import Profile
from caddis.geometry.mesh.simplify import simplify
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld
from caddis.geometry.repair.result import Repaired
from caddis.geometry.solidify.solidify import solidify
from caddis.geometry.surfaces.marching_cubes import MarchingCubes

RESOLUTION = 128
# Marching cubes makes many more faces than the shape needs.
_MIN_FACES = 20_000


def remesh(
    mesh: trimesh.Trimesh, profile: Profile, reason: str, *, resolution: int = RESOLUTION
) -> Repaired:
    """Rebuild the solid by marching cubes on its signed distance.

    If the surface is closed, the winding number decides what is inside (Barill et al. 2018), so
    crossings and nested shells disappear. An open surface goes through `solidify` first, which
    gives sheets the profile's minimum wall and fills spaces that cannot be seen from outside.

    Args:
        mesh: Any mesh, mm.
        profile: Its minimum wall is the thickness of sheets.
        reason: Why the mesh is rebuilt, for the list of changes.
        resolution: Cells along a side of a box 1.1 times as wide as the mesh is long.

    Raises:
        NotSolidError: No solid can be made of the mesh.
    """
    centre, scale = canonical_transform(mesh.vertices)
    shells = topology(weld(mesh))
    if shells.open_edges or shells.badly_wound_edges or shells.shell_volumes.sum() <= 0.0:
        solid = solidify(
            mesh, resolution=resolution, sheet_thickness=profile.min_wall_mm * scale
        ).mesh
    else:
        solid = to_canonical(mesh)
    fine = MarchingCubes().from_field(SolidField(solid), resolution)
    slim = simplify(fine, max(_MIN_FACES, len(mesh.faces)))
    voxel = 2.0 * BOX_HALF_WIDTH / resolution / scale
    built = trimesh.Trimesh(np.asarray(slim.vertices) / scale + centre, slim.faces, process=False)
    change = (
        f"{reason}: re-meshed through its distance field at {voxel:.2f} mm, details below that "
        f"are lost; volume {float(mesh.volume):,.1f} -> {float(built.volume):,.1f} mm3, "
        f"{len(mesh.faces):,} -> {len(built.faces):,} faces"
    )
    return Repaired(built, (change,))
