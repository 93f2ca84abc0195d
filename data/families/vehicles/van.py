"""Vans: panel vans, passenger vans, camper vans and ambulances."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rounded
from caddis.data.families.solids import both_sides, box, minus, union
from caddis.data.families.vehicles_parts import bead, block, cabin, side_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one van; lengths are in decimetres."""
    style = draw.pick("style", ("panel van", "minibus", "camper van", "ambulance"))
    nose = draw.pick("nose", ("flat", "short bonnet"))
    length, width = draw.between(44, 54), draw.between(18, 21)
    radius, half = draw.between(3.4, 4.1), length / 2
    low, waist = 0.75 * radius, draw.between(10, 11.5)
    tall = waist + draw.between(8, 11)
    bonnet = 0.0 if nose == "flat" else draw.between(5, 8)
    outline = polygon([(-half, low), (half, low), (half, waist + 0.2),
                       (-half + bonnet, waist + 0.2), (-half, waist - 0.35 * bonnet)])  # fmt: skip
    body = side_view(rounded(outline, 1), width, 0.7)
    windscreen = draw.between(3, 5)
    roof_front = -half + bonnet + windscreen
    start = -half + bonnet - (0.5 if bonnet else -0.4)
    parts = []
    if style in ("minibus", "camper van"):
        parts.append(cabin((start, half - 0.3, width - 0.6, waist - 0.6),
                           (roof_front, half - 0.8, width - 2.4, tall), 0.9,
                           draw.count("panes", 3, 4), 1.3, rounding=1.2,
                               rise=(0.16, 0.8)))  # fmt: skip
    else:
        share = 0.3 * length
        parts.append(cabin((start, start + share, width - 0.6, waist - 0.6),
                           (roof_front, start + share, width - 2.4, tall), 0.9, 1,
                           1.3, rounding=0.3,
                           rise=(0.16, 0.8), ends="front"))  # fmt: skip
        parts.append(block((start + share - 1.3, half - 0.3, width - 0.6, waist - 0.6),
                           (start + share - 1.3, half - 0.6, width - 2.4, tall), 0.8))  # fmt: skip
    middle = 0.12 * length
    if style == "camper van":
        raised = [(-0.3 * length, 0), (0.3 * length, 0), (0.3 * length, 1.5), (-0.22 * length, 5)]
        roof = side_view(polygon(raised), 0.74 * width, 0.5)
        parts.append(roof.translate((0, middle, tall - 0.4)))
    elif style == "ambulance":
        bar = box((0.6 * width, 2.8, 2.2), (0, roof_front + 2.8, tall - 0.3), 0.9)
        cross = box((5.4, 1.8, 1.8)) + box((1.8, 1.8, 5.4), (0, 0, -1.8))
        mark = cross.rotate((0, 0, 90)).translate((width / 2 - 0.9, middle + 3, tall - 5.5))
        parts += [bar, both_sides(mark)]
    elif style == "panel van":
        rail = box((0.9, 0.5 * length, 0.9), (width / 2 - 0.2, middle + 3, waist + 0.5))
        parts.append(both_sides(rail))
    places = (-half + 0.2 * length, half - 0.22 * length)
    arches = [side_view(circle(1.14 * radius, 32).translate((y, radius)), 9.2, 0, x)
              for y in places for x in (-width / 2, width / 2)]  # fmt: skip
    lamp = bead(1.5, (0.34 * width, -half + 0.1, waist - 0.35 * bonnet - 3), (1, 0.6, 1))
    bumper = box((0.94 * width, 2.2, 1.7), (0, 0, low + 0.3), 0.7)
    parts += [minus(body, arches), wheels(radius, 3.8, width / 2 - 1.9, places), both_sides(lamp)]
    parts += [bumper.translate((0, -half, 0)), bumper.translate((0, half, 0))]
    nouns = ("van", "delivery van") if style == "panel van" else ("van", style)
    return Shape(union(parts), nouns, {"wheels": 4})


FAMILY = Family("van", build, held_out=({"style": "camper van", "nose": "flat"},))
