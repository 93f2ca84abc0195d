"""Bracelets, lying: plain and grooved bangles, open cuffs, twisted and beaded ones."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, star
from caddis.data.families.ropes_parts import twisted_ring
from caddis.data.families.solids import around, box, minus, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one bracelet of radius 10."""
    form = draw.pick("form", ("bangle", "cuff", "twisted", "beaded", "studded"))
    width = draw.pick("width", ("slim", "wide"))
    high = draw.between(2.5, 4) if width == "slim" else draw.between(6, 9)
    stretch = draw.between(0.78, 0.88) if form == "cuff" or draw.chance("oval", 0.4) else 1.0
    if form == "twisted":
        thick = draw.between(0.8, 1.2) if width == "slim" else draw.between(1.4, 2.2)
        solid = twisted_ring(10 - thick, thick, draw.count("strands", 2, 4),
                             draw.count("turns", 10, 24), draw.between(0.25, 0.45))  # fmt: skip
        return Shape(solid.scale((1, stretch, 1)), ("bracelet", "twisted bracelet"), {"holes": 1})
    if form == "beaded":
        beads = draw.count("beads", 12, 18) + (6 if width == "slim" else 0)
        radius = 8.4 * np.pi / beads
        thread = circle(0.45 * radius, 12).translate((8.4, 0)).revolve(48)
        pearl = Manifold.sphere(1.05 * radius, 20).translate((8.4, 0, 0))
        solid = (thread + around(pearl, beads)).scale((1, stretch, 1))
        return Shape(solid, ("bracelet", "bead bracelet", "pearl bracelet"), {"holes": 1})
    wall = draw.between(0.7, 1.1)
    bulge = draw.between(0.0, 0.9)
    share = np.linspace(0, 1, 9)
    outside = [(10 - bulge * (2 * s - 1) ** 2, high * s) for s in share]
    solid = turned([(10 - bulge - wall, high), (10 - bulge - wall, 0), *outside], 72)
    if form == "studded":
        studs = draw.count("studs", 8, 16)
        size = min(0.36 * high, 1.6)
        kind = draw.pick("stud", ("star", "round"))
        outline: CrossSection = star(5, size, 0.45 * size) if kind == "star" else circle(size, 20)
        stud = slab(outline, 1.0).rotate((90, 0, 0)).rotate((0, 0, 90))
        solid += around(stud.translate((9.6, 0, high / 2)), studs)
    elif draw.chance("grooved", 0.4):
        cuts = [(10 - bulge * 0.5 + 0.1 - 0.45, s * high) for s in (0.25, 0.5, 0.75)]
        solid = minus(solid, [turned([(r, z - 0.25), (12, z - 0.25), (12, z + 0.25), (r, z + 0.25)])
                              for r, z in cuts])  # fmt: skip
    if form == "cuff":
        gap = draw.between(3.5, 7)
        end = slab(circle(0.5 * wall + 0.25, 20), high)
        cut = box((gap, 14, 3 * high), (0, -9, -high))
        edge = np.sqrt((10 - bulge - wall / 2) ** 2 - gap**2 / 4)
        tips = [end.translate((side * gap / 2, -edge, 0)) for side in (-1, 1)]
        solid = union([minus(solid, [cut]), *tips]).scale((1, stretch, 1))
        return Shape(solid, ("cuff bracelet", "open bracelet", "bracelet"), {"holes": 0})
    noun = "bangle" if form == "bangle" else "studded bracelet"
    return Shape(solid.scale((1, stretch, 1)), ("bracelet", noun), {"holes": 1})


FAMILY = Family("bracelet", build, held_out=({"form": "cuff", "width": "wide"},))
