"""Bearings, lying: two rings with balls or rollers between them, or one shielded ring."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import around, cylinder, turned


def build(draw: Draw) -> Shape:
    """Draw one bearing of radius 10; a thin web joins balls and rings into one part."""
    form = draw.pick("form", ("ball", "ball", "roller", "shielded"))
    width = draw.pick("width", ("narrow", "wide"))
    high = draw.between(3, 4.2) if width == "narrow" else draw.between(5, 7.5)
    bore = draw.between(3.2, 5.4)
    wall = draw.between(1.0, 1.4)
    web = {"ball": 0.3, "roller": 0.3, "shielded": 0.82}[form] * high
    low, top, edge = (high - web) / 2, (high + web) / 2, 0.25
    inner, outer = bore + wall, 10 - wall
    solid = turned([
        (bore, edge), (bore + edge, 0), (inner, 0), (inner, low), (outer, low), (outer, 0),
        (10 - edge, 0), (10, edge), (10, high - edge), (10 - edge, high), (outer, high),
        (outer, top), (inner, top), (inner, high), (bore + edge, high), (bore, high - edge),
    ], 64)  # fmt: skip
    middle, radius = (inner + outer) / 2, (outer - inner) / 2 + 0.05
    number = int(6.28 * middle / (2.25 * radius))
    if form == "ball":
        one = Manifold.sphere(radius, 20).scale((1, 1, min(1.0, 0.48 * high / radius)))
        solid += around(one.translate((middle, 0, high / 2)), number)
    elif form == "roller":
        solid += around(cylinder(radius, 0.94 * high, (middle, 0, 0.03 * high)), number)
    noun = {"ball": "ball bearing", "roller": "roller bearing", "shielded": "sealed bearing"}[form]
    return Shape(solid, ("bearing", noun), {"holes": 1})


FAMILY = Family("bearing", build, held_out=({"form": "roller", "width": "wide"},))
