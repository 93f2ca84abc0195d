"""Submarines: a long naval boat with a tower, or a round yellow one with portholes."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, oval, smooth
from caddis.data.families.solids import both_sides, box, minus, rod, slab, turned, union
from caddis.data.families.vehicles_parts import front_view, side_view


def build(draw: Draw) -> Shape:
    """Draw one submarine; lengths are in metres, its keel stands on the floor."""
    style = draw.pick("style", ("naval", "round"))
    planes = draw.pick("planes", ("on the tower", "on the bow"))
    length = draw.between(44, 60) if style == "naval" else draw.between(28, 36)
    radius = length * (draw.between(0.075, 0.1) if style == "naval" else draw.between(0.18, 0.23))
    curve = smooth([(0.02, -length / 2), (0.7 * radius, -0.43 * length), (radius, -0.26 * length),
                    (radius, 0.1 * length), (0.62 * radius, 0.34 * length),
                    (0.16 * radius, length / 2)], 6)  # fmt: skip
    hull = turned([(0, -length / 2), *curve, (0, length / 2)], 40).rotate((-90, 0, 0))
    parts = [hull]
    deep, wide = length * draw.between(0.14, 0.22), radius * draw.between(0.6, 0.8)
    y, top = -0.1 * length, radius * (2.0 if style == "naval" else 1.6) + draw.between(0, 1)
    tower = slab(oval(wide, deep), top, (0, y, 0), 0.4)
    parts.append(tower)
    if style == "naval":
        parts.append(
            box((0.9 * radius, 0.62 * length, 0.5 * radius), (0, 0.02 * length, 0.62 * radius), 0.4)
        )
        for number in range(draw.count("masts", 1, 3)):
            spot = y + (number - 0.7) * 0.27 * deep
            parts.append(rod((0, spot, top - 1), (0, spot, top + 4.5 - number), 0.8))
    else:
        pipe = ((0, y, top - 1), (0, y, top + 0.6 * radius))
        bend = (0, y - 0.5 * radius, top + 0.6 * radius)
        parts += [rod(*pipe, 0.8), rod((0, y + 0.8, bend[2]), bend, 0.8),
                  rod((0, bend[1] + 0.4, bend[2]), (0, bend[1] - 0.6, bend[2]), 1.15)]  # fmt: skip
        ring = side_view(circle(0.3 * radius, 24), 2.2 * radius)
        hole = side_view(circle(0.19 * radius, 20), 0.4 * radius, 0, 1.1 * radius)
        spots = np.linspace(-0.27, 0.1, draw.count("portholes", 2, 4)) * length
        inner = turned([(0, -length / 2), *(curve * [0.97, 1]), (0, length / 2)], 40)
        core = inner.scale((0.9, 0.9, 1)).rotate((-90, 0, 0))
        rings = union(ring.translate((0, float(spot), 0.1 * radius)) for spot in spots)
        shell = (turned([(0, -length / 2), *(curve * [1.08, 1]), (0, length / 2)], 40)
                 .rotate((-90, 0, 0)))  # fmt: skip
        holes = union(both_sides(hole).translate((0, float(spot), 0.1 * radius)) for spot in spots)
        parts = [minus(union([*parts, rings ^ shell]), [holes - core])]
    if planes == "on the tower":
        height, start, span = 0.5 * (radius + top), y, 0.5 * wide + 1.0 * radius
    else:
        height, start, span = 0.1, -0.33 * length, 1.6 * radius
    if style == "round" and planes == "on the tower":
        height, span = 1.3 * radius, wide
    parts.append(box((2 * span, 0.07 * length, 1.0), (0, start, height - 0.5), 0.4))
    rudder = 1.15 * radius if style == "naval" else 0.9 * radius
    fin = box((2 * rudder, 0.09 * length, 1.1), (0, 0.38 * length, -0.5), 0.4)
    parts += [fin, fin.rotate((0, 90, 0))]
    blades = draw.count("blades", 3, 5)
    reach = 0.62 * radius if style == "naval" else 0.5 * radius
    reach = max(reach, 2.4)
    blade = oval(0.62 * reach, reach).translate((0, 0.5 * reach))
    for number in range(blades):
        turn = blade.rotate(360.0 * number / blades)
        parts.append(front_view(turn, length / 2 - 0.2, length / 2 + 1.0))
    parts.append(front_view(circle(0.28 * reach, 20), length / 2 - 3, length / 2 + 1.6, 0.3))
    solid = union(parts)
    return Shape(solid.translate((0, 0, -solid.bounding_box()[2])), ("submarine",))


FAMILY = Family(
    "submarine", build, held_out=({"style": "round", "planes": "on the tower", "blades": 3},)
)
