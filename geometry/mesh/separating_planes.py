"""Find pairs of faces that the plane of one of them separates, with certainty and cheaply.

Most faces with overlapping boxes are neighbours on a smooth surface, and the corners that they
do not share lie clearly on one side of each other's planes. One dot product per corner, with an
error bound, decides those pairs; only the rest need the exact predicates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.triangles import corners, doubled_normals

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

# The error of N.v - N.a is below 80 * 2^-53 * |ab| |ac| * the largest coordinate: 48 come from N,
# whose six products multiply rounded edges, and 32 from the two dot products.
_SLACK = 256.0 * 2.0**-53


@dataclass(frozen=True)
class Planes:
    """The planes of faces, one row per coordinate, from which numpy gathers several times faster.

    Attributes:
        vertices: (3, V) float64 that hold float32 values.
        faces: (3, F) corners.
        normals: (3, F), as long as twice the area.
        offsets: (F,) dot product of the normal and a point of the plane.
        slack: (F,) bound on the error of normal . point - offset.
    """

    vertices: Floats
    faces: Indices
    normals: Floats
    offsets: Floats
    slack: Floats

    def separate(self, planes: Indices, others: Indices, shared: Mask) -> Mask:
        """Tell for each pair whether the plane of one face has the other face on one side.

        Args:
            planes: (M,) faces whose planes are tested.
            others: (M,) the other faces.
            shared: (3, M) bool, corners of the others that belong to both faces: they lie in
                the plane and are ignored.

        Returns:
            (M,) bool. True is certain; False can also mean that a corner is too near to the
            plane to decide.
        """
        x, y, z = self.vertices
        n, m, k = (normal[planes] for normal in self.normals)
        offset, slack = self.offsets[planes], self.slack[planes]
        above, below = np.ones(len(planes), dtype=bool), np.ones(len(planes), dtype=bool)
        for corner, ignored in zip(self.faces, shared, strict=True):
            point = corner[others]
            height = n * x[point] + m * y[point] + k * z[point] - offset
            above &= (height > slack) | ignored
            below &= (height < -slack) | ignored
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
