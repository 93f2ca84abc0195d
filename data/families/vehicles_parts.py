"""Parts shared by the families of vehicles: wheels, side views, cabins, boat hulls."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manifold3d import CrossSection, Manifold
from numpy.typing import NDArray

from caddis.data.families.outlines import Points, Vector, polygon, rectangle, smooth
from caddis.data.families.solids import both_sides, minus, rod, slab, turned, union

Plane = tuple[float, float, float, float]
"""A horizontal rectangle: its front (y), back (y), width (x) and height (z)."""


def wheels(
    radius: float, width: float, half_track: float, places: Sequence[float], ground: float = 0.0
) -> Manifold:
    """Return pairs of wheels on axles, standing on `ground`, with their middles at +-half_track.

    Args:
        radius: Outer radius of a wheel.
        width: Width of a wheel.
        half_track: Distance from the middle of the vehicle to the middle of a wheel.
        places: Positions of the axles along y.
        ground: Height of the floor.
    """
    r, w = radius, width / 2
    one = turned([(0, -w), (r, -w), (r, 0.75 * w), (0.9 * r, w), (0.66 * r, w),
                  (0.58 * r, 0.5 * w), (0.22 * r, 0.5 * w), (0.18 * r, 0.9 * w),
                  (0, 0.9 * w)], 24).rotate((0, 90, 0))  # fmt: skip
    z = ground + radius
    parts = []
    for y in places:
        parts.append(both_sides(one.translate((half_track, y, z))))
        parts.append(rod((-half_track, y, z), (half_track, y, z), max(0.16 * r, 0.2 * w)))
    return union(parts)


def side_view(
    outline: CrossSection, width: float, bevel: float = 0.0, middle: float = 0.0
) -> Manifold:
    """Extrude an outline of (y, z) points along x, centred at x = middle.

    Only a convex outline may have a bevel.
    """
    flat = slab(outline, width, (0, 0, -width / 2), bevel)
    turn = np.array([[0.0, 0, 1, middle], [1, 0, 0, 0], [0, 1, 0, 0]])
    return flat.transform(turn)


def front_view(outline: CrossSection, front: float, back: float, bevel: float = 0.0) -> Manifold:
    """Extrude an outline of (x, z) points along y, from `front` to `back`."""
    return slab(outline, back - front, bevel=bevel).rotate((90, 0, 0)).translate((0, back, 0))


def block(low: Plane, high: Plane, rounding: float = 0.0) -> Manifold:
    """Return the solid between two horizontal rectangles, both with rounded corners."""
    height = 0.02 * (high[3] - low[3])
    ends = []
    for (front, back, width, z), drop in ((low, 0.0), (high, height)):
        outline = rectangle(width, back - front, rounding)
        ends.append(outline.extrude(height).translate((0, (front + back) / 2, z - drop)))
    return Manifold.batch_hull(ends)


def cabin(
    low: Plane,
    high: Plane,
    depth: float,
    panes: int,
    rim: float,
    *,
    rounding: float = 0.0,
    rise: tuple[float, float] = (0.15, 0.85),
    ends: str = "both",
) -> Manifold:
    """Return a cabin with recessed windows.

    Args:
        low: Floor of the cabin.
        high: Roof of the cabin.
        depth: Depth of the recesses.
        panes: Number of windows on either side.
        rim: Width of the frames between and beside the windows.
        rounding: Radius of the vertical edges.
        rise: Lower and upper edge of the windows, as shares of the height.
        ends: Which ends have a window: "both", "front", "back" or "none".
    """  # fmt: skip

    def at(share: float) -> tuple[NDArray[np.float64], float]:
        plane = np.asarray(low) + share * (np.asarray(high) - np.asarray(low))
        return np.array([plane[0] + rim, plane[1] - rim]), float(plane[3])

    (below, z0), (above, z1) = at(rise[0]), at(rise[1])
    cutters = []
    for number in range(panes):
        start, end = number / panes, (number + 1) / panes
        gap = 0.5 * rim / max(below[1] - below[0], 1e-6)
        a, b = start + gap * (number > 0), end - gap * (number < panes - 1)
        corners = [(below[0] + a * (below[1] - below[0]), z0),
                   (below[0] + b * (below[1] - below[0]), z0),
                   (above[0] + b * (above[1] - above[0]), z1),
                   (above[0] + a * (above[1] - above[0]), z1)]  # fmt: skip
        cutters.append(side_view(polygon(corners), 1.2 * max(low[2], high[2])))
    if ends != "none":
        half0 = low[2] / 2 + rise[0] * (high[2] - low[2]) / 2 - rim
        half1 = low[2] / 2 + rise[1] * (high[2] - low[2]) / 2 - rim
        pane = polygon([(-half0, z0), (half0, z0), (half1, z1), (-half1, z1)])
        front, back = min(low[0], high[0]), max(low[1], high[1])
        middle = (front + back) / 2
        cutters.append(front_view(pane, front - 1 if ends != "back" else middle,
                                  back + 1 if ends != "front" else middle))  # fmt: skip
    core = block(
        (low[0] + 1.6 * depth, low[1] - 1.6 * depth, low[2] - 2 * depth, low[3]),
        (high[0] + 1.6 * depth, high[1] - 1.6 * depth, high[2] - 2 * depth, high[3]),
    )
    return minus(block(low, high, rounding), [union(cutters) - core] if cutters else [])


def plan(length: float, width: float, stern: float, bow: float = 1.0) -> CrossSection:
    """Return the outline of a boat from above, its bow towards -y; `stern` is a share of width.

    Args:
        length: Along y.
        width: Largest width.
        stern: Width at the stern as a share of `width`; 0 is a pointed stern.
        bow: Fullness of the bow: 0 is straight to the point, 1 is round.
    """
    half = width / 2
    side = smooth([
        (0.012 * width, -length / 2), ((0.34 + 0.16 * bow) * half, -0.41 * length),
        ((0.7 + 0.12 * bow) * half, -0.26 * length), (half, 0.02 * length),
        ((0.75 + 0.23 * stern) * half, 0.3 * length),
        (max(stern, 0.03) * half, length / 2),
    ], 4)  # fmt: skip
    return CrossSection.batch_hull([polygon([*side, *(side[::-1] * [-1, 1])])])


def boat_hull(outline: CrossSection, height: float, keel: float, sheer: float = 0.0) -> Manifold:
    """Return the body of a boat, standing on z = 0.

    Args:
        outline: The deck from above.
        height: From keel to deck amidships.
        keel: Width of the bottom, as a share of the deck's.
        sheer: Height of bow and stern above the middle, in the same unit.
    """
    thin = 0.02 * height
    waist = 0.5 + 0.42 * keel
    layers = [outline.scale((keel, 0.8)).extrude(thin).translate((0, 0.02 * height, 0)),
              outline.scale((waist, 0.92)).extrude(thin).translate((0, 0, 0.4 * height)),
              outline.extrude(thin).translate((0, 0, height - thin))]  # fmt: skip
    body = Manifold.batch_hull(layers)
    half = (outline.bounds()[3] - outline.bounds()[1]) / 2

    def lift(points: Points) -> Points:
        raised = points.copy()
        raised[:, 2] += sheer * (points[:, 1] / half) ** 2 * points[:, 2] / height
        return raised

    return body.warp_batch(lift) if sheer else body


def plate(points: Sequence[Vector] | Points, thick: float, z: float) -> Manifold:
    """Return a horizontal plate with corners (x, y), its middle at height z."""
    return slab(polygon(points), thick, (0, 0, z - thick / 2))


def bead(radius: float, at: Vector, stretch: Vector = (1, 1, 1), segments: int = 16) -> Manifold:
    """Return a coarse ball around `at`, for lamps, domes and hubs."""
    return Manifold.sphere(radius, segments).scale(tuple(stretch)).translate(tuple(at))
