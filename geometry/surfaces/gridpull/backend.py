"""GridPull behind the protocol of the back-ends that start from points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.surfaces.gridpull.forecast import stage_seconds
from caddis.geometry.surfaces.gridpull.memory import estimated_bytes
from caddis.geometry.surfaces.gridpull.pipeline import reconstruct
from caddis.geometry.surfaces.gridpull.settings import Settings
from caddis.geometry.surfaces.protocols import Forecast, Progress


@dataclass(frozen=True)
class GridPull:
    """See `caddis.geometry.surfaces.gridpull.reconstruct`; attributes as in its `Settings`."""

    noise: float | None = None
    drop_outliers: bool = True

    @property
    def name(self) -> str:
        """The name in the registry."""
        return "gridpull"

    def from_points(
        self,
        points: NDArray[np.float64],
        normals: NDArray[np.float64] | None = None,
        *,
        resolution: int = 256,
        on_step: Progress | None = None,
    ) -> trimesh.Trimesh:
        """Make a closed surface of points; see `PointBackend.from_points`."""
        settings = Settings(
            resolution=resolution, noise=self.noise, drop_outliers=self.drop_outliers
        )
        return reconstruct(points, normals, settings, on_step=on_step)

    def forecast(self, points: int, resolution: int) -> Forecast:
        """Return the expected cost; see `PointBackend.forecast`."""
        seconds = sum(stage_seconds(points, resolution))
        return Forecast(seconds, estimated_bytes(points, resolution))
