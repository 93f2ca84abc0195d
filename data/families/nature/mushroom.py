"""Mushrooms: domed, pointed, flat or dish-shaped caps on slim or fat stems; dots, groups."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import cylinder, turned, union


def build(draw: Draw) -> Shape:
    """Draw one mushroom; lengths are in centimetres."""
    cap = draw.pick("cap", ("domed", "pointed", "flat"))
    stem = draw.pick("stem", ("slim", "fat"))
    group = draw.pick("group", ("single", "single", "pair", "trio"))
    count = {"single": 1, "pair": 2, "trio": 3}[group]
    dots = draw.chance("dots", 0.45)
    parts = [_mushroom(draw, cap, stem, dots)]
    for number in range(1, count):
        size, angle = draw.between(0.45, 0.65), draw.between(0.2, 0.9) + np.pi * (number - 1)
        out = 5.2
        small = (
            _mushroom(draw, cap, stem, dots)
            .scale((size, size, size))
            .rotate((0, 10 if number == 1 else -10, 0))
        )
        parts.append(small.translate((out * np.cos(angle), -out * 0.6 * abs(np.sin(angle)), -0.2)))
    if count > 1:
        parts.append(blob((0, -0.5, 0), (7.5, 5.0, 1.3), 32))
    elif draw.chance("base", 0.3) and cap != "flat":
        parts.append(cylinder(4.0, 0.9, (0, 0, -0.4), 3.7))
    solid = union(parts)
    low = solid.bounding_box()[2]
    solid = solid.trim_by_plane((0, 0, 1), low + 1.2 if count > 1 else low)
    names = (
        ("mushroom", f"{cap} mushroom") if count == 1 else ("mushrooms", f"{group} of mushrooms")
    )
    if dots and count == 1:
        names = ("mushroom", "toadstool")
    return Shape(solid.translate((0, 0, -solid.bounding_box()[2])), names)


def _mushroom(draw: Draw, cap: str, stem: str, dots: bool) -> Manifold:
    tall = draw.between(6, 9) if stem == "slim" else draw.between(4, 6)
    thin = draw.between(0.9, 1.2) if stem == "slim" else draw.between(1.7, 2.2)
    wide = draw.between(3.4, 5.2)
    high = (
        wide
        * {
            "domed": draw.between(0.65, 0.95),
            "pointed": draw.between(1.1, 1.5),
            "flat": draw.between(0.42, 0.52),
        }[cap]
    )
    side = smooth(
        [(1.45 * thin, 0), (1.05 * thin, 0.35 * tall), (0.9 * thin, tall + 0.4 * high)], 4
    )
    shape = {
        "domed": [
            (wide, tall),
            (1.0 * wide, tall + 0.25 * high),
            (0.7 * wide, tall + 0.78 * high),
            (0, tall + high),
        ],
        "pointed": [
            (wide, tall),
            (0.8 * wide, tall + 0.3 * high),
            (0.3 * wide, tall + 0.72 * high),
            (0, tall + high),
        ],
        "flat": [
            (wide, tall),
            (1.03 * wide, tall + 0.4 * high),
            (0.6 * wide, tall + 0.9 * high),
            (0, tall + high),
        ],
    }[cap]
    top = smooth(shape, 5)
    hollow = min(0.16 * wide, 0.3 * high)
    under = smooth([(0, tall + hollow), (0.6 * wide, tall + 0.8 * hollow), (wide, tall)], 4)
    parts = [turned([(0, 0), *side, (0, tall + 0.4 * high)], 24), turned([*under, *top[1:]], 32)]
    if stem == "slim" and draw.chance("ring", 0.4):
        parts.append(
            turned(
                [
                    (0, 0.55 * tall),
                    (1.4 * thin, 0.5 * tall),
                    (1.5 * thin, 0.56 * tall),
                    (0, 0.68 * tall),
                ],
                20,
            )
        )
    if dots:
        for share, many in ((0.35, 7), (0.62, 5), (0.9, 1)):
            r, z = top[int(share * (len(top) - 1))] if many > 1 else (0.0, tall + high)
            for number in range(many):
                angle = 2 * np.pi * (number + share) / many
                parts.append(blob((r * np.cos(angle), r * np.sin(angle), z), 0.12 * wide, 8))
    return union(parts)


FAMILY = Family("mushroom", build, held_out=({"cap": "flat", "stem": "fat"},))
