"""Pawns of board games: cones with a ball, pegs, stacked ones and little flat people."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.outlines import circle, polygon, rounded, smooth
from caddis.data.families.solids import ball, cylinder, turned


def build(draw: Draw) -> Shape:
    """Draw one pawn; its foot has a radius of about 4."""
    form = draw.pick("form", ("cone", "swept", "peg", "person"))
    build_kind = draw.pick("build", ("squat", "tall"))
    high = draw.between(6.5, 8) if build_kind == "squat" else draw.between(9.5, 13)
    if form == "person":
        return _person(draw, build_kind)
    size = draw.between(1.9, 2.8)
    if form == "cone":
        solid = cylinder(4, 0.9) + cylinder(draw.between(3.4, 3.9), high, (0, 0, 0.4), 0.9)
    elif form == "swept":
        curve = smooth([(4.2, 0), (4.2, 0.7), (2.0, 0.4 * high), (1.1, high)], 7)
        solid = turned([(0, 0), *curve, (0, high)])
        if draw.chance("collar", 0.5):
            solid += cylinder(1.9, 0.7, (0, 0, 0.86 * high), 1.6)
    else:
        solid = cylinder(3.6, 1.2, top=3.3) + cylinder(2.3, high, (0, 0, 0.8), 2.0)
        size = max(size, 2.5)
    solid += ball(size, (0, 0, high + 0.6 * size))
    return Shape(
        solid, ("game pawn", "board game pawn", "pawn"), {"holes": 0, "symmetry": "revolved"}
    )


def _person(draw: Draw, build_kind: str) -> Shape:
    """Cut a little person with spread arms and legs from a board."""
    tall = draw.between(0.92, 1.05) if build_kind == "squat" else draw.between(1.15, 1.35)
    reach, spread = draw.between(4.2, 5.2), draw.between(3.4, 4.4)
    right = [(0, 1.4), (1.2, 0), (spread, 0), (spread - 0.2, 1.0), (2.2, 3.6), (reach, 4.6),
             (reach, 6.0), (1.7, 6.8), (0, 7.0)]  # fmt: skip
    half = polygon(right)
    body = half + half.mirror((1, 0)) + circle(1).scale((0.05, 1.0)).translate((0, 4))
    outline = rounded(body, 0.35) + circle(draw.between(1.7, 2.1), 32).translate((0, 7.9))
    solid = upright(outline.scale((1, tall)).extrude(draw.between(2, 3.4)))
    return Shape(solid, ("meeple", "game figure", "game pawn"), {"holes": 0, "legs": 2})


FAMILY = Family("game_pawn", build, held_out=({"form": "cone", "build": "tall"},))
