"""Bar stools: a high seat on three or four legs or a pedestal, with a footrest, maybe a back."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    back_outline,
    leant,
    legs_of,
    outline_of,
    pedestal,
    stance,
    stretchers,
    upright,
    wrapped_back,
)
from caddis.data.families.outlines import circle
from caddis.data.families.solids import around, rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one bar stool; lengths are in centimetres."""
    seat = draw.pick("seat", ("round", "square", "hexagonal"))
    base = draw.pick("base", ("four legs", "three legs", "pedestal"))
    back = draw.pick("back", ("none", "none", "solid", "ladder", "oval", "wrapped"))
    height, width = draw.between(66, 84), draw.between(32, 42)
    thick, size = draw.between(4, 8), draw.between(3.2, 4.8)
    outline = outline_of(seat, width, width, 0.14)
    under = height - 0.4 * thick
    parts = [slab(outline, thick, (0, 0, height - thick), 0.2 * thick)]
    claims: dict[str, str | int | bool] = {"back": back != "none", "arms": False}
    ring = draw.between(0.28, 0.42) * under
    if base == "pedestal":
        reach = draw.between(1.0, 1.2) * width
        parts.append(pedestal(draw.pick("foot", ("tulip", "disc")), under, reach))
        hoop = circle(0.36 * reach) - circle(0.36 * reach - 2.6)
        parts.append(slab(hoop, 2.6, (0, 0, ring)))
        spoke = rod((0, 0, ring + 1.3), (0.36 * reach - 1, 0, ring + 1.3), 1.25)
        parts.append(around(spoke, 3, 90.0))
    else:
        claims["legs"] = 4 if base == "four legs" else 3
        reach = width - 1.4 * size if seat == "square" else width
        where = stance(
            int(claims["legs"]), seat, reach, reach, under, splay=draw.between(1.1, 1.45)
        )
        parts.append(legs_of(draw.pick("leg", ("straight", "tapered", "round")), where, size))
        parts.append(stretchers(where, ring / under, 0.36 * size))
    rise = draw.between(0.5, 0.62) * height
    rear = (0.36 if seat == "square" else 0.28) * width
    if back == "wrapped":
        wall = wrapped_back(0.45 * width, 0.95 * rise, 3, draw.between(60, 72))
        parts.append(wall.translate((0, 0, height - 0.8 * thick)))
    elif back != "none":
        view = back_outline(back, 0.76 * width, rise, 3, draw.count("bars", 2, 3))
        parts.append(leant(upright(view, 3), (0, rear, height - 0.8 * thick), draw.between(2, 9)))
    else:
        claims["top"] = seat
    nouns = ("bar stool", "counter stool") if base != "pedestal" else ("bar stool",)
    return Shape(union(parts), nouns, claims)


FAMILY = Family(
    "bar_stool", build,
    held_out=({"seat": "square", "base": "pedestal"}, {"seat": "hexagonal", "back": "ladder"}),
)  # fmt: skip
