"""Hinges: two leaves with screw holes on one knuckle, square, rounded, butterfly or strap."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rectangle, rounded
from caddis.data.families.solids import ball, cylinder, union


def build(draw: Draw) -> Shape:
    """Draw one hinge of height 16 whose pin stands upright; its leaves open to the back."""
    form = draw.pick("form", ("square", "rounded", "butterfly", "strap"))
    screws = draw.count("screws", 2, 4)
    wide = draw.between(8, 12) if form != "strap" else draw.between(17, 24)
    thick, pin = draw.between(0.8, 1.2), draw.between(1.3, 1.8)
    opening = draw.between(50, 90)
    leaf = _leaf(form, wide, screws).extrude(thick)
    upright = leaf.rotate((90, 0, 0)).translate((0, thick / 2, 0))
    other = upright.mirror((1, 0, 0))
    swing = 90.0 - opening
    leaves = upright.rotate((0, 0, swing)) + other.rotate((0, 0, -swing))
    knuckles = draw.count("knuckles", 3, 5)
    barrel: list[Manifold] = [cylinder(0.75 * pin, 16.2, (0, 0, -8.1))]
    one = 16.0 / knuckles
    places = [-8 + number * one + 0.25 for number in range(knuckles)]
    barrel += [cylinder(pin, one - 0.5, (0, 0, place)) for place in places]
    if draw.chance("ball_tips", 0.4):
        barrel += [ball(1.1 * pin, (0, 0, side * 8.7)) for side in (-1, 1)]
    nouns = {"square": "butt hinge", "rounded": "door hinge", "butterfly": "butterfly hinge",
             "strap": "strap hinge"}  # fmt: skip
    return Shape(union([leaves, *barrel]), ("hinge", nouns[form]), {"holes": 2 * screws})


def _leaf(form: str, wide: float, screws: int) -> CrossSection:
    """Draw the right leaf with its screw holes."""
    if form == "butterfly":
        outline = polygon([(0, -4), (wide, -8), (0.8 * wide, 0), (wide, 8), (0, 4)])
    elif form == "strap":
        outline = polygon([(0, -7), (4, -7), (wide, -1.8), (wide, 1.8), (4, 7), (0, 7)])
    else:
        outline = rectangle(2 * wide, 16, 0.0 if form == "square" else 3.5)
        outline ^= rectangle(2 * wide, 40).translate((wide, 0))
    if form in ("butterfly", "strap"):
        outline = rounded(outline, 0.8)
        outline += rectangle(1.5, 8).translate((0.75, 0))
    hole = circle(0.95, 20)
    if form == "strap":
        spots = [(x, 0.0) for x in np.linspace(4.5, wide - 2.6, screws)]
    else:
        near, far = 0.42 * wide, 0.74 * wide
        spots = {
            2: [(0.6 * wide, -4.6), (0.6 * wide, 4.6)],
            3: [(far, -5.2), (near, 0.0), (far, 5.2)],
            4: [(far, -5.4), (near, -1.8), (near, 1.8), (far, 5.4)],
        }[screws]
    return outline - CrossSection.compose([hole.translate(spot) for spot in spots])


FAMILY = Family("hinge", build, held_out=({"form": "square", "screws": 3},))
