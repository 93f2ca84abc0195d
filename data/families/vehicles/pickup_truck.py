"""Pickup trucks: a single or a crew cab in front of an open bed, modern or vintage."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rounded
from caddis.data.families.solids import both_sides, box, minus, union
from caddis.data.families.vehicles_parts import bead, block, cabin, side_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one pickup truck; lengths are in decimetres."""
    style = draw.pick("style", ("modern", "classic"))
    cab = draw.pick("cab", ("single", "crew"))
    radius, width = draw.between(3.9, 4.8), draw.between(18, 21)
    bonnet = draw.between(12, 15)
    room = draw.between(11, 13) + (8 if cab == "crew" else 0)
    bed = draw.between(17, 24)
    length = bonnet + room + bed
    front, back = -length / 2, length / 2
    wall = front + bonnet + room  # where the bed begins
    low, waist = 0.8 * radius, 1.7 * radius + draw.between(4, 5)
    tall = waist + draw.between(5.5, 7)
    parts = []
    if style == "modern":
        outline = polygon([(front, low), (back, low), (back, waist), (front + 2, waist - 0.3),
                           (front, waist - 2)])  # fmt: skip
        body = side_view(rounded(outline, 0.7), width, 0.7)
    else:
        body = union([
            box((0.8 * width, length, 2.6), (0, 0, low)),
            block((wall - room, wall, width - 1, low), (wall - room, wall,
                width - 1.5, waist), 1.5),
            box((0.86 * width, bed + 1, waist - low - 1), (0,
                wall + bed / 2 - 0.5, low + 0.1), 0.6),
            block((front + 0.5, wall - room + 3, 0.62 * width, low),
                  (front + 1.5, wall - room + 3, 0.46 * width, waist + 0.6), 2),
        ])  # fmt: skip
    bed_width = width if style == "modern" else 0.86 * width
    hollow = box((bed_width - 3.2, bed - 3.2, waist), (0, wall + bed / 2, 1.5 * radius))
    parts.append(cabin(
        (wall - room + 0.5, wall + 0.8, width - 1.6, waist - 0.6),
        (wall - room + draw.between(3, 5), wall + 0.2, width - draw.between(3, 4.5), tall),
        0.9, 2 if cab == "crew" else 1, 1.2, rounding=1, rise=(0.2, 0.85),
    ))  # fmt: skip
    places = (front + 0.56 * bonnet, wall + 0.5 * bed)
    arches = [side_view(circle(1.14 * radius, 32).translate((y, radius)), 9.6, 0, x)
              for y in places for x in (-width / 2, width / 2)]  # fmt: skip
    body = minus(body, [hollow, *arches])
    if style == "classic":
        fender = circle(1.4 * radius, 32) - circle(1.13 * radius, 32)
        fender ^= polygon([(-99, -0.1), (99, -0.1), (99, 99), (-99, 99)])
        mudguard = side_view(fender, 0.36 * width, 0, 0.32 * width)
        parts += [both_sides(mudguard.translate((0, y, radius))) for y in places]
        parts.append(both_sides(bead(1.5, (0.22 * width, front + 1.2, waist - 2.5), (1, 0.7, 1))))
    else:
        parts.append(both_sides(box((3, 1.2, 2), (0.36 * width, front + 0.1, waist - 4.4), 0.4)))
    bumper = box((0.94 * width, 2, 1.8), (0, 0, low + 0.3), 0.7)
    parts += [bumper.translate((0, front + 0.2, 0)), bumper.translate((0, back, 0))]
    parts += [body, wheels(radius, 4.0, width / 2 - 2, places)]
    return Shape(union(parts), ("pickup truck", "pickup", "truck"), {"wheels": 4})


FAMILY = Family("truck", build, held_out=({"style": "classic", "cab": "crew"},))
