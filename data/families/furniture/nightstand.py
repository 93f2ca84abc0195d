"""Nightstands: small bedside cases with one to three drawers or an open bay, on feet or legs."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    LEG_STYLES,
    PANELS,
    PULLS,
    case_stand,
    legs_of,
    outline_of,
    panel,
    pull,
    spaced,
    stance,
)
from caddis.data.families.solids import box, slab, union


def build(draw: Draw) -> Shape:
    """Draw one nightstand; lengths are in centimetres."""
    top = draw.pick("top", ("square", "rectangular", "round"))
    stand = draw.pick("stand", ("legs", "plinth", "buns"))
    drawers = draw.count("drawers", 1, 3)
    bay = drawers < 3 and draw.chance("open bay")
    width = draw.between(42, 54)
    depth = width / draw.between(1.26, 1.5) if top == "rectangular" else width
    long = stand == "legs"
    lift = {"legs": draw.between(14, 26), "plinth": 4.0, "buns": draw.between(8, 11)}[stand]
    unit = draw.between(13, 18) + (4 if drawers == 1 else 0)
    room = draw.between(14, 20) if bay else 0.0
    height = drawers * unit + room
    share = 0.66 if top == "round" else 0.9
    wide, deep = share * width, share * depth
    end, thick = lift + height, draw.between(2.4, 3.6)
    front = -deep / 2
    case = box((wide, deep, height), (0, 0, lift), 1)
    if bay:
        low = lift if draw.chance("bay below") else lift + drawers * unit
        gap = box((wide - 5, deep, room - 3), (0, -2.5, low + 2))
        case -= gap
        base = low + room if low == lift else lift
    else:
        base = lift
    parts = [
        case,
        slab(outline_of(top, width, depth, 0.06), thick, (0, 0, end - 0.05), 0.2 * thick),
    ]
    style, knob = draw.pick("panel", PANELS), draw.pick("pull", PULLS)
    for z, tall in spaced(base, base + drawers * unit, drawers, 1.6):
        parts.append(panel(wide - 3, tall, 1.5, (0, front, z), style))
        parts.append(pull(knob, (0, front - 1.0, z), draw.between(3.4, 4.4)))
    size = draw.between(4, 5)
    if long:
        where = stance(4, "rectangular", wide - 1.4 * size, deep - 1.4 * size, lift + 1,
                       splay=draw.between(1.0, 1.12))  # fmt: skip
        parts.append(legs_of(draw.pick("leg", LEG_STYLES), where, size))
    else:
        parts.append(case_stand(stand, wide, deep, lift, 1.5 * size))
    claims: dict[str, str | int] = {"top": top}
    if stand != "plinth" and lift > 0.11 * (end + thick):
        claims["legs"] = 4
    return Shape(union(parts), ("nightstand", "bedside table"), claims)


FAMILY = Family(
    "nightstand", build,
    held_out=({"top": "round", "drawers": 2}, {"top": "round", "leg": "turned"}),
)  # fmt: skip
