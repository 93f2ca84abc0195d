"""Circus tents: a many-sided wall under a steep roof with scalloped eaves and a flag."""

from __future__ import annotations

import numpy as np

from caddis.data.families.buildings_parts import upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import polygon, regular
from caddis.data.families.solids import arc, around, ball, box, cylinder, minus, rod, union


def build(draw: Draw) -> Shape:
    """Draw one circus tent; lengths are in decimetres. Its entrance is in front."""
    sides, half = draw.count("sides", 6, 10), draw.between(10, 13)
    wall, roof = draw.between(7, 10), draw.between(9, 14)
    shape = regular(sides, half)
    eaves = regular(sides, 1.12 * half)
    peak = wall + roof
    top = eaves.extrude(0.62 * roof, scale_top=(0.36, 0.36)).translate((0, 0, wall))
    tip = eaves.scale((0.37, 0.37)).extrude(0.45 * roof, scale_top=(0.08, 0.08))
    scallop = upright(polygon(arc(1.0, 180, 360, 9, (0.18 * half, 1.9))), 1.0)
    face = 1.12 * half * np.cos(np.pi / sides) - 0.5
    rim = [eaves.extrude(1.0).translate((0, 0, wall - 0.9))]
    rim += [around(scallop.translate((x * half, -face, wall - 0.6)), sides) for x in (-0.15, 0.15)]
    body = shape.extrude(wall + 0.2)
    flap = polygon([(-0.3 * half, 0), (0.3 * half, 0), (0, 0.85 * wall)])
    door = upright(flap, half, (0, -half, 0.9))
    inside = shape.offset(-1.2).extrude(wall - 1.8).translate((0, 0, 0.9))
    pole = cylinder(0.6, 6, (0, 0, peak - 1))
    crown = tip.translate((0, 0, wall + 0.6 * roof))
    parts = [minus(body, [door, inside]), top, crown, *rim, pole]
    finial = draw.pick("finial", ("pennant", "flag", "ball"))
    if finial == "ball":
        parts.append(ball(1.3, (0, 0, peak + 4.8)))
    else:
        end = [(4.5, -1.4)] if finial == "pennant" else [(4.2, 0), (4.2, -2.8)]
        parts.append(upright(polygon([(0, 0), *end, (0, -2.8)]), 0.9, (0.3, 0, peak + 4.6)))
    if draw.chance("ropes", 0.4):
        edge = 1.12 * half
        rope = rod((0, 0.6 - edge, wall - 0.2), (0, -edge - 4, 0.5), 0.55)
        peg = rope + box((1.3, 1.3, 1.8), (0, -edge - 4, 0))
        parts.append(around(peg, sides, 180 / sides))
    return Shape(union(parts).trim_by_plane((0, 0, 1), 0), ("circus tent", "tent", "pavilion"))


FAMILY = Family("tent", build, held_out=({"finial": "ball", "ropes": True},))
