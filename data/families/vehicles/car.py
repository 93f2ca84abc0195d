"""Cars: saloons, hatchbacks, estates, sports cars and jeeps."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rounded
from caddis.data.families.solids import both_sides, box, minus, union
from caddis.data.families.vehicles_parts import bead, cabin, front_view, side_view, wheels

# Cabin: front and back of its floor, front and back of its roof, as shares of the length.
_CABINS = {
    "saloon": (-0.2, 0.32, -0.04, 0.2),
    "hatchback": (-0.22, 0.485, -0.05, 0.38),
    "estate": (-0.22, 0.49, -0.07, 0.45),
    "sports car": (-0.1, 0.4, 0.06, 0.2),
    "jeep": (-0.12, 0.49, -0.1, 0.48),
}
_LENGTHS = {"saloon": 44, "hatchback": 36, "estate": 45, "sports car": 43, "jeep": 38}


def build(draw: Draw) -> Shape:
    """Draw one car; lengths are in decimetres."""
    style = draw.pick("style", tuple(_CABINS))
    length = _LENGTHS[style] * draw.between(0.9, 1.1)
    width, half = draw.between(16, 20), length / 2
    radius = draw.between(3.4, 4.1) + (0.9 if style == "jeep" else 0.0)
    low = radius * (0.85 if style == "jeep" else 0.62)
    waist = 1.5 * radius + draw.between(3.6, 4.6) - (0.5 if style == "sports car" else 0.0)
    bonnet = waist - draw.between(0.3, 1.0) - (0.4 if style == "sports car" else 0.0)
    outline = polygon([(-half, low), (half, low), (half, waist - 0.4), (0.45 * half, waist),
                       (-0.4 * half, waist), (-0.96 * half, bonnet), (-half,
                       bonnet - 1)])  # fmt: skip
    body = side_view(rounded(outline, draw.between(0.5, 1.0)), width, 0.7)
    places = (-draw.between(0.28, 0.31) * length, draw.between(0.27, 0.3) * length)
    arches = [side_view(circle(1.15 * radius, 32).translate((y, radius)), 9.2, 0, side * width / 2)
              for y in places for side in (-1, 1)]  # fmt: skip
    front, back, roof_front, roof_back = (share * length for share in _CABINS[style])
    tall = draw.between(4.6, 6.0) + {"jeep": 1.5, "sports car": -1.0}.get(style, 0.0)
    top_width = width - (1.2 if style == "jeep" else draw.between(3, 5))
    house = cabin(
        (front, back, width - 1.2, waist - 0.5),
        (roof_front, roof_back, top_width, waist + tall),
        0.9, 1 if style == "sports car" else 2 + (style == "estate"), 1.1, rounding=1.2,
    )  # fmt: skip
    parts = [minus(body, arches), house, wheels(radius, 4.0, width / 2 - 2.0, places)]
    if draw.chance("round lamps"):
        lamp = bead(1.25, (0.36 * width, -half + 0.1, bonnet - 1.9), (1, 0.5, 1))
    else:
        lamp = box((3.4, 1.2, 1.4), (0.35 * width, -half, bonnet - 2.5), 0.3)
    bumper = box((0.96 * width, 2.2, 1.5), (0, 0, low + 0.3), 0.7)
    parts += [both_sides(lamp), bumper.translate((0, -half, 0)), bumper.translate((0, half, 0))]
    if style == "jeep":
        spare = front_view(circle(0.85 * radius), half - 1, half + 2.2, 0.5)
        parts.append(spare.translate((0, 0, waist)))
    nouns = {"saloon": ("car", "saloon car"), "hatchback": ("car", "hatchback"),
             "estate": ("car", "estate car"), "sports car": ("car", "sports car"),
             "jeep": ("car", "jeep", "off-road vehicle")}[style]  # fmt: skip
    return Shape(union(parts), nouns, {"wheels": 4})


FAMILY = Family("car", build, held_out=({"style": "hatchback", "round lamps": True},))
