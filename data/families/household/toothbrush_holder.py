"""Toothbrush holders: a cup, a block with holes or a rack on two posts, with brushes in."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import outline_of
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import box, cylinder, minus, slab, union


def build(draw: Draw) -> Shape:
    """Draw one holder; lengths are in centimetres."""
    form = draw.pick("form", ("cup", "block", "rack"))
    brushes = draw.count("brushes", 1, 3)
    count = draw.count("places", 3, 4)
    height = draw.between(8, 11)
    places = (np.arange(count) - (count - 1) / 2) * 2.9
    long = draw.between(16, 18)
    if form == "cup":
        shape = draw.pick("outline", ("round", "square", "hexagonal"))
        outline = outline_of(shape, 7.6, 7.6, 0.14)
        cavity = outline.offset(-0.6).extrude(height).translate((0, 0, 0.8))
        solid = minus(outline.extrude(height), [cavity])
        leans = ((-1.4, 11, 30), (1.5, 12, 160), (0.2, 10, 270))
        for _, tilt, turn in leans[:brushes]:
            brush = _brush(long, draw.between(-40, 40)).rotate((0, tilt, turn))
            solid += brush.translate((0, 0, 0.5))
        return Shape(solid, ("toothbrush holder", "toothbrush cup"))
    width = 2.9 * count + 1.2
    if form == "block":
        body = slab(rectangle(width, 5, 1.2), height, (0, 0, 0), 0.4)
        low = 0.35 * height
    else:
        plate = slab(rectangle(width, 5, 1.2), 1.1, (0, 0, height - 1.1), 0.25)
        post = box((1.2, 4.2, height - 0.4), (width / 2 - 0.6, 0, 0), 0.4)
        floor = slab(rectangle(width + 0.6, 5.6, 1.4), 1.2, (0, 0, 0), 0.3)
        body, low = union([plate, post, post.mirror((1, 0, 0)), floor]), height - 2
    drills = [cylinder(0.95, height, (x, 0, low)) for x in places]
    solid = minus(body, drills)
    start = low - 0.3 if form == "block" else 0.8
    for x in places[:brushes]:
        solid += _brush(long, draw.between(-30, 30)).translate((x, 0, start))
    return Shape(solid, ("toothbrush holder", "toothbrush stand"))


def _brush(long: float, turn: float) -> Manifold:
    """Return an upright toothbrush whose bristles face the front."""
    stem = slab(rectangle(1.1, 0.8, 0.3), 0.7 * long, (0, 0, 0), 0.15)
    neck = box((0.65, 0.65, 0.2 * long), (0, 0, 0.66 * long), 0.15)
    head = box((1.15, 0.7, 0.17 * long), (0, 0, 0.83 * long), 0.3)
    hair = [box((0.95, 1.0, 0.5), (0, -0.7, share * long)) for share in (0.85, 0.89, 0.93, 0.96)]
    return union([stem, neck, head, *hair]).rotate((0, 0, turn))


FAMILY = Family("toothbrush_holder", build, held_out=({"form": "rack", "brushes": 1},))
