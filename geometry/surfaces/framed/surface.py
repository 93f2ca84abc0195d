"""The surface of a field whose symmetry and box are known."""

from __future__ import annotations

import trimesh

from caddis.geometry.errors import ConfigError
from caddis.geometry.field import Field
from caddis.geometry.shape_frame import ShapeFrame
from caddis.geometry.surfaces.framed.folded import folded_surface
from caddis.geometry.surfaces.framed.sweeps import extruded_surface, revolved_surface
from caddis.geometry.surfaces.framed.ticks import BOX_SLACK

MIN_RESOLUTION, MAX_RESOLUTION = 4, 512


def framed_surface(
    field: Field, frame: ShapeFrame, resolution: int, *, lipschitz: float = 1.25, flat: bool = True
) -> trimesh.Trimesh:
    """Mesh the zero set of a field inside its frame.

    For a solid of revolution the profile is meshed and turned, and for an extrusion the
    cross-section is meshed and extruded along its axis. Any other shape is meshed by marching cubes
    on a grid that fits the box; of a mirrored one only a half or a quarter, which is then mirrored.

    Args:
        field: Signed distance with the symmetry of the frame, points (N, 3) float32 -> (N,),
            negative inside, positive farther than .004 outside of the box.
        frame: Symmetry and box, centred at the origin.
        resolution: Cells along the longest side of the box. Profiles and cross-sections are
            taken four times as fine, up to 512.
        lipschitz: Bound of the field's slope, see `geometry.surfaces.narrow_band.sample_on_ticks`.
        flat: Whether faces that are flat but for small ripples are made flat.

    Returns:
        A closed, manifold, outward oriented mesh, vertices (V, 3) float64, in the coordinates of
        the field. The mirror image of a vertex is a vertex, to the last bit.

    Raises:
        NoSurfaceError: The field does not change sign in the box.
        NonFiniteError: The field returned NaN or infinity.
        ConfigError: The resolution is out of range.
    """
    if not MIN_RESOLUTION <= resolution <= MAX_RESOLUTION:
        raise ConfigError(
            "the resolution is out of range",
            str(resolution),
            f"Use {MIN_RESOLUTION} to {MAX_RESOLUTION}.",
        )
    fine = min(4 * resolution, MAX_RESOLUTION)
    if frame.symmetry.revolved:
        return revolved_surface(field, frame, fine, lipschitz, flat=flat)
    if frame.symmetry.extruded is not None:
        return extruded_surface(field, frame, fine, lipschitz, flat=flat)
    return folded_surface(field, frame, resolution, lipschitz, flat=flat)


def fits(frame: ShapeFrame, bound: float) -> bool:
    """Tell whether the box of a frame, with the slack around it, is within [-bound, bound]^3."""
    return max(frame.sides) / 2.0 + BOX_SLACK <= bound
