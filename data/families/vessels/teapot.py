"""Teapots: round, squat, tall or faceted, with a spout at the left and one handle."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points, smooth
from caddis.data.families.solids import arc, ball, cylinder, minus, tube, turned, union
from caddis.data.families.vessels_parts import curve_of, handle, loop, radius_at

_WALLS = {
    "round": ((0.5, 0), (0.9, 0.22), (1, 0.45), (0.88, 0.72), (0.46, 1)),
    "squat": ((0.62, 0), (0.95, 0.2), (1, 0.45), (0.84, 0.78), (0.36, 1)),
    "tall": ((0.92, 0), (1, 0.12), (0.94, 0.35), (0.7, 0.75), (0.52, 1)),
}
_HEIGHT = {"round": 1.5, "squat": 1.05, "tall": 2.4}


def build(draw: Draw) -> Shape:
    """Draw one teapot; lengths are in centimetres."""
    form = draw.pick("form", tuple(_WALLS))
    radius = draw.between(6.5, 8) * (0.72 if form == "tall" else 1.0)
    height = _HEIGHT[form] * radius * draw.between(0.92, 1.08)
    facets = draw.chance("facets", 0.25)
    curve = curve_of(_WALLS[form], radius, height, 4)
    body = turned([(0, 0), *curve, (0, height)], 8 if facets else 48)
    parts = [body, _lid(float(curve[-1, 0]), height), cylinder(0.6 * radius, 1.1, (0, 0, -0.6))]
    start, tip = 0.3 * height, draw.between(0.94, 1.04) * height
    root = 0.88 * radius_at(curve, start)
    reach = radius + draw.between(3.5, 4.8)
    spout = smooth([(-root, start), (-0.78 * reach, 0.45 * height), (-0.88 * reach, 0.75 * height),
                    (-reach - 0.3, tip)], 3)  # fmt: skip
    path = np.stack([spout[:, 0], 0 * spout[:, 0], spout[:, 1]], axis=1)
    parts.append(tube(path, draw.between(1.5, 1.9), draw.between(0.75, 0.95)))
    grips = ("side", "angular", "over")
    grip = draw.pick("handle", grips[: 2 if form == "tall" else 3])
    thick = draw.between(0.95, 1.25)
    if grip == "over":
        top = height + draw.between(0.75, 1.0) * radius
        ends = radius_at(curve, 0.72 * height) - 0.2
        ring = arc(1.0, 0, 180, 13, (ends, top - 0.72 * height))
        bow = ring + np.array((0, 0.72 * height))
        parts.append(handle(bow, thick))
    else:
        low, high = 0.26 * height, 0.82 * height
        bow = loop((0.94 * radius_at(curve, low), low), (0.9 * radius_at(curve, high), high),
                   draw.between(3.8, 5), 4 if grip == "angular" else 10)  # fmt: skip
        parts.append(handle(bow, thick))
    solid = minus(union(parts), [_mouth(path)])
    nouns = ("coffee pot", "teapot") if form == "tall" else ("teapot", "tea pot")
    return Shape(solid, nouns, {"holes": 1, "open": False})


def _lid(mouth: float, height: float) -> Manifold:
    """Return the lid of a body whose mouth is at `height`."""
    rim = cylinder(mouth + 0.5, 0.6, (0, 0, height - 0.3))
    dome = ball(mouth, (0, 0, height), (1, 1, 0.45))
    neck = cylinder(0.4, 1.0, (0, 0, height + 0.4 * mouth))
    return union([rim, dome, neck, ball(0.95, (0, 0, height + 0.4 * mouth + 1.4))])


def _mouth(path: Points) -> Manifold:
    """Return the volume to subtract at the end of the spout: a blind hole."""
    return tube([path[-3], path[-1] + (path[-1] - path[-2])], 0.45)


FAMILY = Family("teapot", build, held_out=({"form": "squat", "handle": "over"},))
