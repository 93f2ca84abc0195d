"""Marching cubes in the box of a shape; of a mirrored shape only one half or quarter is meshed."""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.field import Field
from caddis.geometry.shape_frame import ShapeFrame
from caddis.geometry.surfaces.framed.flatten import flattened
from caddis.geometry.surfaces.framed.ticks import box_ticks
from caddis.geometry.surfaces.grid_surface import mesh_on_ticks
from caddis.geometry.surfaces.narrow_band import sample_on_ticks

FEWEST_CELLS = 20
"""Cells across a thin side of the box, so that a plate keeps both of its faces."""


def folded_surface(
    field: Field, frame: ShapeFrame, resolution: int, lipschitz: float, *, flat: bool
) -> trimesh.Trimesh:
    """Mesh a field on a grid that fits the box, mirrored where the frame says so.

    Args:
        field: As in `framed_surface`.
        frame: With any mirror planes, neither revolved nor extruded.
        resolution: Cells along the longest side of the box.
        lipschitz: Bound of the field's slope.
        flat: Whether faces that are flat but for ripples are made flat.

    Returns:
        A closed manifold mesh. The mirror image of a face is a face with exactly equal coordinates.
    """
    mirrored = frame.symmetry.mirrored
    ticks = box_ticks(frame.sides, mirrored, resolution, FEWEST_CELLS)
    values = sample_on_ticks(field, ticks, lipschitz)
    part = mesh_on_ticks(values, [axis.astype(np.float64) for axis in ticks], mirrored=mirrored)
    return mirror(flattened(part, mirrored) if flat else part, mirrored)


def mirror(part: trimesh.Trimesh, mirrored: tuple[bool, bool, bool]) -> trimesh.Trimesh:
    """Join a mesh and its mirror images; vertices with coordinate 0 are shared by both.

    Args:
        part: Mesh with coordinates >= 0 along the mirrored axes and open in the mirror planes. No
            face may lie in such a plane; Lorensen's table makes no such faces.
        mirrored: Which of x, y and z.
    """
    vertices: NDArray[np.float64] = np.asarray(part.vertices)
    faces: NDArray[np.int64] = np.asarray(part.faces)
    for axis in np.flatnonzero(mirrored):
        beyond = vertices[:, axis] != 0.0
        image = vertices[beyond].copy()
        image[:, axis] *= -1.0
        number = np.where(beyond, len(vertices) + np.cumsum(beyond) - 1, np.arange(len(vertices)))
        vertices = np.concatenate([vertices, image])
        faces = np.concatenate([faces, number[faces][:, ::-1]])
    return trimesh.Trimesh(vertices, faces, process=False)
