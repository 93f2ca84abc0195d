"""Marching cubes as a surface back-end; its meshes are closed and manifold for any field."""

from __future__ import annotations

from dataclasses import dataclass

import trimesh

from caddis.geometry.errors import ConfigError
from caddis.geometry.field import Field, FramedField
from caddis.geometry.frame import BOX_HALF_WIDTH
from caddis.geometry.surfaces.framed import fits, framed_surface
from caddis.geometry.surfaces.grid_surface import mesh_from_grid
from caddis.geometry.surfaces.narrow_band import sample_near_surface

__all__ = ["MAX_RESOLUTION", "MIN_RESOLUTION", "MarchingCubes", "mesh_from_grid"]

MIN_RESOLUTION, MAX_RESOLUTION = 4, 512  # 513^3 corners: about 1.5 GB while meshing


@dataclass(frozen=True)
class MarchingCubes:
    """Marching cubes (Lorensen and Cline 1987) on a grid sampled only near the surface.

    Args:
        lipschitz: Bound of the field's slope that `sample_near_surface` relies on; 1
            for a true signed distance. Larger is safer and costs evaluations.
    """

    lipschitz: float = 1.25

    @property
    def name(self) -> str:
        """The name in the registry."""
        return "marching-cubes"

    def from_field(
        self, field: Field, resolution: int, *, bound: float = BOX_HALF_WIDTH
    ) -> trimesh.Trimesh:
        """Mesh the zero set of `field`; see `SurfaceBackend.from_field`.

        A field that knows its frame is meshed in it by `framed_surface`, `resolution` cells along
        the longest side of its box. That is finer for the same work, and exactly symmetric.
        """
        if not MIN_RESOLUTION <= resolution <= MAX_RESOLUTION:
            raise ConfigError(
                "the resolution is out of range",
                str(resolution),
                f"Use {MIN_RESOLUTION} to {MAX_RESOLUTION}.",
            )
        if not bound > 0.0:
            raise ConfigError("the half-width of the box must be positive", f"bound={bound}")
        if isinstance(field, FramedField) and fits(field.frame, bound):
            return framed_surface(field, field.frame, resolution, lipschitz=self.lipschitz)
        values = sample_near_surface(field, resolution, bound, self.lipschitz)
        return mesh_from_grid(values, bound)
