"""Curves to place webs along: helix, knot, formulas, polylines; sampled evenly, with frames."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caddis.generation.webs.expressions import evaluate
from caddis.geometry.errors import ConfigError

Floats = NDArray[np.float64]

_FINE = 4000  # number of points at which a formula is evaluated
_MAX_POINTS = 100_000


@dataclass(frozen=True, eq=False)
class Curve:
    """A polyline, fine enough to approximate a smooth curve.

    Attributes:
        points: (P, 3) float64, P at least 2; not all equal.
        closed: Whether the last point is joined to the first.
    """

    points: Floats
    closed: bool = False

    def __post_init__(self) -> None:
        """Reject points that do not form a curve."""
        points = np.asarray(self.points, np.float64)
        if points.ndim != 2 or points.shape[1:] != (3,) or not 2 <= len(points) <= _MAX_POINTS:
            raise ConfigError(f"a curve has 2 to {_MAX_POINTS} points of 3 coordinates", "curve")
        if not np.isfinite(points).all() or not np.ptp(points, axis=0).any():
            raise ConfigError("a curve needs finite points that are not all the same", "curve")
        object.__setattr__(self, "points", points)

    @property
    def length(self) -> float:
        """Length along the curve, mm."""
        return float(np.linalg.norm(np.diff(self._ring(), axis=0), axis=1).sum())

    def stations(self, count: int) -> tuple[Floats, Floats]:
        """Return `count` evenly spaced places along the curve, and their frames.

        An open curve has a place at each end; on a closed one, one more step leads from the last
        place to the first.

        Returns:
            places (count, 3) and frames (count, 3, 3). The columns of a frame are two axes across
            the curve and its tangent, right-handed. Frames rotate as little as possible from place
            to place (rotation-minimising frames by double reflection, Wang et al. 2008). On a
            closed curve, the angle that remains at the end is distributed evenly.

        Raises:
            ConfigError: `count` is below 2.
        """
        if count < 2:
            raise ConfigError("a curve needs at least 2 stations", f"count={count}")
        ring = self._ring()
        way = np.append(0.0, np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1)))
        kept = np.append(True, np.diff(way) > 0.0)
        ring, way = ring[kept], way[kept]
        wanted = np.linspace(0.0, way[-1], count + self.closed)
        places = np.stack([np.interp(wanted, way, axis) for axis in ring.T], axis=1)
        step = 0.5 * way[-1] / (count + self.closed - 1)
        ahead, behind = (self._at(wanted + s * step, way, ring) for s in (1.0, -1.0))
        tangents = ahead - behind
        tangents /= np.maximum(np.linalg.norm(tangents, axis=1, keepdims=True), 1e-12)
        frames = _transported_frames(places, tangents, closed=self.closed)
        return places[:count], frames[:count]

    def _ring(self) -> Floats:
        return np.concatenate([self.points, self.points[:1]]) if self.closed else self.points

    def _at(self, wanted: Floats, way: Floats, ring: Floats) -> Floats:
        place = wanted % way[-1] if self.closed else np.clip(wanted, 0.0, way[-1])
        return np.stack([np.interp(place, way, axis) for axis in ring.T], axis=1)


def helix(radius: float = 40.0, pitch: float = 30.0, turns: float = 3.0) -> Curve:
    """Return a helix around Z, lengths in mm.

    Raises:
        ConfigError: The radius or the number of turns is not positive.
    """
    if not (radius > 0.0 and turns > 0.0 and np.isfinite([radius, pitch, turns]).all()):
        raise ConfigError("a helix needs a radius and turns above 0", "radius, turns")
    angle = np.linspace(0.0, 2.0 * np.pi * turns, _FINE)
    rise = pitch * angle / (2.0 * np.pi)
    return Curve(np.stack([radius * np.cos(angle), radius * np.sin(angle), rise], axis=1))


def knot(size: float = 20.0) -> Curve:
    """Return a closed trefoil, size * ((2 + cos 1.5 t) cos t, (2 + cos 1.5 t) sin t, sin 1.5 t).

    This is the "attractor" of Lu et al. 2023 for t from 0 to 4 pi, where it closes. Its largest
    distance from the axis is 3 `size` mm.

    Raises:
        ConfigError: The size is not positive.
    """
    if not (size > 0.0 and np.isfinite(size)):
        raise ConfigError("a knot needs a size above 0", f"size={size}")
    t = np.linspace(0.0, 4.0 * np.pi, _FINE, endpoint=False)
    ring = 2.0 + np.cos(1.5 * t)
    points = np.stack([ring * np.cos(t), ring * np.sin(t), np.sin(1.5 * t)], axis=1)
    return Curve(size * points, closed=True)


def formula(x: str, y: str, z: str, start: float, end: float) -> Curve:
    """Return the curve of three formulas of t, in mm; closed if its ends meet.

    Raises:
        ConfigError: A formula is invalid (`expressions.evaluate`), or start is not below end.
    """
    if not (np.isfinite([start, end]).all() and start < end):
        raise ConfigError("t must run from a number to a larger one", f"{start} to {end}")
    t = np.linspace(start, end, _FINE)
    points = np.stack([evaluate(text, "t", t) for text in (x, y, z)], axis=1)
    closed = float(np.linalg.norm(points[0] - points[-1])) < 1e-6 * float(np.ptp(points))
    return Curve(points[:-1] if closed else points, closed)


def read_polyline(path: str | Path) -> Curve:
    """Read a curve from a text file with x, y, z in mm in each row, separated by commas or spaces.

    Rows that start with # are comments. The curve is closed if the last point equals the first.

    Raises:
        ConfigError: The file is missing, or a row is not a point.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8").replace(",", " ").splitlines()
        rows = [line.split() for line in lines if line.split() and line.lstrip()[0] != "#"]
        array = np.array([[float(cell) for cell in row] for row in rows], np.float64)
    except (OSError, ValueError) as error:
        raise ConfigError(f"not a polyline: {error}", str(path)) from error
    closed = len(array) > 3 and np.array_equal(array[0], array[-1])
    return Curve(array[:-1] if closed else array, bool(closed))


def _transported_frames(places: Floats, tangents: Floats, *, closed: bool) -> Floats:
    """Transport a frame along the curve by double reflection; (S, 3, 3), columns u, v, tangent."""
    aside = np.eye(3)[np.abs(tangents[0]).argmin()]
    normal = aside - (aside @ tangents[0]) * tangents[0]
    normals = [normal / np.linalg.norm(normal)]
    for row in range(len(places) - 1):
        step = places[row + 1] - places[row]
        reflected = _reflect(normals[-1], step)
        tangent = _reflect(tangents[row], step)
        carried = _reflect(reflected, tangents[row + 1] - tangent)
        carried -= (carried @ tangents[row + 1]) * tangents[row + 1]
        normals.append(carried / np.linalg.norm(carried))
    u = np.array(normals)
    v = np.cross(tangents, u)
    if closed:
        off = np.arctan2(u[0] @ v[-1], u[0] @ u[-1])
        angle = off * np.linspace(0.0, 1.0, len(u))[:, None]
        u, v = np.cos(angle) * u + np.sin(angle) * v, np.cos(angle) * v - np.sin(angle) * u
    return np.stack([u, v, tangents], axis=2)


def _reflect(vector: Floats, across: Floats) -> Floats:
    length = float(across @ across)
    return vector if length < 1e-24 else vector - 2.0 * (across @ vector) / length * across
