"""Brackets: two arms at a right angle with screw holes, plain, with a rib or with a brace."""

from __future__ import annotations

import numpy as np

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import box, cylinder, minus, slab, union


def build(draw: Draw) -> Shape:
    """Draw one bracket that stands on its long arm; lengths are in centimetres."""
    form = draw.pick("form", ("plain", "ribbed", "braced"))
    screws = draw.count("screws", 1, 3)
    length, height = draw.between(7, 14), draw.between(7, 16)
    width, thick = draw.between(2.5, 4.5), draw.between(0.5, 0.9)
    foot = box((width, length, thick), (0, 0, 0), 0.4)
    wall = box((width, thick, height), (0, length / 2 - thick / 2, 0), 0.25)
    parts = [foot, wall]
    inner = length / 2 - thick
    reach, rise = 0.75 * length, 0.75 * height
    if form != "plain":
        side = [(inner + 0.1, thick - 0.1), (inner + 0.1, rise), (inner - reach, thick - 0.1)]
        web = outlines.polygon(side)
        if form == "braced":
            middle = np.mean(side, axis=0)
            web -= outlines.polygon([middle + 0.5 * (np.array(corner) - middle) for corner in side])
        # extruded along z, then rotated so that it lies in the yz plane
        rib = slab(web, 0.18 * width, (0, 0, -0.09 * width)).rotate((90, 0, 90))
        parts.append(rib)
    drills = []
    for number in range(screws):
        share = (number + 1) / (screws + 1) - 0.5
        side_step = 0.3 * width if form != "plain" else 0.0
        hole = cylinder(0.09 * width, 4 * thick, (0, 0, -2 * thick))
        drills.append(hole.translate((side_step, share * 0.8 * length - 0.1 * length, thick / 2)))
        up = thick + (share + 0.5) * 0.9 * (height - thick) + 0.05 * height
        drills.append(hole.rotate((90, 0, 0)).translate((side_step, length / 2 - thick / 2, up)))
    holes = 2 * screws + (form == "braced")
    nouns = {
        "plain": ("bracket", "angle bracket"),
        "ribbed": ("ribbed bracket", "bracket"),
        "braced": ("shelf bracket", "bracket"),
    }
    return Shape(minus(union(parts), drills), nouns[form], {"holes": holes})


FAMILY = Family("bracket", build, held_out=({"form": "ribbed", "screws": 3},))
