"""Helicopters: on skids or wheels, with two to five rotor blades and a tail rotor."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rectangle
from caddis.data.families.solids import around, both_sides, box, rod, slab, union
from caddis.data.families.vehicles_parts import bead, side_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one helicopter; lengths are in decimetres."""
    stand = draw.pick("stand", ("skids", "wheels"))
    body = draw.pick("body", ("bubble", "long"))
    blades = draw.count("blades", 2, 5)
    radius = draw.between(6, 7.5)
    middle = radius + draw.between(4, 5.5)
    tail = draw.between(26, 34)
    wide = 0.9 * radius
    if body == "bubble":
        hull = bead(1, (0, 0, middle), (wide, 1.25 * radius, radius), 32)
        back = 0.9 * radius
    else:
        long = draw.between(1.7, 2.2) * radius
        hull = bead(1, (0, -0.2 * radius, middle), (wide, long, 0.92 * radius), 32) + box(
            (1.72 * wide, 1.6 * radius, 1.2 * radius), (0, 0.1 * radius, middle - 0.75 * radius), 2
        )
        back = 1.1 * radius
    front = hull.bounding_box()[1]
    glass = bead(1, (0, -0.06 * radius, middle + 0.05 * radius),
                 (0.93 * wide, 0.93 * abs(front), 0.93 * radius), 32)  # fmt: skip
    frame = union(
        [box((1.0, 99, 99), (0, 0, 0)), box((99, 99, 1.1), (0, 0, middle - 0.3 * radius))]
    )
    pane = (
        box(
            (3 * wide, 3 * radius, 0.95 * radius),
            (0, 0.45 * front - 1.5 * radius, middle - 0.2 * radius),
        )
        - frame
    )
    hull -= pane - glass
    boom = rod((0, 0.4 * back, middle + 0.25 * radius), (0, tail, middle + 0.5 * radius),
               0.42 * radius, 0.16 * radius)  # fmt: skip
    fin = side_view(polygon([(tail - 4, middle), (tail + 0.6, middle), (tail + 3.5, middle + 8.5),
                             (tail + 0.5, middle + 8.5)]), 1.4)  # fmt: skip
    parts = [hull, boom, fin, box((9, 2.6, 1.3), (0, tail - 6, middle + 0.3 * radius), 0.5)]
    hub = middle + 0.5 * radius
    parts.append(rod((0, tail, hub), (2.4, tail, hub), 0.75))
    cross = rectangle(8.5, 1.6, 0.6) + (rectangle(1.6, 8.5, 0.6) if blades > 2 else circle(1))
    parts.append(side_view(cross.rotate(25).translate((tail, hub)), 1.2, 0, 2.2))
    top = middle + 0.98 * radius
    parts.append(
        box((0.7 * wide, 1.5 * radius, 0.5 * radius), (0, 0.2 * radius, top - 0.35 * radius), 1)
    )
    parts.append(rod((0, 0, top - 1), (0, 0, top + 3), 1))
    reach = draw.between(22, 29)
    blade = slab(rectangle(reach, 2.6, 0.7).translate((reach / 2, 0)), 1.3, (0, 0, top + 2), 0.2)
    parts.append(around(blade, blades, draw.between(0, 90)))
    parts.append(bead(2, (0, 0, top + 2.8), (1, 1, 0.8)))
    if stand == "skids":
        x = draw.between(0.85, 1.0) * wide
        skid = rod((x, -1.5 * radius, 0.8), (x, 1.3 * radius, 0.8), 0.8)
        skid += rod((x, -1.5 * radius, 0.8), (x, -1.5 * radius - 2, 2.2), 0.8)
        legs = [
            rod((x, y * radius, 0.8), (0.3 * wide, y * 0.8 * radius, middle - 0.5 * radius), 0.75)
            for y in (-0.7, 0.65)
        ]
        parts.append(both_sides(union([skid, *legs])))
    else:
        parts.append(wheels(1.9, 1.7, wide, (0.5 * radius,)))
        parts.append(
            both_sides(
                rod((wide - 1, 0.5 * radius, 1.9), (0.4 * wide, 0.3 * radius, middle - 3), 0.8)
            )
        )
        parts.append(wheels(1.9, 1.7, 1.2, (-0.7 * radius,)))
        parts.append(rod((0, -0.7 * radius, 1.9), (0, -0.5 * radius, middle - 2), 0.8))
    return Shape(union(parts), ("helicopter",))


FAMILY = Family("helicopter", build, held_out=({"stand": "wheels", "blades": 4},))
