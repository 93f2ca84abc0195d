"""Coins, standing on edge: a raised rim around an emblem, with a plain or milled edge."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of, upright
from caddis.data.families.ornaments_parts import emblem
from caddis.data.families.outlines import circle, rectangle, regular
from caddis.data.families.solids import cylinder, minus, slab


def build(draw: Draw) -> Shape:
    """Draw one coin of radius 10; its emblem faces the front."""
    form = draw.pick("form", ("round", "round", "holed", "cornered"))
    edge = draw.pick("edge", ("plain", "milled"))
    thick, relief = draw.between(1.2, 2.4), draw.between(0.5, 0.85)
    rim = draw.between(0.8, 1.5)
    outline = circle(10, 72)
    if form == "cornered":
        outline = regular(draw.count("corners", 7, 12), 10, 0.5)
        edge = "plain"
    elif edge == "milled":
        outline -= ring_of(rectangle(0.5, 0.45), 48, 10)
    dish = outline.scale((1 - rim / 10, 1 - rim / 10))
    if edge == "milled":
        dish = circle(10 - rim, 64)
    coin = minus(outline.extrude(thick), [dish.extrude(thick).translate((0, 0, thick - relief))])
    holes = 0
    if form == "holed":
        hole = draw.between(2.2, 3.5)
        side = 1.7 * hole
        square = draw.chance("square_hole")
        cut = rectangle(side, side) if square else circle(hole)
        frame = rectangle(side + 1.8, side + 1.8) if square else circle(hole + 1.0)
        holes = 1
        marks = ring_of(rectangle(1.0, 1.8), 4, 0.5 * (10 - rim + 1.25 * hole + 0.9), 0)
        coin += (frame + marks).extrude(thick)
        coin = minus(coin, [slab(cut, 3 * thick, (0, 0, -thick))])
    else:
        coin += emblem(draw, draw.between(8.5, 11)).extrude(thick)
        if draw.chance("pearls", 0.4):
            coin += ring_of(circle(0.45, 10), 24, 9.1 - rim).extrude(thick)
    if holes == 0 and form != "cornered":
        back = cylinder(9.8, 0.4, (0, 0, -0.35)) - cylinder(10 - rim, 1, (0, 0, -0.5))
        coin += back
    return Shape(upright(coin), ("coin", "holed coin") if holes else ("coin",), {"holes": holes})


FAMILY = Family("coin", build, held_out=({"form": "holed", "edge": "milled"},))
