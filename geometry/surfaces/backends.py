"""The surface back-ends by name; each is imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable

from caddis.geometry.errors import ConfigError
from caddis.geometry.surfaces.protocols import PointBackend, SurfaceBackend


def _marching_cubes() -> SurfaceBackend:
    from caddis.geometry.surfaces.marching_cubes import MarchingCubes

    return MarchingCubes()


def _voromesh() -> SurfaceBackend:
    from caddis.geometry.surfaces.voromesh.backend import VoroMeshBackend

    return VoroMeshBackend()


_BACKENDS: dict[str, Callable[[], SurfaceBackend]] = {
    "marching-cubes": _marching_cubes,
    "voromesh": _voromesh,
}


def backend_names() -> list[str]:
    """Return the names that `backend` knows, sorted."""
    return sorted(_BACKENDS)


def backend(name: str) -> SurfaceBackend:
    """Return the surface back-end called `name`, with its default settings.

    Raises:
        ConfigError: There is no such back-end.
    """
    try:
        return _BACKENDS[name]()
    except KeyError:
        raise ConfigError(
            "unknown surface back-end", name, f"Choose one of: {', '.join(backend_names())}."
        ) from None


def _gridpull(noise: float | None, drop_outliers: bool) -> PointBackend:
    from caddis.geometry.surfaces.gridpull.backend import GridPull

    return GridPull(noise=noise, drop_outliers=drop_outliers)


def _poisson(noise: float | None, drop_outliers: bool) -> PointBackend:
    from caddis.geometry.surfaces.poisson import Poisson

    return Poisson(drop_outliers=drop_outliers)


def _voromesh_from_points(noise: float | None, drop_outliers: bool) -> PointBackend:
    from caddis.geometry.surfaces.gridpull.with_voromesh import VoroMeshFromPoints

    return VoroMeshFromPoints(noise=noise, drop_outliers=drop_outliers)


_POINT_BACKENDS: dict[str, Callable[[float | None, bool], PointBackend]] = {
    "gridpull": _gridpull,
    "poisson": _poisson,
    "voromesh": _voromesh_from_points,
}


def point_backend_names() -> list[str]:
    """Return the names that `point_backend` knows, sorted."""
    return sorted(_POINT_BACKENDS)


def point_backend(
    name: str, *, noise: float | None = None, drop_outliers: bool = True
) -> PointBackend:
    """Return the back-end called `name` that meshes points.

    Args:
        name: One of `point_backend_names()`.
        noise: Standard deviation of the points across the surface, in their unit; None
            estimates it. Back-ends that do not model noise ignore it.
        drop_outliers: Leave out points that lie on no surface.

    Raises:
        ConfigError: There is no such back-end.
    """
    try:
        make = _POINT_BACKENDS[name]
    except KeyError:
        raise ConfigError(
            "unknown surface back-end for points",
            name,
            f"Choose one of: {', '.join(point_backend_names())}.",
        ) from None
    return make(noise, drop_outliers)
