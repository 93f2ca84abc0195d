"""Bunk beds: two beds above each other, or one high up, between posts, with a ladder."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import berth
from caddis.data.families.solids import both_sides, box, cylinder, rod, union


def build(draw: Draw) -> Shape:
    """Draw one bunk bed; lengths are in centimetres."""
    width, length, size = draw.between(86, 110), draw.between(190, 210), draw.between(8, 11)
    lower = draw.pick("lower", ("bed", "bed", "none"))
    low, high, thick = draw.between(28, 36), draw.between(112, 128), draw.between(13, 17)
    top = high + draw.between(38, 48)
    x, y = (width - size) / 2, (length - size) / 2
    kind = draw.pick("post", ("square", "round"))
    if kind == "square":
        post = box((size, size, top), (x, 0, 0), 0.2 * size)
    else:
        post = cylinder(0.58 * size, top, (x, 0, 0))
    parts = [both_sides(post.translate((0, side * y, 0))) for side in (-1, 1)]
    for z in (low, high) if lower == "bed" else (high,):
        parts.append(berth(draw, width, length, z, thick, pillows=1))
        end = box((width - size, 0.6 * size, 0.7 * size), (0, y, z + thick + 9))
        parts += [end, end.mirror((0, 1, 0))]
    rail = box((0.6 * size, length - size, 0.8 * size), (x, 0, top - 1.6 * size))
    parts.append(both_sides(rail))
    lean, place = x + 0.8 * size, -0.24 * length
    for along in (place - 19, place + 19):
        parts.append(box((0.7 * size, 0.7 * size, top - 0.95 * size), (-lean, along, 0)))
        parts.append(
            box((size, 0.7 * size, 0.7 * size), (-x - 0.3 * size, along, top - 1.6 * size))
        )
    for z in np.linspace(24, high - 10, draw.count("rungs", 3, 5)):
        parts.append(rod((-lean, place - 19, float(z)), (-lean, place + 19, float(z)), 0.33 * size))
    nouns = ("bed", "bunk bed") if lower == "bed" else ("bed", "loft bed")
    return Shape(union(parts), nouns)


FAMILY = Family("bed", build, held_out=({"lower": "none", "rungs": 3},))
