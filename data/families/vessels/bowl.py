"""Bowls: rounded, flared, conical or fluted, some on a foot ring or with two ears."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import oval
from caddis.data.families.solids import both_sides, cylinder, minus, slab
from caddis.data.families.vessels_parts import curve_of, fluted, hollow, radius_at

_WALLS = {
    "rounded": ((0.35, 0), (0.7, 0.16), (0.93, 0.5), (1, 1)),
    "flared": ((0.36, 0), (0.6, 0.14), (0.76, 0.5), (0.86, 0.8), (1, 1)),
    "conical": ((0.5, 0), (0.75, 0.5), (1, 1)),
    "incurved": ((0.45, 0), (0.85, 0.2), (1, 0.55), (0.95, 0.85), (0.86, 1)),
}


def build(draw: Draw) -> Shape:
    """Draw one bowl of radius 10."""
    form = draw.pick("form", tuple(_WALLS))
    height, wall = draw.between(6, 10), draw.between(0.5, 0.9)
    curve = curve_of(_WALLS[form], 10, height, 1 if form == "conical" else 5)
    extras = ("plain", "foot_ring", "ears", "flutes")
    extra = draw.pick("extra", extras[: 3 if form in ("conical", "incurved") else 4])
    outer, inner = hollow(curve, wall, 84 if extra == "flutes" else 48)
    foot = float(curve[0, 0])
    claims: dict[str, str | bool | int] = {"open": True, "holes": 0, "body": "round"}
    if extra == "foot_ring":
        outer += cylinder(foot, 1.6 + 0.1, (0, 0, -1.6), 0.95 * foot)
        outer -= cylinder(foot - 1.0, 1.2, (0, 0, -1.7))
    elif extra == "ears":
        reach = radius_at(curve, height - 0.8) + 1.3
        ear = slab(oval(7, 6), 1.1, (reach, 0, height - 1.3), 0.3)
        outer += both_sides(ear)
    elif extra == "flutes":
        outer, inner = (fluted(one, 12, 0.03) for one in (outer, inner))
        del claims["body"]
    return Shape(minus(outer, [inner]), ("bowl",), claims)


FAMILY = Family("bowl", build, held_out=({"form": "conical", "extra": "ears"},))
