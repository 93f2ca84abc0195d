"""Mesh a field in one piece, at a small positive distance where thin parts have come off.

A learned field is uncertain at thin parts, so that the leg of a table may be separated by less than
the width of a printed line. Meshing at a small positive distance joins it again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.field import Field, FramedField
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld
from caddis.geometry.shape_frame import ShapeFrame
from caddis.geometry.surfaces.protocols import SurfaceBackend

WHOLE = 0.996
"""A shape counts as one piece if its largest body has at least this share of the surface."""
LEVELS = (0.0, 0.004, 0.008, 0.012)
"""Distances to try, as shares of the longest side; the last is 0.7 mm on a part of 60 mm."""


@dataclass(frozen=True)
class Connected:
    """A surface and the share of its largest connected body.

    Attributes:
        mesh: Closed mesh in the frame of the field.
        level: Value of the field at the surface; the shape is grown by this distance.
        share: Area of the largest body over that of all bodies, 0 to 1.
    """

    mesh: trimesh.Trimesh
    level: float
    share: float


def connected_surface(field: Field, surface: SurfaceBackend, resolution: int) -> Connected:
    """Mesh `field` at the smallest of `LEVELS` at which it is one piece.

    Args:
        field: Signed distance, points (N, 3) float32 -> (N,), negative inside.
        surface: The back-end that meshes it.
        resolution: Cells along the side of the box, as `SurfaceBackend.from_field` takes it.

    Returns:
        The surface. If no level makes it one piece, the one whose largest body has the largest
        share; among equal shares the lowest level, because growing changes the shape.

    Raises:
        NoSurfaceError: The field does not change sign.
        NonFiniteError: The field returns NaN or infinity.
    """
    tried = []
    for level in LEVELS:
        mesh = surface.from_field(_grown(field, level), resolution)
        tried.append(Connected(mesh, level, largest_share(mesh)))
        if tried[-1].share >= WHOLE:
            return tried[-1]
    return max(tried, key=lambda found: (round(found.share, 2), -found.level))


def largest_share(mesh: trimesh.Trimesh) -> float:
    """Return the area of the largest body over that of all bodies, 0 to 1.

    Areas are compared because the volume of a separated leg is negligible. Cavities are not
    counted as bodies.
    """
    welded = weld(mesh)
    shells = topology(welded)
    areas = welded.doubled_areas
    bodies = np.bincount(shells.shell, weights=areas)[shells.shell_volumes > 0.0]
    return float(bodies.max() / bodies.sum()) if len(bodies) else 0.0


def _grown(field: Field, level: float) -> Field:
    """Return the field of a shape grown by `level`, with the grown frame if the field has one."""
    if level == 0.0:
        return field
    return _FramedGrown(field, level) if isinstance(field, FramedField) else _Grown(field, level)


class _Grown:
    """A field minus a constant."""

    def __init__(self, field: Field, level: float) -> None:
        self._field, self._level = field, np.float32(level)

    def __call__(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(self._field(points) - self._level, dtype=np.float32)


class _FramedGrown(_Grown):
    """A framed field minus a constant, with the box grown by the same distance."""

    def __init__(self, field: FramedField, level: float) -> None:
        super().__init__(field, level)
        x, y, z = (side + 2.0 * level for side in field.frame.sides)
        self.frame = ShapeFrame(field.frame.symmetry, (x, y, z))
