"""Headphone stands: a post or a bow on a round or square base, most with headphones on."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import outline_of
from caddis.data.families.outlines import band, smooth
from caddis.data.families.solids import arc, both_sides, box, cylinder, slab, union


def build(draw: Draw) -> Shape:
    """Draw one stand seen from the front; lengths are in centimetres."""
    form = draw.pick("form", ("post", "slab", "bow"))
    base = draw.pick("base", ("round", "square"))
    height, wide = draw.between(23, 29), draw.between(13, 17)
    parts = [slab(outline_of(base, wide, wide, 0.12), draw.between(1.2, 2), (0, 0, 0), 0.3)]
    if form == "post":
        parts.append(cylinder(draw.between(0.9, 1.4), height - 2.4, (0, 0, 0.6)))
    elif form == "slab":
        parts.append(box((draw.between(4, 6), 1.8, height - 2.4), (0, 0, 0.6), 0.5))
    else:
        line = smooth([(0.34 * wide, 0.6), (0.36 * wide, 3), (0.3 * wide, 0.55 * height),
                       (0, 0.75 * height), (0, height - 2)], 5)  # fmt: skip
        side = band(line, 1.7).extrude(3).rotate((90, 0, 90)).translate((-1.5, 0, 0))
        parts.append(side)
    rest = band(arc(5, 45, 135, 12), 1.6).extrude(4.4).rotate((90, 0, 0))
    parts.append(rest.translate((0, 2.2, height - 6.6)))
    if not draw.chance("headphones", 0.65):
        lip = band(arc(5, 45, 135, 12), 3.0).extrude(0.8).rotate((90, 0, 0))
        parts += [lip.translate((0, y, height - 6.6)) for y in (-1.6, 2.4)]
        return Shape(union(parts), ("headphone stand", "headset stand"), {"holes": 0})
    parts.append(_headphones(draw).translate((0, 0, height - 0.2)))
    nouns = ("headphone stand", "headphones on a stand")
    return Shape(union(parts), nouns, {})


def _headphones(draw: Draw) -> Manifold:
    """Return headphones whose bow has its top at z = 0.9."""
    thick, drop = draw.between(1.3, 1.7), draw.between(7, 9)
    bow = band(arc(1.0, -8, 188, 22, (7.2, drop)), thick).extrude(3).rotate((90, 0, 0))
    bow = bow.translate((0, 1.5, -drop))
    cup, deep = draw.between(3.2, 4.2), draw.between(1.8, 2.4)
    shell = cylinder(cup, deep, (0, 0, -0.3), 0.82 * cup)
    pad = cylinder(0.92 * cup, 1.2, (0, 0, -1.3))
    ear = (shell + pad).scale((1.15, 1, 1)).rotate((0, 90, 0))
    return bow + both_sides(ear.translate((6.9, 0, -drop - 1.9)))


FAMILY = Family("headphone_stand", build, held_out=({"form": "slab", "base": "round"},))
