"""Barrels of staves and hoops: standing, open at the top, or lying on a cradle with a tap."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points, smooth
from caddis.data.families.solids import ball, both_sides, box, cylinder, minus, rod, turned, union
from caddis.data.families.vessels_parts import hollow, radius_at


def build(draw: Draw) -> Shape:
    """Draw one barrel; lengths are in decimetres."""
    form = draw.pick("form", ("standing", "open", "lying"))
    height, radius = draw.between(8, 10.5), draw.between(3.3, 4.2)
    end = draw.between(0.74, 0.86) * radius
    curve = smooth([(end, 0), (radius, height / 2), (end, height)], 6)
    staves = draw.count("staves", 16, 22)
    body, cavity = hollow(curve, 0.32, staves)
    lid = turned([(0, height - 0.4), (end - 0.35, height - 0.4), (end - 0.35, height + 1),
                  (0, height + 1)])  # fmt: skip
    base = lid.mirror((0, 0, 1)).translate((0, 0, height))
    body = minus(body, [cavity] if form == "open" else [lid, base])
    if form != "open":
        inside = cylinder(end - 0.35, height)
        for x in np.linspace(-0.6, 0.6, 4) * end:
            body -= box((0.14, 3 * radius, 0.25), (x, 0, height - 0.6)) ^ inside
    shares = (0.03, 0.26, 0.66, 0.89) if draw.chance("four_hoops", 0.6) else (0.1, 0.82)
    body = union([body, *(_hoop(curve, share * height, 0.75) for share in shares)])
    if form == "open":
        return Shape(minus(body, [cavity]), ("barrel", "open barrel", "wooden barrel"),
                     {"open": True, "holes": 0})  # fmt: skip
    if form == "standing":
        return Shape(body, ("barrel", "wooden barrel"), {"open": False, "holes": 0})
    lying = body.translate((0, 0, -height / 2)).rotate((90, 0, 0)).translate((0, 0, radius + 0.9))
    front = -height / 2 + 0.5
    tap = rod((0, front, 1.5 + 0.4 * end), (0, front - 1.7, 1.5 + 0.4 * end), 0.32)
    knob = cylinder(0.25, 1.1, (0, front - 1.1, 1.4 + 0.4 * end))
    parts = [lying, tap, knob, ball(0.4, (0, front - 1.1, 2.6 + 0.4 * end))]
    rest = box((1.7 * radius, 0.9, 0.9 + 0.45 * radius), (0, 0.27 * height, 0))
    parts.append(both_sides(rest, 1))
    parts.append(both_sides(box((0.6, 0.6 * height, 0.7), (0.7 * radius, 0, 0.05))))
    return Shape(union(parts), ("barrel", "wine barrel", "keg"), {"open": False})


def _hoop(curve: Points, low: float, tall: float) -> Manifold:
    """Lay an iron ring around the staves."""
    a, b = radius_at(curve, low), radius_at(curve, low + tall)
    return turned([(a - 0.3, low), (a + 0.16, low), (b + 0.16, low + tall), (b - 0.3, low + tall)])


FAMILY = Family("barrel", build, held_out=({"form": "lying", "four_hoops": False},))
