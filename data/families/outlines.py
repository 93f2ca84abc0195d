"""Closed outlines in the plane, centred at the origin, for extruding into solids."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manifold3d import CrossSection, JoinType
from numpy.typing import NDArray

Points = NDArray[np.float64]
Vector = Sequence[float] | Points
SEGMENTS = 48
"""Number of corners of a circle: enough to look round, yet few faces."""


def polygon(points: Sequence[Vector] | Points) -> CrossSection:
    """Return the polygon through `points` (N, 2), in either direction."""
    corners = np.asarray(points, dtype=np.float64)
    x, y = corners.T
    if np.dot(x, np.roll(y, -1)) < np.dot(np.roll(x, -1), y):
        corners = corners[::-1]
    return CrossSection([corners])


def circle(radius: float, segments: int = SEGMENTS) -> CrossSection:
    """Return a circle."""
    return CrossSection.circle(radius, segments)


def oval(width: float, depth: float) -> CrossSection:
    """Return an ellipse of the given full width (x) and depth (y)."""
    return circle(1.0).scale((width / 2, depth / 2))


def rectangle(width: float, depth: float, rounding: float = 0.0) -> CrossSection:
    """Return a rectangle; its corners are arcs of radius `rounding`, at most half a side."""
    rounding = min(rounding, 0.499 * width, 0.499 * depth)
    if rounding <= 0.0:
        return CrossSection.square((width, depth), center=True)
    inner = CrossSection.square((width - 2 * rounding, depth - 2 * rounding), center=True)
    return inner.offset(rounding, JoinType.Round, circular_segments=SEGMENTS // 2)


def regular(sides: int, radius: float, rounding: float = 0.0) -> CrossSection:
    """Return a regular polygon with corners at `radius`; one side faces -y (the front)."""
    angles = 2 * np.pi * (np.arange(sides) + 0.5) / sides - np.pi / 2
    shape = polygon(radius * np.stack([np.cos(angles), np.sin(angles)], axis=1))
    return rounded(shape, rounding) if rounding else shape


def star(points: int, radius: float, inner: float) -> CrossSection:
    """Return a star with one point towards +y; `inner` is the radius of the notches."""
    angles = np.pi / 2 + np.pi * np.arange(2 * points) / points
    radii = np.where(np.arange(2 * points) % 2 == 0, radius, inner)
    return polygon(np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1))


def rounded(shape: CrossSection, radius: float) -> CrossSection:
    """Round the outer corners of an outline by arcs of `radius`."""
    return shape.offset(-radius, JoinType.Miter).offset(
        radius, JoinType.Round, circular_segments=SEGMENTS // 2
    )


def band(path: Sequence[Vector] | Points, width: float) -> CrossSection:
    """Return a stripe of constant width along a path (N, 2), with round ends."""
    discs = [circle(width / 2, 24).translate(tuple(point)) for point in path]
    hulls = [CrossSection.batch_hull([a, b]) for a, b in pairwise(discs)]
    whole = hulls[0]
    for hull in hulls[1:]:
        whole += hull
    return whole


def smooth(points: Sequence[Vector] | Points, per_span: int = 6) -> Points:
    """Return points (M, 2) on a smooth curve through `points` (N, 2), N at least 3.

    Each coordinate is a monotone cubic (Fritsch & Carlson 1980) of the length along the path, so
    the curve does not overshoot its points.
    """
    from scipy.interpolate import PchipInterpolator

    knots = np.asarray(points, dtype=np.float64)
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))])
    spans = [np.linspace(a, b, per_span, endpoint=False) for a, b in pairwise(length)]
    return np.asarray(PchipInterpolator(length, knots)(np.concatenate([*spans, length[-1:]])))
