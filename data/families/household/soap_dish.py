"""Soap dishes: oval, rectangular or round, ridged or slotted, most with a bar of soap."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import outline_of
from caddis.data.families.outlines import oval, rectangle
from caddis.data.families.solids import ball, both_sides, box, minus, slab, union


def build(draw: Draw) -> Shape:
    """Draw one dish; lengths are in centimetres."""
    form = draw.pick("form", ("oval", "rectangular", "round"))
    bottom = draw.pick("bottom", ("ridges", "slots"))
    soap = draw.chance("soap", 0.55)
    width, ratio = draw.between(11, 14), draw.between(0.64, 0.76)
    height, wall = draw.between(1.7, 2.5), draw.between(0.55, 0.75)
    outline = outline_of(form, width, ratio * width, 0.16)
    low = draw.between(0.72, 0.86)
    outer = outline.scale((low, low)).extrude(height, scale_top=(1 / low, 1 / low))
    inset = low - 1.6 * wall / width
    flare = (1.0 - 1.6 * wall / width) / inset
    cavity = outline.scale((inset, inset)).extrude(height, scale_top=(flare, flare))
    solid = minus(outer, [cavity.translate((0, 0, wall))])
    deep = ratio * width if form != "round" else width
    lines = np.linspace(-0.26, 0.26, draw.count("lines", 4, 5)) * width
    holes = 0
    if bottom == "ridges" or soap:
        bars = [box((0.6, 0.56 * deep, 0.9), (x, 0, 0.5 * wall), 0.2) for x in lines]
        solid = union([solid, *bars])
    else:
        slots = [rectangle(0.8, 0.42 * deep, 0.38).translate((x, 0)) for x in lines]
        solid = minus(solid, [slot.extrude(3).translate((0, 0, -1)) for slot in slots])
        holes = len(slots)
    if draw.chance("feet", 0.4):
        foot = ball(0.9, (0.25 * width, 0.2 * deep, 0.1), (1, 1, 0.8))
        solid += both_sides(both_sides(foot), 1)
    if soap:
        shape = oval(0.66 * width, 0.56 * deep) if draw.chance("oval_bar") else rectangle(
            0.62 * width, 0.5 * deep, 0.8)  # fmt: skip
        solid += slab(shape, draw.between(2, 2.8), (0, 0, 0.5 * wall + 0.75), 0.5)
    nouns = ("soap dish", "soap dish with soap") if soap else ("soap dish",)
    return Shape(solid, nouns, {} if soap else {"holes": holes})


FAMILY = Family("soap_dish", build, held_out=({"form": "round", "soap": True},))
