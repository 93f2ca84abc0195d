"""A field's surface in one piece: thin necks that the field just misses are grown shut.

A field that was learned is unsure of thin parts, and the leg of a table then breaks off by
less than the width of a line. Meshing at a small positive distance gives it back.
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
"""Share of the surface on the largest body from which a shape counts as one piece."""
LEVELS = (0.0, 0.004, 0.008, 0.012)
"""Distances that are tried, of the longest side; the last is 0.7 mm on a part of 60 mm."""


@dataclass(frozen=True)
class Connected:
    """A surface and how much of it hangs together.

    Attributes:
        mesh: Closed mesh in the frame of the field.
        level: Distance at which it was taken; above 0 the shape is grown by as much.
        share: Share of the surface of all bodies that is the largest one's, 0 to 1.
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
        The surface; if none of the levels makes it one piece, the one whose largest body has
        the largest share, and of equals the least grown: growth that does not help is damage.

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
    """Return the share (0 to 1) of the surface of all bodies that is the largest body's.

    By surface, since by volume a lost leg would weigh nothing. Cavities are no bodies.
    """
    welded = weld(mesh)
    shells = topology(welded)
    areas = welded.doubled_areas
    bodies = np.bincount(shells.shell, weights=areas)[shells.shell_volumes > 0.0]
    return float(bodies.max() / bodies.sum()) if len(bodies) else 0.0


def _grown(field: Field, level: float) -> Field:
    """Return the field of a shape grown by `level`; it keeps what is known of the frame."""
    if level == 0.0:
        return field
    return _FramedGrown(field, level) if isinstance(field, FramedField) else _Grown(field, level)


class _Grown:
    """A field less a constant."""

    def __init__(self, field: Field, level: float) -> None:
        self._field, self._level = field, np.float32(level)

    def __call__(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(self._field(points) - self._level, dtype=np.float32)


class _FramedGrown(_Grown):
    """The same with the frame of the field, its box grown alike."""

    def __init__(self, field: FramedField, level: float) -> None:
        super().__init__(field, level)
        x, y, z = (side + 2.0 * level for side in field.frame.sides)
        self.frame = ShapeFrame(field.frame.symmetry, (x, y, z))
