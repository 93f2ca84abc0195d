"""Settings of a GridPull reconstruction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caddis.geometry.errors import ConfigError

MIN_RESOLUTION, MAX_RESOLUTION = 24, 512


@dataclass(frozen=True)
class Settings:
    """Options of `reconstruct`.

    Attributes:
        resolution: Cells along the longest side of the grid, 24 to 512. The grid of 256
            cells has 257 nodes; details of two cells remain.
        noise: Standard deviation of the points across the surface, in the scan's unit; None
            estimates it from the scan. It sets the smoothness: 0 follows every point.
        drop_outliers: Leave out points that lie on no surface.
        seed: Chooses the points that the noise is estimated from.

    Raises:
        ConfigError: A value is out of range.
    """

    resolution: int = 256
    noise: float | None = None
    drop_outliers: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        if not MIN_RESOLUTION <= self.resolution <= MAX_RESOLUTION:
            raise ConfigError(
                "the resolution is out of range",
                str(self.resolution),
                f"Use {MIN_RESOLUTION} to {MAX_RESOLUTION}.",
            )
        if self.noise is not None and not (np.isfinite(self.noise) and self.noise >= 0.0):
            raise ConfigError("the noise must be 0 or more", str(self.noise))
