"""Phone stands: a foot, a slanted back and a lip that holds the phone."""

from __future__ import annotations

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import minus, round_leg, slab, union


def build(draw: Draw) -> Shape:
    """Draw one stand, its front towards -y; lengths are in centimetres."""
    form = draw.pick("form", ("sheet", "wedge", "propped"))
    slot = draw.chance("cable_slot", 0.5)
    width, depth = draw.between(5, 8), draw.between(7, 10)
    height, thick = draw.between(7, 11), draw.between(0.5, 0.8)
    lean, lip = draw.between(2.0, 3.5), draw.between(1.0, 1.6)
    front, rest = -depth / 2, -depth / 2 + 2.2
    back = rest + lean
    # side view as (y, z)
    support = [(rest, 1.2), (rest + thick, 1.2), (back + thick, height), (back, height)]
    ledge = outlines.polygon(
        [(front, 0), (rest + 2 * thick, 0), (rest + 2 * thick, 1.4), (front, 1.4)]
    )
    nose = outlines.rectangle(thick, lip + 1.2, 0.2).translate((front + thick / 2, 0.7 + lip / 2))
    side = ledge + nose + outlines.polygon(support)
    if form == "wedge":
        side += outlines.polygon(
            [(rest, 0), (depth / 2, 0), (depth / 2, 1.2), (back, height), (rest, 1.2)]
        )
    else:
        side += outlines.polygon([(front, 0), (depth / 2, 0), (depth / 2, thick), (front, thick)])
    if form == "sheet":
        tail = depth / 2 - thick
        side += outlines.polygon(
            [(tail, 0), (depth / 2, 0), (back + thick, height), (back, height)]
        )
    solid = slab(side, width, (0, 0, -width / 2)).rotate((90, 0, 90))
    if form == "propped":
        prop = round_leg((0, 0.4 * depth, 0), (0, rest + 0.6 * lean + thick, 0.6 * height), 0.5)
        solid = union([solid, prop])
    if slot:
        solid = minus(
            solid, [slab(outlines.rectangle(0.24 * width, 3.2, 0.3), 4, (0, front + 1.2, 0.6))]
        )
    return Shape(solid, ("phone stand", "phone holder"), {})


FAMILY = Family("phone_stand", build, held_out=({"form": "wedge", "cable_slot": True},))
