"""VoroMesh as a surface back-end: a clean mesh from a field."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.field import Field
from caddis.geometry.frame import BOX_HALF_WIDTH
from caddis.geometry.surfaces.voromesh.extract import extract_refitted
from caddis.geometry.surfaces.voromesh.fit import fit_field
from caddis.geometry.surfaces.voromesh.samples import Samples

Points = NDArray[np.float64]


@dataclass(frozen=True)
class VoroMeshBackend:
    """Fit a VoroMesh to the field's zero set and extract it.

    Args:
        seed: Of the samples.
    """

    seed: int = 0

    @property
    def name(self) -> str:
        """The name in the registry."""
        return "voromesh"

    def from_field(
        self, field: Field, resolution: int, *, bound: float = BOX_HALF_WIDTH
    ) -> trimesh.Trimesh:
        """Mesh the zero set of `field`; see `SurfaceBackend.from_field`."""
        fitted = fit_field(field, resolution, bound=bound, seed=self.seed)
        return extract_refitted(fitted.voromesh, fitted.samples)


def surface_in_place(
    field: Field, resolution: int, centre: Points, scale: float, *, search: int | None = None
) -> trimesh.Trimesh:
    """Mesh a field of the canonical frame in the unit and place that the frame was made from.

    The generators and samples are moved before the surface is extracted, so that the test for
    self-intersections sees the coordinates that a file in that unit will hold.

    Args:
        field: Signed distance in the canonical frame, negative inside.
        resolution: Cells along the longest side, or an equivalent density of generators.
        centre: (3,) as `frame.canonical_transform` gives it.
        scale: Canonical lengths per length of that unit.
        search: See `fit_field`.

    Returns:
        A closed, manifold, outward oriented mesh without self-intersections, with vertices that
        hold float32 values.

    Raises:
        NoSurfaceError: The field does not change sign.
        NonFiniteError: The field returns NaN or infinity.
        ConfigError: The resolution is out of range.
    """
    fitted = fit_field(field, resolution, search=search)
    samples = Samples(fitted.samples.points / scale + centre, fitted.samples.normals)
    return extract_refitted(fitted.voromesh.transformed(1.0 / scale, centre), samples)
