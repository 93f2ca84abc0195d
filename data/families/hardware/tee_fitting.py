"""Pipe fittings that branch: tees, crosses and slanted wyes with four kinds of ends."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of
from caddis.data.families.outlines import circle, regular
from caddis.data.families.solids import ball, cylinder, minus, slab, union


def build(draw: Draw) -> Shape:
    """Draw one fitting of pipe radius 5; the run stands upright, the branch points to the right."""
    form = draw.pick("form", ("tee", "cross", "wye"))
    ends = draw.pick("ends", ("plain", "collar", "hexagonal", "flange"))
    wall = draw.between(1.0, 1.5)
    long = draw.between(10, 16)
    angles = {"tee": (0, 180, 90), "cross": (0, 180, 90, -90), "wye": (0, 180, 45)}[form]
    bolts, cap, wide, thick = 0, None, 5.0, draw.between(2.8, 4.2)
    if ends == "collar":
        wide = draw.between(6.2, 7.0)
        cap = cylinder(wide, thick)
    elif ends == "hexagonal":
        wide = draw.between(7, 7.6)
        cap = slab(regular(6, wide), thick, bevel=0.3)
    elif ends == "flange":
        bolts, wide, thick = 4, draw.between(8.8, 9.6), 0.5 * thick
        plate = circle(wide) - ring_of(circle(0.85, 20), bolts, 0.5 * (wide + 5.2), 45)
        cap = slab(plate, thick)
    apart = wide * (2.42 if form == "wye" else 1.0) + thick + 0.8  # so that the ends do not meet
    arm = max(long, apart)
    branch = max(draw.between(0.8, 1.1) * long, apart)
    lengths = [arm, arm, branch, branch][: len(angles)]
    solids, bores = [ball(5)], []
    for angle, length in zip(angles, lengths, strict=True):
        tilt = (0, angle, 0)
        solids.append(cylinder(5, length).rotate(tilt))
        bores.append(cylinder(5 - wall, length + 1).rotate(tilt))
        if cap is not None:
            solids.append(cap.translate((0, 0, length - thick)).rotate(tilt))
    solid = minus(union(solids), bores)
    noun = {"tee": "tee fitting", "cross": "cross fitting", "wye": "wye fitting"}[form]
    first = {"tee": "pipe tee", "cross": "pipe cross", "wye": "y-pipe"}[form]
    holes = len(angles) - 1 + bolts * len(angles)
    return Shape(solid, (first, noun, "pipe fitting"), {"holes": holes})


FAMILY = Family("pipe", build, held_out=({"form": "tee", "ends": "collar"},))
