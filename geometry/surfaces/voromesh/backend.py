"""VoroMesh as a surface back-end: a clean mesh from a field."""

from __future__ import annotations

from dataclasses import dataclass

import trimesh

from caddis.geometry.field import Field
from caddis.geometry.surfaces.protocols import DEFAULT_BOUND
from caddis.geometry.surfaces.voromesh.extract import extract_refitted
from caddis.geometry.surfaces.voromesh.fit import fit_field


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
        self, field: Field, resolution: int, *, bound: float = DEFAULT_BOUND
    ) -> trimesh.Trimesh:
        """Mesh the zero set of `field`; see `SurfaceBackend.from_field`."""
        fitted = fit_field(field, resolution, bound=bound, seed=self.seed)
        return extract_refitted(fitted.voromesh, fitted.samples)
