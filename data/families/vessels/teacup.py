"""Teacups: low and wide, with a ring handle at the right, most of them on a saucer."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import cylinder, minus, turned, union
from caddis.data.families.vessels_parts import curve_of, fluted, handle, hollow, loop, radius_at

_CUPS = {
    "rounded": ((0.45, 0), (0.78, 0.14), (0.97, 0.55), (1, 1)),
    "flared": ((0.42, 0), (0.64, 0.14), (0.72, 0.5), (0.82, 0.8), (1, 1)),
    "tapered": ((0.6, 0), (0.8, 0.5), (1, 1)),
}


def build(draw: Draw) -> Shape:
    """Draw one cup; lengths are in centimetres."""
    form = draw.pick("form", tuple(_CUPS))
    height, radius, wall = draw.between(4.6, 6.4), draw.between(4.4, 5.2), draw.between(0.3, 0.4)
    curve = curve_of(_CUPS[form], radius, height, 1 if form == "tapered" else 5, base=0.6)
    flutes = form != "tapered" and draw.chance("flutes", 0.25)
    outer, inner = hollow(curve, wall, 84 if flutes else 48)
    if flutes:
        outer, inner = (fluted(one, 12, 0.025) for one in (outer, inner))
    foot = float(curve[0, 0])
    low, high = 0.6 + 0.28 * height, 0.6 + draw.between(0.76, 0.9) * height
    path = loop((radius_at(curve, low) - 0.1, low), (radius_at(curve, high) - 0.1, high),
                draw.between(2.4, 3.2), 4 if draw.chance("angular", 0.25) else 12)  # fmt: skip
    parts = [outer, cylinder(foot, 0.9, top=0.9 * foot), handle(path, draw.between(0.6, 0.8))]
    claims: dict[str, str | int | bool] = {"holes": 1, "handles": 1}
    nouns = ("teacup", "cup", "tea cup")
    cup = minus(union(parts), [inner])
    if draw.chance("saucer", 0.65):
        wide = draw.between(1.5, 1.75) * radius
        dish = [(0, -0.35), (0.5 * wide, -0.35), (wide, 0.9), (wide, 1.35), (0.52 * wide, 0.15),
                (0, 0.15)]  # fmt: skip
        cup += turned(dish)
        nouns = ("teacup", "cup and saucer", "cup")
    else:
        claims["open"] = True
    return Shape(cup, nouns, claims)


FAMILY = Family("cup", build, held_out=({"form": "tapered", "saucer": False},))
