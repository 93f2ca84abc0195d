"""Buses: city buses, double-deckers and school buses with a bonnet."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle
from caddis.data.families.solids import both_sides, box, minus, union
from caddis.data.families.vehicles_parts import bead, block, cabin, side_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one bus; lengths are in decimetres."""
    style = draw.pick("style", ("city bus", "double-decker", "school bus"))
    lamps = draw.pick("lamps", ("round", "square"))
    length = draw.between(78, 105) if style == "city bus" else draw.between(66, 82)
    width, half = draw.between(23, 26), length / 2
    radius, low = draw.between(4.4, 5.2), draw.between(2.8, 3.6)
    panes = draw.count("panes", 4, 7)
    floor_height = draw.between(24, 28)
    top = low + floor_height
    depth, rim, corner = 1.0, 1.7, draw.between(1, 3)
    front = (-half, half, width)
    parts = []
    if style == "double-decker":
        shell = cabin(
            (*front, low), (*front, low + 20), depth, panes, rim, rounding=corner, rise=(0.5, 0.88)
        )
        upper = cabin((*front, low + 19.5), (*front, low + 38), depth, panes, rim, rounding=corner,
                      rise=(0.3, 0.8))  # fmt: skip
        shell += upper
        parts.append(box((0.97 * width, 0.97 * length, 1.5), (0, 0, low + 37.5), 1.4))
    else:
        roof = (-half + draw.between(0, 2), half - 0.5, width - 1, top)
        shell = cabin((*front, low), roof, depth, panes, rim, rounding=corner, rise=(0.5, 0.86))
        parts.append(block((-half + 2, half - 1, width - 1.6, top - 0.2),
                           (-half + 4, half - 3, width - 6, top + 1.8), 1))  # fmt: skip
    start, lamp_height = -half, low + 4.5
    if style == "school bus":
        start = -half - draw.between(13, 16)
        parts.append(block((start, -half + 2, 0.8 * width, low),
                           (start + 1, -half + 2, 0.68 * width, low + 11.5), 2))  # fmt: skip
    elif draw.chance("sign", 0.6):
        parts.append(box((0.6 * width, 3, 2.6), (0, -half + 1.2, low + 0.89 * floor_height), 0.4))
    places = (start + (0.11 if style == "school bus" else 0.19) * length, 0.27 * length)
    arches = [side_view(circle(1.14 * radius, 32).translate((y, radius)), 10.5, 0, x)
              for y in places for x in (-width / 2, width / 2)]  # fmt: skip
    if lamps == "round":
        lamp = bead(1.8, (0.28 * width, start, lamp_height), (1, 0.6, 1))
    else:
        lamp = box((4.5, 2, 2.2), (0.28 * width, start, lamp_height - 1.1), 0.5)
    bumper = box((0.96 * width, 3, 2.4), (0, 0, low + 0.3), 0.8)
    parts += [bumper.translate((0, start, 0)), bumper.translate((0, half, 0)), both_sides(lamp)]
    solid = union(
        [minus(union([shell, *parts]), arches), wheels(radius, 4.4, width / 2 - 2.2, places)]
    )
    nouns = ("bus", "coach") if style == "city bus" else ("bus", style)
    return Shape(solid, nouns, {"wheels": 4})


FAMILY = Family("bus", build, held_out=({"style": "double-decker", "lamps": "square"},))
