"""Parts shared by the families of vessels: hollow bodies, loop handles, flutes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manifold3d import JoinType, Manifold

from caddis.data.families.outlines import SEGMENTS, Points, Vector, band, polygon, smooth
from caddis.data.families.solids import arc, tube, turned

Knots = Sequence[tuple[float, float]]


def curve_of(
    knots: Knots, radius: float, height: float, per_span: int = 4, *, base: float = 0.0
) -> Points:
    """Return a smooth profile (N, 2) of radius and z through `knots`.

    Args:
        knots: Radii and heights, as shares of `radius` and `height`.
        radius: Unit of the radius.
        height: Unit of the height.
        per_span: Points from one knot to the next; 1 gives straight lines.
        base: Z of the foot.
    """
    return smooth(np.array(knots) * (radius, height) + np.array((0.0, base)), per_span)


def hollow(
    curve: Points | Sequence[Vector], wall: float, segments: int = SEGMENTS
) -> tuple[Manifold, Manifold]:
    """Return a solid of revolution and the cavity to subtract, which leaves a wall and a floor.

    Args:
        curve: (N, 2) radius and z of the outside, from the foot up to the rim.
        wall: Thickness of the wall and of the floor.
        segments: Corners of a circle.
    """
    points = np.asarray(curve, dtype=float)
    right = np.concatenate([points, [points[-1] + np.array((0, 2 * wall))]])
    both = np.concatenate([right, right[::-1] * (-1, 1)])
    cavity = polygon(both).offset(-wall, JoinType.Round, circular_segments=16)
    body = turned([(0, points[0, 1]), *points, (0, points[-1, 1])], segments)
    return body, cavity.revolve(segments)


def radius_at(curve: Points, height: float) -> float:
    """Return the radius of a profile at a height."""
    return float(np.interp(height, curve[:, 1], curve[:, 0]))


def loop(low: Vector, high: Vector, reach: float, count: int = 12) -> Points:
    """Return a path (N, 2) in x and z from `low` out by `reach` and back to `high`.

    It is a half-ellipse, or an angular bow if `count` is 4.
    """
    a, b = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    ring = arc(1.0, -90, 90, count)
    share = (ring[:, 1:] + 1) / 2
    if count == 4:
        ring, share = np.array([(0, 0), (1, 0), (1, 0), (0, 0)]), np.array([[0], [0.1], [0.9], [1]])
    return np.asarray(a + (b - a) * share + ring[:, :1] * (reach, 0))


def handle(path: Points, thick: float, width: float = 0.0) -> Manifold:
    """Return a bar along a path (N, 2) of x and z in the plane y = 0.

    Args:
        path: Centre line; its ends must reach into the wall.
        thick: Thickness of the bar.
        width: Width of a flat strap along y; 0 gives a round bar.
    """
    if width > 0.0:
        return band(path, thick).extrude(width).translate((0, 0, -width / 2)).rotate((90, 0, 0))
    return tube(np.stack([path[:, 0], 0 * path[:, 0], path[:, 1]], axis=1), thick / 2)


def fluted(body: Manifold, count: int, depth: float, twist: float = 0.0) -> Manifold:
    """Press `count` upright flutes into a body around the z axis.

    Args:
        body: A solid whose circles have at least 6 corners per flute.
        count: Number of flutes.
        depth: Half the depth of the flutes, as a share of the radius.
        twist: Rotation of the body in radians per unit of height.
    """

    def move(points: Points) -> Points:
        angle = np.arctan2(points[:, 1], points[:, 0])
        radius = np.hypot(points[:, 0], points[:, 1]) * (1 + depth * np.cos(count * angle))
        angle = angle + twist * points[:, 2]
        return np.stack([radius * np.cos(angle), radius * np.sin(angle), points[:, 2]], axis=1)

    return body.warp_batch(move)
