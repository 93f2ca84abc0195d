"""Points on a surface with outward normals, from a mesh or a field."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.field import Field
from caddis.geometry.mesh.sampling import sample_surface

Points = NDArray[np.float64]

# The corners of a tetrahedron: four values give a gradient.
_TETRAHEDRON = np.array([[1.0, 1.0, 1.0], [1.0, -1.0, -1.0], [-1.0, 1.0, -1.0], [-1.0, -1.0, 1.0]])


@dataclass(frozen=True)
class Samples:
    """Points on a surface with outward normals.

    Attributes:
        points: (N, 3) float64, any unit.
        normals: (N, 3) float64 of length 1.
    """

    points: Points
    normals: Points

    def thinned(self, count: int) -> Samples:
        """Return the first `count` samples; random ones stay random."""
        return Samples(self.points[:count], self.normals[:count])


def from_mesh(mesh: trimesh.Trimesh, count: int, rng: np.random.Generator) -> Samples:
    """Draw samples uniformly by area from a mesh whose faces point outwards.

    The normals of a closed mesh that is inside out (its signed volume is negative) are reversed.

    Raises:
        EmptyMeshError: The mesh has no surface.
    """
    points, normals = sample_surface(mesh, count, rng)
    return Samples(points, -normals if mesh.is_watertight and mesh.volume < 0.0 else normals)


def on_field(start: Samples, field: Field, step: float) -> Samples:
    """Move samples onto the zero set of a field, with its gradient as their normal.

    This is one Newton step along the gradient, which is computed from four values at the corners
    of a tetrahedron. A sample stays as it is if the step is too long, the gradient is about zero,
    or the gradient disagrees with the sample's normal.

    Args:
        start: Samples within `step` of the zero set.
        field: Signed distance, or proportional to it; negative inside.
        step: Reach of the gradient's tetrahedron, in canonical units.
    """
    reach = 0.1 * step
    queries = start.points[:, None] + reach / np.sqrt(3.0) * _TETRAHEDRON
    flat = np.asarray(field(queries.reshape(-1, 3).astype(np.float32)), dtype=np.float64)
    values = flat.reshape(-1, 4)
    gradient = values @ _TETRAHEDRON * (np.sqrt(3.0) / (4.0 * reach))
    slope = np.sqrt(np.square(gradient).sum(axis=1))
    distance = values.mean(axis=1) / slope.clip(1e-12)
    unit = gradient / slope.clip(1e-12)[:, None]
    agrees = np.einsum("ij,ij->i", unit, start.normals) > 0.3
    good = (np.abs(distance) < step) & agrees & (slope > 1e-6)
    return Samples(
        np.where(good[:, None], start.points - distance[:, None] * unit, start.points),
        np.where(good[:, None], unit, start.normals),
    )
