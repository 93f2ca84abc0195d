"""Watering cans: round, tapered or oval, a long spout at the left, a bow at the right or above."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import arc, minus, rod, turned, union
from caddis.data.families.vessels_parts import handle, hollow, loop, radius_at


def build(draw: Draw) -> Shape:
    """Draw one watering can; lengths are in centimetres."""
    form = draw.pick("form", ("straight", "tapered", "round"))
    radius, height = draw.between(8, 10.5), draw.between(13, 19)
    upper = {"straight": 1.0, "tapered": 0.72, "round": 0.62}[form] * radius
    middle = {"straight": 1.0, "tapered": 0.88, "round": 1.02}[form] * radius
    curve = smooth([(radius, 0), (middle, 0.4 * height), (upper, height)], 5)
    outer, inner = hollow(curve, draw.between(0.8, 1.1))
    rim = turned([(upper - 0.7, height - 1.2), (upper + 0.5, height - 1.2),
                  (upper + 0.5, height), (upper - 0.7, height)])  # fmt: skip
    low = 0.2 * height
    start = np.array([-0.92 * radius_at(curve, low), 0, low])
    tip = np.array([-radius - draw.between(9, 13), 0, draw.between(1.0, 1.15) * height])
    along = (tip - start) / np.linalg.norm(tip - start)
    parts = [outer, rim, rod(start, tip, 1.9, 1.1)]
    if draw.chance("rose", 0.7):
        parts.append(rod(tip - 0.6 * along, tip + 2.6 * along, 1.2, 3.0))
    grip = draw.pick("handle", ("back", "over", "arch"))
    if grip == "back":
        a = (radius_at(curve, 0.25 * height) - 0.4, 0.25 * height)
        b = (radius_at(curve, 0.92 * height) - 0.3, 0.92 * height)
        path = loop(a, b, draw.between(5, 6.5), 12)
    elif grip == "over":
        knots = [(radius_at(curve, 0.3 * height) - 0.4, 0.3 * height), (radius + 4, 0.5 * height),
                 (radius + 4.6, 0.95 * height), (0.8 * radius, 1.36 * height),
                 (0.1 * radius, 1.46 * height), (-0.6 * upper, 1.3 * height),
                 (-upper + 0.1, height - 0.6)]  # fmt: skip
        path = smooth(knots, 3)
    else:
        ring = arc(1.0, 0, 180, 13, (upper - 0.1, 1.1 * radius))
        path = ring + np.array((0, height - 0.6))
    parts.append(handle(path, 1.3))
    solid = minus(union(parts), [inner])
    return Shape(solid, ("watering can",), {"open": True, "holes": 1, "handles": 1})


FAMILY = Family("watering_can", build, held_out=({"form": "round", "handle": "over"},))
