"""The protocols of surface back-ends, which make meshes of fields or of points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.field import Field
from caddis.geometry.frame import BOX_HALF_WIDTH


class SurfaceBackend(Protocol):
    """A way to turn a field into a closed mesh.

    Methods that work on a grid or on sites sample the field where they need it. Methods that
    start from points implement `PointBackend`.
    """

    @property
    def name(self) -> str:
        """The name in the registry and on the command line."""

    def from_field(
        self, field: Field, resolution: int, *, bound: float = BOX_HALF_WIDTH
    ) -> trimesh.Trimesh:
        """Mesh the zero set of `field` in the box [-bound, bound]^3.

        Args:
            field: Signed distance, points (N, 3) float32 -> (N,), negative inside.
            resolution: Cells along one side of the box, or an equivalent density of sites.
            bound: Half-width of the box in canonical units.

        Returns:
            A closed, outward oriented mesh in canonical coordinates. A solid that would
            leave the box is cut at its border.

        Raises:
            NoSurfaceError: The field does not change sign in the box.
            NonFiniteError: The field returns NaN or infinity.
            ConfigError: The resolution or the bound is out of range.
        """


Progress = Callable[[int, int], None]
"""Called with the number of finished steps and that of all steps, or with percentages and 100."""


@dataclass(frozen=True)
class Forecast:
    """Expected cost of a reconstruction on one free core, right within a factor of about two.

    Attributes:
        seconds: Seconds of processor time.
        size: Bytes of memory.
    """

    seconds: float
    size: float


class PointBackend(Protocol):
    """A way to turn raw points into a closed mesh."""

    @property
    def name(self) -> str:
        """The name in the registry and on the command line."""

    def from_points(
        self,
        points: NDArray[np.float64],
        normals: NDArray[np.float64] | None = None,
        *,
        resolution: int = 256,
        on_step: Progress | None = None,
    ) -> trimesh.Trimesh:
        """Mesh the surface that points lie on.

        Args:
            points: (N, 3), any unit, at least 32.
            normals: (N, 3) of any length, or None when unknown.
            resolution: Cells along the longest side, or an equivalent density of sites.
            on_step: Called after each step with the progress.

        Returns:
            A closed, outward oriented mesh in the unit and place of the points.

        Raises:
            InputError: Too few points, NaN, a wrong shape, or too many for the memory.
            NotSolidError: The points lie in a plane or enclose nothing.
        """

    def forecast(self, points: int, resolution: int) -> Forecast | None:
        """Return the expected cost for a number of points; None if it is not predictable."""
