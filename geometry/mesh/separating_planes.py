"""Which pairs of faces does the plane of one of them keep apart, for sure and at a low price?

Most pairs of a mesh's overlapping boxes are neighbours on a smooth surface: the corners that
they do not share lie clear of each other's planes. One dot product a corner with an error bound
settles those; the exact predicates are left for the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.triangles import corners, doubled_normals

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

# The value N.v - N.a is off by less than 80 roundings of |ab| |ac| times the largest coordinate:
# 48 in N, whose six products are of rounded edges, and 32 in the two dot products.
_SLACK = 256.0 * 2.0**-53


@dataclass(frozen=True)
class Planes:
    """The faces' planes, by coordinate: numpy gathers columns several times faster than rows.

    Attributes:
        vertices: (3, V) float64 that hold float32 values.
        faces: (3, F) corners.
        normals: (3, F) twice the area long.
        offsets: (F,) normal times a point of the plane.
        slack: (F,) what a point's height above the plane may be off by.
    """

    vertices: Floats
    faces: Indices
    normals: Floats
    offsets: Floats
    slack: Floats

    def separate(self, planes: Indices, others: Indices, shared: Mask) -> Mask:
        """Tell where every corner of the other face is on one side of a face's plane.

        Args:
            planes: (M,) faces whose plane is asked.
            others: (M,) faces.
            shared: (3, M) which corners of the others belong to both faces: they lie in the
                plane, and are let pass.

        Returns:
            (M,) bool. True is certain; False may be a corner too near to the plane.
        """
        x, y, z = self.vertices
        n, m, k = (normal[planes] for normal in self.normals)
        offset, slack = self.offsets[planes], self.slack[planes]
        above, below = np.ones(len(planes), dtype=bool), np.ones(len(planes), dtype=bool)
        for corner, passes in zip(self.faces, shared, strict=True):
            point = corner[others]
            height = n * x[point] + m * y[point] + k * z[point] - offset
            above &= (height > slack) | passes
            below &= (height < -slack) | passes
        return above | below


def planes_of(vertices: Floats, faces: Indices) -> Planes:
    """Return the planes of faces (F, 3) on vertices (V, 3)."""
    triangles = corners(vertices, faces)
    a, b, c = triangles.transpose(1, 0, 2)
    normals = doubled_normals(triangles)
    sides = np.linalg.norm(b - a, axis=1) * np.linalg.norm(c - a, axis=1)
    return Planes(
        vertices=np.ascontiguousarray(vertices.T),
        faces=np.ascontiguousarray(faces.T),
        normals=np.ascontiguousarray(normals.T),
        offsets=np.einsum("fi,fi->f", normals, a),
        slack=_SLACK * float(np.abs(vertices).max(initial=0.0)) * sides,
    )
