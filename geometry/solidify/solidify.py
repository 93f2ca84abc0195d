"""Make one closed solid of any mesh, so that its signed distance is well defined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray
from skimage import measure

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError, NotSolidError
from caddis.geometry.frame import BOX_HALF_WIDTH, to_canonical
from caddis.geometry.grid import Grid
from caddis.geometry.mesh.bodies import BodyCount, certify
from caddis.geometry.solidify.column_winding import column_winding
from caddis.geometry.solidify.inside import distrust, inside_or_outside
from caddis.geometry.solidify.least_walls import thicken_field
from caddis.geometry.solidify.near_distances import surface_band
from caddis.geometry.solidify.patches import find_patches

MIN_EXTENT = 0.004
"""Least shortest side of a solid (longest side 1); a flatter mesh is a picture, not a solid."""
MIN_VOLUME = 2e-4
"""Least volume of a solid, longest side 1."""


@dataclass(frozen=True)
class SolidStats:
    """Statistics of one run of `solidify`.

    Attributes:
        faces_before: Faces of the given mesh.
        faces: Faces of the solid.
        closed_patches: Patches that were solids already.
        open_patches: Patches that were sheets or soup.
        bodies: Separate bodies that were kept.
        specks: Bodies that were dropped as too small.
        volume: Volume of the solid, longest side 1.
    """

    faces_before: int
    faces: int
    closed_patches: int
    open_patches: int
    bodies: int
    specks: int
    volume: float


@dataclass(frozen=True)
class Solid:
    """A closed, manifold, outward mesh in the canonical frame, and statistics of its making."""

    mesh: trimesh.Trimesh
    stats: SolidStats


def solidify(
    mesh: trimesh.Trimesh,
    *,
    resolution: int = 96,
    sheet_thickness: float = 0.02,
    closing: float = 1.25,
    max_faces: int = 2500,
) -> Solid:
    """Turn a triangle soup into a closed solid; normals and inner walls do not matter.

    1. Weld, orient, and sort the surface into closed patches and open ones.
    2. A node is inside if closed patches wind around it, or if no path from the border of the
       box reaches it without coming nearer to the surface than `closing` grid steps. So gaps
       narrower than twice that are sealed, and enclosed space is filled.
    3. Where a wall is thinner than `sheet_thickness`, which includes open sheets, both of its
       sides move outwards by half of the missing thickness. Thick parts keep their size.
    4. Marching cubes makes a mesh, of which tiny bodies are dropped and faces are merged.

    Args:
        mesh: Any triangle mesh with Z up, in any unit.
        resolution: Grid nodes along a side of the box [-0.55, 0.55]^3.
        sheet_thickness: Least wall in the canonical frame (0.02 is 1.2 mm on a 60 mm print).
        closing: Half the width of the widest gap that is sealed, in grid steps.
        max_faces: Largest number of faces; they are merged more and more coarsely to reach it.

    Raises:
        NotSolidError: It cannot be made into a solid; the message is the reason.
        ConfigError: An option is out of its range.
    """
    if resolution < 16 or sheet_thickness < 0.0 or closing < 0.5:
        raise ConfigError(
            "solidify needs resolution >= 16, sheet_thickness >= 0 and closing >= 0.5"
        )
    patches = find_patches(_checked_canonical(mesh))
    spacing = 2.0 * BOX_HALF_WIDTH / (resolution - 1)
    margin = sheet_thickness + 2.0 * closing * spacing
    grid = Grid.around(patches.vertices, spacing, margin)
    band = surface_band(patches, grid)
    closed = np.concatenate([patches.vertices[patches.faces[patches.closed]], patches.caps])
    winding = column_winding(closed, grid)
    patches = distrust(patches, band, winding)
    sign = inside_or_outside(patches, band, winding, closing * spacing)
    values = thicken_field(patches, band, sign, sheet_thickness)
    solid, bodies = _extract(values, grid, max_faces)
    stats = SolidStats(
        faces_before=len(mesh.faces),
        faces=len(solid.faces),
        closed_patches=patches.num_closed,
        open_patches=patches.num_open,
        bodies=bodies.kept,
        specks=bodies.dropped,
        volume=float(solid.volume),
    )
    return Solid(solid, stats)


def _checked_canonical(mesh: trimesh.Trimesh) -> trimesh.Trimesh:
    if len(mesh.faces) == 0:
        raise NotSolidError("no faces")
    try:
        canonical = to_canonical(mesh)
    except NonFiniteError as error:
        raise NotSolidError("NaN or infinite coordinates") from error
    except EmptyMeshError as error:
        raise NotSolidError("no extent") from error
    extents = np.sort(np.ptp(canonical.vertices, axis=0))
    if extents[1] < 0.03:
        raise NotSolidError("needle: two sides under 3 % of the longest")
    if extents[0] < MIN_EXTENT:
        raise NotSolidError("flat: one side under 0.4 % of the longest")
    return canonical


def _extract(
    values: NDArray[np.float32], grid: Grid, max_faces: int
) -> tuple[trimesh.Trimesh, BodyCount]:
    if not (values < 0.0).any():
        raise NotSolidError("nothing inside: the field is never negative")
    vertices, faces, _, _ = measure.marching_cubes(  # type: ignore[no-untyped-call]
        values, 0.0, spacing=(grid.spacing,) * 3
    )
    vertices = vertices.astype(np.float64) + grid.low
    raw = trimesh.Trimesh(vertices, faces.astype(np.int64), process=False)
    solid, bodies = certify(raw, max_faces)
    solid = to_canonical(solid)
    if solid.volume < MIN_VOLUME:
        raise NotSolidError("volume too small")
    return solid, bodies
