"""Stone lanterns of Japanese gardens: a post, an open lamp house and a spreading roof."""

from __future__ import annotations

import numpy as np

from caddis.data.families.buildings_parts import upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points, regular, smooth
from caddis.data.families.solids import ball, cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one stone lantern; lengths are in decimetres."""
    plan = draw.pick("plan", ("square", "hexagonal", "round"))
    knob = draw.pick("knob", ("ball", "onion", "none"))
    sides = {"square": 4, "hexagonal": 6, "round": 32}[plan]
    half, high = draw.between(4, 5.2), draw.between(8, 15)
    box_high = draw.between(5, 6.5)
    neck = regular(sides, 0.6 * half)
    parts = [regular(sides, 1.35 * half).extrude(1.6),
             regular(sides, 1.05 * half).extrude(2.8),
             cylinder(0.55 * half, high + 1, (0, 0, 1.5)),
             cylinder(0.7 * half, 0.9, (0, 0, 0.5 * high + 1.5)),
             neck.extrude(1.7, scale_top=(1.9, 1.9)).translate((0, 0, high + 1)),
             regular(sides, 1.14 * half).extrude(1.1).translate((0, 0, high + 2.6))]  # fmt: skip
    z = high + 3.6
    shape = regular(sides, 0.86 * half)
    face = 0.86 * half * np.cos(np.pi / sides)
    hole = upright(regular(4, 0.62 * half, 0.4).translate((0, z + 0.5 * box_high)), 2.2 * half)
    room = shape.extrude(box_high + 0.2).translate((0, 0, z))
    holes = [hole] if sides == 6 else [hole, hole.rotate((0, 0, 90))]
    hollow = cylinder(0.5 * face, 0.8 * box_high, (0, 0, z + 0.1 * box_high))
    parts.append(minus(room, [*holes, hollow]))
    z += box_high
    rise, out = draw.between(3, 4.5), draw.between(1.65, 1.95) * half

    def raised(points: Points) -> Points:
        made = points.copy()
        radius = np.hypot(points[:, 0], points[:, 1]) / out
        made[:, 2] += 1.1 * np.maximum(radius - 0.75, 0) * 4 * (points[:, 2] < 0.5 * rise)
        return made

    curve = smooth([(out, 0.6), (0.55 * out, 0.4 * rise), (0.16 * out, rise)], 4)
    roof = turned([(0, 0), (out, 0), *curve, (0, rise)], sides)
    roof = roof.rotate((0, 0, 180 / sides - 90)).warp_batch(raised)
    parts.append(roof.translate((0, 0, z)))
    top, size = z + rise, 0.24 * out
    if knob == "ball":
        parts.append(ball(size, (0, 0, top + 0.6 * size)))
    elif knob == "onion":
        curve = smooth([(0.8 * size, -0.4), (1.15 * size, 0.8 * size), (0.7 * size, 1.7 * size),
                        (0.12 * size, 2.6 * size)], 4)  # fmt: skip
        parts.append(turned([(0, -0.4), *curve, (0, 2.6 * size)], 24).translate((0, 0, top)))
    return Shape(union(parts), ("stone lantern", "lantern", "japanese lantern"))


FAMILY = Family("lantern", build, held_out=({"plan": "hexagonal", "knob": "onion"},))
