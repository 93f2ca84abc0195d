"""Building blocks of families: boxes, rods, solids of revolution and extrusions. Z is up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from manifold3d import CrossSection, Manifold, OpType

from caddis.data.families.outlines import SEGMENTS, Points, Vector, circle, polygon, rectangle

_GROWN = 1e-3  # rods are longer by this share, so that they overlap what they touch


def box(size: Vector, at: Vector = (0, 0, 0), rounding: float = 0.0) -> Manifold:
    """Return a box with its base centred at `at`.

    Args:
        size: Width (x), depth (y), height (z).
        at: Centre of its base.
        rounding: Radius of the vertical edges; the others are bevelled by a third of it.
    """
    width, depth, height = size
    if rounding <= 0.0:
        return Manifold.cube((width, depth, height), center=True).translate(
            (at[0], at[1], at[2] + height / 2)
        )
    rounding = min(rounding, 0.499 * min(width, depth), 0.499 * height)
    return slab(rectangle(width, depth, rounding), height, at, rounding / 3)


def slab(
    outline: CrossSection, height: float, at: Vector = (0, 0, 0), bevel: float = 0.0
) -> Manifold:
    """Extrude an outline by `height`; bevelled rims need a convex outline without holes."""
    if bevel <= 0.0:
        return outline.extrude(height).translate(tuple(at))
    bevel = min(bevel, 0.49 * height)
    inner = outline.offset(-bevel).extrude(height)
    middle = outline.extrude(height - 2 * bevel).translate((0, 0, bevel))
    return Manifold.batch_hull([inner, middle]).translate(tuple(at))


def cylinder(
    radius: float, height: float, at: Vector = (0, 0, 0), top: float | None = None
) -> Manifold:
    """Return an upright cylinder or, with another `top` radius, a cone; `at` is its base."""
    return Manifold.cylinder(
        height, radius, radius if top is None else top, circular_segments=SEGMENTS
    ).translate(tuple(at))


def ball(radius: float, at: Vector = (0, 0, 0), stretch: Vector = (1, 1, 1)) -> Manifold:
    """Return a sphere around `at`, each axis stretched by a factor."""
    return Manifold.sphere(radius, SEGMENTS).scale(tuple(stretch)).translate(tuple(at))


def turned(profile: Sequence[Vector] | Points, segments: int = SEGMENTS) -> Manifold:
    """Revolve a closed profile of (radius, height) points about the z axis.

    Args:
        profile: (N, 2) corners of the polygon, which is closed implicitly. Radius 0 is the axis.
        segments: Corners of a circle.
    """
    return polygon(profile).revolve(segments)


def rod(start: Vector, end: Vector, radius: float, end_radius: float | None = None) -> Manifold:
    """Return a round rod between two points, with flat ends."""
    a, b = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
    along = b - a
    length = float(np.linalg.norm(along))
    tall = Manifold.cylinder(
        length * (1 + 2 * _GROWN), radius, radius if end_radius is None else end_radius,
        circular_segments=24,
    ).translate((0, 0, -length * _GROWN))  # fmt: skip
    tilt = np.degrees(np.arctan2(np.hypot(along[0], along[1]), along[2]))
    turn = np.degrees(np.arctan2(along[1], along[0]))
    return tall.rotate((0, tilt, 0)).rotate((0, 0, turn)).translate(tuple(a))


def leg(foot: Vector, top: Vector, size: float, top_size: float | None = None) -> Manifold:
    """Return a square leg from `foot` to `top` with horizontal ends, so that it stands flat."""
    top_size = size if top_size is None else top_size
    ends = (
        box((size, size, _GROWN), foot),
        box((top_size, top_size, _GROWN), (top[0], top[1], top[2] - _GROWN)),
    )
    return Manifold.batch_hull(list(ends))


def round_leg(
    foot: Vector, top: Vector, radius: float, top_radius: float | None = None
) -> Manifold:
    """Return a round leg from `foot` to `top` with horizontal ends, so that it stands flat."""
    top_radius = radius if top_radius is None else top_radius
    low = circle(radius, 24).extrude(_GROWN).translate(tuple(foot))
    high = circle(top_radius, 24).extrude(_GROWN).translate((top[0], top[1], top[2] - _GROWN))
    return Manifold.batch_hull([low, high])


def tube(
    path: Sequence[Vector] | Points, radius: float, end_radius: float | None = None
) -> Manifold:
    """Return a round bar along a path (N, 3), with ball ends; it may be tapered."""
    points = np.asarray(path, dtype=float)
    radii = np.linspace(radius, radius if end_radius is None else end_radius, len(points))
    balls = [
        Manifold.sphere(float(r), 16).translate(tuple(p))
        for p, r in zip(points, radii, strict=True)
    ]
    return union(Manifold.batch_hull([a, b]) for a, b in pairwise(balls))


def arc(
    radius: float, start: float, end: float, count: int = 12, stretch: Vector = (1, 1)
) -> Points:
    """Return points (count, 2) on a circle or an ellipse, angles in degrees from +x."""
    angles = np.radians(np.linspace(start, end, count))
    return radius * np.stack([stretch[0] * np.cos(angles), stretch[1] * np.sin(angles)], axis=1)


def union(parts: Iterable[Manifold]) -> Manifold:
    """Return the union of all parts."""
    return Manifold.batch_boolean(list(parts), OpType.Add)


def minus(whole: Manifold, parts: Iterable[Manifold]) -> Manifold:
    """Return `whole` minus `parts`."""
    return Manifold.batch_boolean([whole, *parts], OpType.Subtract)


def around(part: Manifold, count: int, first: float = 0.0) -> Manifold:
    """Return `count` copies of a part, evenly spaced about the z axis from `first` degrees."""
    return union(part.rotate((0, 0, first + 360.0 * number / count)) for number in range(count))


def both_sides(part: Manifold, axis: int = 0) -> Manifold:
    """Return a part and its mirror image across the plane where an axis (0 is x, 1 is y) is 0."""
    normal = [0.0, 0.0, 0.0]
    normal[axis] = 1.0
    return part + part.mirror(tuple(normal))
