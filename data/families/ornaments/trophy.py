"""Trophies: a two-handled cup, a goblet, or a star, ball or number on a column."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Claims, Draw, Family, Shape
from caddis.data.families.glyphs_parts import brush, glyph
from caddis.data.families.hardware_parts import upright
from caddis.data.families.ornaments_parts import puffed
from caddis.data.families.outlines import circle, rectangle, regular, smooth, star
from caddis.data.families.solids import ball, both_sides, cylinder, minus, slab, tube, turned


def build(draw: Draw) -> Shape:
    """Draw one trophy; its plinth is about 8 wide."""
    form = draw.pick("form", ("handled", "goblet", "star", "ball", "number"))
    plinth = draw.pick("plinth", ("round", "square", "octagonal"))
    wide, high = draw.between(6.5, 9), draw.between(1.5, 4)
    outline = {"round": circle(wide / 2), "square": rectangle(wide, wide, 0.4),
               "octagonal": regular(8, wide / 2)}[plinth]  # fmt: skip
    solid = slab(outline, high, bevel=0.2)
    solid += slab(outline.scale((0.8, 0.8)), 0.9, (0, 0, high - 0.2), bevel=0.2)
    low = high + 0.6
    if form in ("handled", "goblet"):
        return _cup(draw, solid, low, form)
    rise = draw.between(4, 9)
    column = turned([(0, 0), (2.2, 0), (2.2, 0.4), (1.2, 0.9), (1.0, rise - 0.8), (1.7, rise),
                     (0, rise)])  # fmt: skip
    solid += column.translate((0, 0, low))
    top = low + rise
    if form == "ball":
        radius = draw.between(2.2, 3.4)
        solid += ball(radius, (0, 0, top + 0.9 * radius))
        return Shape(solid, ("ball trophy", "trophy", "award"), {"holes": 0})
    size = draw.between(3.2, 4.6)
    if form == "star":
        figure = puffed(star(5, size, 0.45 * size), 2.2, 0.5) if draw.chance("puffed") else slab(
            star(5, size, 0.45 * size), 1.4
        )  # fmt: skip
    else:
        sign = str(draw.count("place", 1, 3))
        figure = glyph(sign, brush("square", 0.2)).scale((1.5 * size, 1.5 * size)).extrude(1.6)
    stood = upright(figure)
    middle = (stood.bounding_box()[1] + stood.bounding_box()[4]) / 2
    lift = top - (1.5 if form == "star" else 0.15)
    pad = slab(rectangle(0.75 * size, 2.0, 0.3), 0.7, (0, 0, top - 0.3))
    if form == "star":
        pad = cylinder(1.7, 2.2, (0, 0, top - 0.3), 0.9)
    solid += stood.translate((0, -middle, lift)) + pad
    return Shape(solid, (f"{form} trophy", "trophy", "award"))


def _cup(draw: Draw, solid: Manifold, low: float, form: str) -> Shape:
    """Put a cup on the plinth, with two handles or none."""
    rise, radius = draw.between(1.8, 4), draw.between(3.4, 4.6)
    deep, wall = draw.between(4.8, 7.5), draw.between(0.45, 0.65)
    belly = draw.pick("cup", ("bell", "vee", "bowl"))
    lower = {"bell": 0.72, "vee": 0.5, "bowl": 0.93}[belly] * radius
    base = low + rise
    outer = smooth([(2.8, low), (0.9, low + 0.5 * rise), (0.9, base), (lower, base + 0.4 * deep),
                    (0.86 * radius, base + 0.75 * deep), (radius, base + deep)], 8)  # fmt: skip
    cup = turned([(0, low - 0.3), (2.8, low - 0.3), *outer, (0, base + deep)])
    knop = ball(1.35, (0, 0, low + 0.62 * rise), (1, 1, 0.6))
    inner = smooth(
        [
            (0.2, base + 0.6),
            (lower - wall, base + 0.45 * deep),
            (0.86 * radius - wall, base + 0.75 * deep),
            (radius - wall, base + deep),
        ],
        8,
    )
    hollow = turned([(0, base + 0.6), *inner, (radius - wall, base + deep + 1),
                     (0, base + deep + 1)])  # fmt: skip
    whole = solid + cup + knop
    claims: Claims = {"open": True, "holes": 0, "handles": 0}
    if form == "handled":
        thick, reach = draw.between(0.42, 0.6), draw.between(1.6, 2.8)
        out = radius + reach
        ear = smooth([(1.0, base + 0.2 * deep), (0.8 * out, base + 0.36 * deep),
                      (out, base + 0.66 * deep), (out - 0.4 * reach, base + 0.9 * deep),
                      (0.93 * radius, base + 0.88 * deep)], 4)  # fmt: skip
        path = np.stack([ear[:, 0], 0 * ear[:, 0], ear[:, 1]], axis=1)
        whole += both_sides(tube(path, thick))
        claims = {"open": True, "holes": 2, "handles": 2}
    nouns = ("trophy", "trophy cup", "two-handled trophy") if form == "handled" else (
        "trophy", "trophy cup")  # fmt: skip
    return Shape(minus(whole, [hollow]), nouns, claims)


FAMILY = Family("trophy", build, held_out=({"form": "handled", "plinth": "square"},))
