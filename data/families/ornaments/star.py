"""Stars, standing: flat, faceted, rounded or framed, with four to eight points."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.ornaments_parts import base, cushion, puffed
from caddis.data.families.outlines import rounded, star

_WORDS = {4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


def build(draw: Draw) -> Shape:
    """Draw one star of radius 5 that faces the front."""
    form = draw.pick("form", ("flat", "faceted", "rounded", "frame"))
    points = int(draw.pick("points", ("5", "5", "5", "4", "6", "7", "8")))
    standing = draw.chance("on_base", 0.3)
    inner = {4: 0.36, 5: 0.42, 6: 0.52, 7: 0.56, 8: 0.6}[points] * draw.between(0.85, 1.15)
    thick, holes = draw.between(0.8, 1.8), 0
    outline = star(points, 5, 5 * inner)
    if points % 2 == 0 and draw.chance("tilted", 0.4) and not standing:
        outline = outline.rotate(180 / points)
    if form == "faceted":
        peak = draw.between(1.2, 2.2)
        half = outline.extrude(peak, 0, 0, (0.0, 0.0))
        plate = outline.extrude(0.5).translate((0, 0, -0.25))
        solid = plate + half.translate((0, 0, 0.24))
        if draw.chance("two_sided", 0.6):
            solid += half.mirror((0, 0, 1)).translate((0, 0, -0.24))
    elif form == "rounded":
        fat = star(points, 4.4, 4.4 * min(0.7, 1.1 * inner)).offset(0.6, circular_segments=24)
        solid = puffed(fat, 2.2 * thick, 0.6)
    elif form == "frame":
        share = draw.between(0.55, 0.7)
        solid, holes = (outline - outline.scale((share, share))).extrude(thick), 1
    else:
        solid = cushion(rounded(outline, 0.05), thick, 0.12 * thick, 0.04)
    nouns: tuple[str, ...] = ("star", f"{_WORDS[points]}-pointed star")
    if form == "frame":
        nouns = (*nouns, "star frame")
    stood = upright(solid)
    if standing:
        low, high = np.split(np.array(stood.bounding_box()), 2)
        stood = stood.translate((0, -(low[1] + high[1]) / 2, -0.75))
        deep = max(2.4, 1.3 * (high[1] - low[1]))
        wide = 5.5 if points == 5 else 3.6 + 0.2 * points
        stood += base(draw, wide, deep, draw.between(0.7, 1.3))
        nouns = (*nouns[:2], "star on a base")
    return Shape(stood, nouns, {} if standing else {"holes": holes})


FAMILY = Family(
    "star", build, held_out=({"form": "frame", "points": "6"}, {"form": "faceted", "points": "5"})
)
