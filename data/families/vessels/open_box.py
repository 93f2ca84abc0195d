"""Open boxes: four outlines, plain, with compartments, with grip holes or with a lowered front."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import outline_of
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import both_sides, box, minus

_CORNERED = ("rectangular", "square")


def build(draw: Draw) -> Shape:
    """Draw one box; lengths are in centimetres."""
    form = draw.pick("form", ("rectangular", "square", "round", "hexagonal"))
    styles = ("plain", "divided", "grips", "lowered")
    style = draw.pick("style", styles if form in _CORNERED else styles[:2])
    width, ratio = draw.between(14, 22), draw.between(0.55, 0.75)
    deep = ratio * width if form == "rectangular" else width
    height, wall = draw.between(0.32, 0.6) * deep, draw.between(0.6, 1.0)
    outline = outline_of(form, width, deep, draw.between(0.01, 0.1))
    outer, inner = outline.extrude(height), outline.offset(-wall).extrude(height)
    solid = minus(outer, [inner.translate((0, 0, wall))])
    holes = 0
    if style == "divided":
        low = draw.between(0.75, 0.92) * height
        columns = draw.count("columns", 2, 3)
        for number in range(1, columns):
            x = width * (number / columns - 0.5)
            solid += box((wall, 2 * width, low), (x, 0, 0)) ^ outer
        if draw.chance("two_rows", 0.5):
            solid += box((width, wall, low)) ^ outer
    elif style == "grips":
        grip = rectangle(0.36 * deep, 0.16 * height, 0.07 * height).extrude(4 * wall)
        side = grip.rotate((90, 0, 90)).translate((width / 2 - 2 * wall, 0, 0.74 * height))
        solid = minus(solid, [both_sides(side)])
        holes = 2
    elif style == "lowered":
        notch = rectangle(0.6 * width, 1.1 * height, 0.2 * height).extrude(deep)
        solid = minus(solid, [notch.rotate((90, 0, 0)).translate((0, 0, 1.0 * height))])
    claims: dict[str, str | int | bool] = {"holes": holes}
    if style != "lowered":
        claims |= {"open": True, "body": form}
    noun = "box with compartments" if style == "divided" else "open box"
    return Shape(solid, ("box", noun), claims)


FAMILY = Family("box", build, held_out=({"form": "square", "style": "divided"},))
