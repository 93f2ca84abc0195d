"""VoroMesh from raw points, by way of GridPull's field: sharp edges and large flat faces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.field import GridField
from caddis.geometry.frame import canonical_transform
from caddis.geometry.surfaces.gridpull.forecast import stage_seconds
from caddis.geometry.surfaces.gridpull.memory import estimated_bytes
from caddis.geometry.surfaces.gridpull.pipeline import Distances, distances
from caddis.geometry.surfaces.gridpull.settings import Settings
from caddis.geometry.surfaces.protocols import Forecast, Progress
from caddis.geometry.surfaces.voromesh.backend import surface_in_place

Floats = NDArray[np.float64]

_FINER, _LEAST, _MOST = 4, 64, 256
"""Cells of the field for each of VoroMesh's, and their bounds."""
_FIT_SECONDS, _FIT_BYTES = 4.5e-3, 1.2e5
"""Seconds and bytes of the fit, for each of `resolution` squared."""
_KNOWN = 3.0
"""Spacings from the surface up to which GridPull's values are distances."""


@dataclass(frozen=True)
class VoroMeshFromPoints:
    """Attributes as in GridPull's `Settings`."""

    noise: float | None = None
    drop_outliers: bool = True

    @property
    def name(self) -> str:
        """The name in the registry."""
        return "voromesh"

    def from_points(
        self,
        points: Floats,
        normals: Floats | None = None,
        *,
        resolution: int = 64,
        on_step: Progress | None = None,
    ) -> trimesh.Trimesh:
        """Fit a VoroMesh to the zero set of GridPull's field; see `PointBackend.from_points`."""
        cells = _cells(resolution)
        settings = Settings(cells, noise=self.noise, drop_outliers=self.drop_outliers)
        field, fit = sum(stage_seconds(len(points), cells)), _fit_seconds(resolution)

        def on_field(done: int, steps: int) -> None:
            if on_step is not None:
                on_step(round(100.0 * field / (field + fit) * done / steps), 100)

        found = distances(points, normals, settings, on_step=on_field)
        centre, scale = canonical_transform(found.cloud.to_scan(found.samples.points))
        framed = _InFrame(found, centre, scale)
        mesh = surface_in_place(framed, resolution, centre, scale, search=cells)
        if on_step is not None:
            on_step(100, 100)
        return mesh

    def forecast(self, points: int, resolution: int) -> Forecast:
        """Return the expected cost; see `PointBackend.forecast`."""
        cells = _cells(resolution)
        seconds = sum(stage_seconds(points, cells)) + _fit_seconds(resolution)
        return Forecast(seconds, estimated_bytes(points, cells) + _FIT_BYTES * resolution**2)


def _cells(resolution: int) -> int:
    return min(max(_FINER * resolution, _LEAST), _MOST)


def _fit_seconds(resolution: int) -> float:
    return _FIT_SECONDS * resolution**2


class _InFrame:
    """The field of `found` in another frame of its scan, in the lengths of that frame."""

    def __init__(self, found: Distances, centre: Floats, scale: float) -> None:
        lattice, cloud = found.lattice, found.cloud
        values = np.clip(found.values, -_KNOWN, _KNOWN) * np.float32(lattice.spacing)
        self._field = GridField(values, lattice.low, lattice.high)
        self._factor = cloud.scale / scale
        self._shift = (centre - cloud.centre) * cloud.scale

    def __call__(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        values = self._field((points * self._factor + self._shift).astype(np.float32))
        return np.asarray(values / self._factor, dtype=np.float32)
