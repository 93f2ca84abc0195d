"""Fields: functions from points to signed distance, negative inside."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy import ndimage

from caddis.geometry.errors import ConfigError, EmptyMeshError
from caddis.geometry.shape_frame import ShapeFrame

Points = NDArray[np.float32]
Values = NDArray[np.float32]


class Field(Protocol):
    """A signed distance, or another function with the same zero set and signs."""

    def __call__(self, points: Points) -> Values:
        """Evaluate at `points` (N, 3) float32 in the canonical frame; return (N,) float32."""
        ...


@runtime_checkable
class FramedField(Field, Protocol):
    """A field that knows the symmetry and the box of its shape.

    The field itself has that symmetry. It is positive at points farther than .004 outside the box.
    """

    @property
    def frame(self) -> ShapeFrame:
        """The symmetry and the box."""


class SolidField:
    """Exact distance to a closed mesh, signed by its generalised winding number.

    The winding number is that of Barill et al. 2018, "Fast winding numbers for soups and
    clouds", as implemented in libigl. Its sign is also right where parts overlap.

    Args:
        mesh: A closed mesh, faces outwards.

    Raises:
        EmptyMeshError: The mesh has no faces.
    """

    def __init__(self, mesh: trimesh.Trimesh) -> None:
        if len(mesh.faces) == 0:
            raise EmptyMeshError("a mesh without faces has no distance field")
        self._vertices = np.array(mesh.vertices, dtype=np.float64)
        self._faces = np.array(mesh.faces, dtype=np.int64)

    def __call__(self, points: Points) -> Values:
        """Evaluate at `points` (N, 3) in the frame of the mesh; return (N,) float32."""
        if len(points) == 0:
            return np.zeros(0, dtype=np.float32)
        queries = np.ascontiguousarray(points, dtype=np.float64)
        squared = igl.point_mesh_squared_distance(queries, self._vertices, self._faces)[0]
        # igl.signed_distance would scale by 1 - 2 w, an error of some parts in a thousand
        winding = igl.fast_winding_number(self._vertices, self._faces, queries)
        sign = np.where(np.asarray(winding).reshape(-1) > 0.5, -1.0, 1.0)
        return np.asarray(sign * np.sqrt(np.asarray(squared).reshape(-1)), dtype=np.float32)


class GridField:
    """Trilinear interpolation of values on a regular grid, clamped at its border.

    Args:
        values: (R, S, T) samples; `values[0, 0, 0]` sits at `low`, the last one at `high`.
        low: Lowest corner, a number or (3,).
        high: Highest corner, a number or (3,).

    Raises:
        ConfigError: Fewer than two samples along an axis, or `high` not above `low`.
    """

    def __init__(
        self,
        values: NDArray[np.floating],
        low: float | NDArray[np.floating],
        high: float | NDArray[np.floating],
    ) -> None:
        self._values = np.asarray(values, dtype=np.float32)
        if self._values.ndim != 3 or min(self._values.shape) < 2:
            raise ConfigError("a grid needs two samples along each of three axes", "values")
        self._low = np.broadcast_to(np.asarray(low, dtype=np.float64), (3,))
        extent = np.asarray(high, dtype=np.float64) - self._low
        if not (extent > 0.0).all():
            raise ConfigError("the grid's high corner must lie above its low corner", "low, high")
        self._per_unit = (np.array(self._values.shape) - 1) / extent

    def __call__(self, points: Points) -> Values:
        """Evaluate at `points` (N, 3); return (N,) float32."""
        index = (np.asarray(points, dtype=np.float64) - self._low) * self._per_unit
        values = ndimage.map_coordinates(self._values, index.T, order=1, mode="nearest")
        return np.asarray(values, dtype=np.float32)
