"""Mesh solids of revolution and extrusions by turning or extruding a contour in the plane."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import trimesh
from manifold3d import CrossSection, FillRule, Manifold
from numpy.typing import NDArray

from caddis.geometry.errors import ConfigError, NoSurfaceError
from caddis.geometry.field import Field
from caddis.geometry.mesh.manifold import from_manifold
from caddis.geometry.shape_frame import ShapeFrame
from caddis.geometry.surfaces.framed.outline import Line, outline, unfolded
from caddis.geometry.surfaces.framed.straight import cleaned
from caddis.geometry.surfaces.framed.ticks import Ticks, box_ticks

_FEWEST_CELLS = 32  # along the shorter side of a profile or cross-section
_FEWEST_SEGMENTS, _MOST_SEGMENTS = 64, 192
_CHORD_ERROR = 0.25  # of a cell: how far a straight piece may stay from its arc


def revolved_surface(
    field: Field, frame: ShapeFrame, resolution: int, lipschitz: float, *, flat: bool
) -> trimesh.Trimesh:
    """Mesh a solid of revolution: its profile in the half plane (r, 0, z), turned about z.

    The segments are widened a little, so that a circle keeps its area.

    Args:
        field: As in `framed_surface`.
        frame: Of a revolved symmetry.
        resolution: Cells along the longer side of the profile.
        lipschitz: Bound of the field's slope.
        flat: Whether straight lines of the profile are freed of ripples.

    Returns:
        A closed manifold mesh.
    """
    sides = (max(frame.sides[:2]), frame.sides[2])
    ticks = _plane_ticks(sides, (True, False), resolution)

    def profile(points: NDArray[np.float32]) -> NDArray[np.float32]:
        return field(np.insert(points, 1, np.float32(0.0), axis=1))

    lines = outline(profile, ticks, (True, False), lipschitz)
    cell = _cell(ticks)
    section = _section(lines, cell, [], flat=flat)
    segments = _segments(section.bounds()[2], cell)
    turn = 2.0 * math.pi / segments
    wider = math.sqrt(turn / math.sin(turn))
    return _mesh(section.scale((wider, 1.0)).revolve(segments))


def extruded_surface(
    field: Field, frame: ShapeFrame, resolution: int, lipschitz: float, *, flat: bool
) -> trimesh.Trimesh:
    """Mesh an extrusion: its cross-section in the middle, extruded over the length of the box.

    Args:
        field: As in `framed_surface`.
        frame: Of an extruded symmetry.
        resolution: Cells along the longer side of the cross-section.
        lipschitz: Bound of the field's slope.
        flat: Whether straight lines of the cross-section are freed of ripples.

    Returns:
        A closed manifold mesh with exactly flat ends.

    Raises:
        ConfigError: The frame is not that of an extrusion.
    """
    axis = frame.symmetry.extruded
    if axis is None:
        raise ConfigError("only an extrusion can be extruded", frame.symmetry.name)
    one, two = (axis + 1) % 3, (axis + 2) % 3
    folded = (frame.symmetry.mirrored[one], frame.symmetry.mirrored[two])
    ticks = _plane_ticks((frame.sides[one], frame.sides[two]), folded, resolution)

    def cross_section(points: NDArray[np.float32]) -> NDArray[np.float32]:
        space = np.zeros((len(points), 3), dtype=np.float32)
        space[:, [one, two]] = points
        return field(space)

    lines = outline(cross_section, ticks, folded, lipschitz)
    mirrored = [at for at in range(2) if folded[at]]
    section = _section(lines, _cell(ticks), mirrored, flat=flat)
    half = frame.sides[axis] / 2.0
    mesh = _mesh(section.extrude(2.0 * half))
    vertices = np.zeros_like(mesh.vertices)
    vertices[:, [one, two]] = mesh.vertices[:, :2]
    vertices[:, axis] = np.where(mesh.vertices[:, 2] > half, half, -half)
    return trimesh.Trimesh(vertices, mesh.faces, process=False)


def _plane_ticks(
    sides: tuple[float, float], folded: tuple[bool, bool], resolution: int
) -> tuple[Ticks, Ticks]:
    one, two = box_ticks(sides, folded, resolution, _FEWEST_CELLS)
    return one, two


def _cell(ticks: tuple[Ticks, Ticks]) -> float:
    """Return the size of the larger cells."""
    return max(float(axis[1] - axis[0]) for axis in ticks)


def _section(
    lines: Sequence[Line], cell: float, mirrored: Sequence[int], *, flat: bool
) -> CrossSection:
    """Return the area within contours; nested contours are holes.

    If straightening would join or split contours, none is straightened.
    """
    plain = _area([cleaned(line, cell, straighten=False) for line in lines], mirrored)
    if not flat:
        return plain
    straight = _area([cleaned(line, cell, straighten=True) for line in lines], mirrored)
    return straight if straight.num_contour() == plain.num_contour() else plain


def _area(lines: Sequence[Line], mirrored: Sequence[int]) -> CrossSection:
    whole = list(lines)
    for axis in mirrored:
        whole = unfolded(whole, axis)
    return CrossSection([np.ascontiguousarray(line) for line in whole], FillRule.EvenOdd)


def _segments(radius: float, cell: float) -> int:
    """Return the number of segments of a circle, a multiple of four."""
    ratio = min(_CHORD_ERROR * cell / max(radius, 1e-9), 1.0)
    count = math.ceil(math.pi / math.acos(1.0 - ratio) / 4.0) * 4
    return min(max(count, _FEWEST_SEGMENTS), _MOST_SEGMENTS)


def _mesh(solid: Manifold) -> trimesh.Trimesh:
    if solid.is_empty():
        raise NoSurfaceError("the solid is thinner than the grid that samples it")
    return from_manifold(solid)
