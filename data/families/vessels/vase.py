"""Vases: classic, shouldered, trumpet or flask, with a smooth, faceted, fluted or twisted wall."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import both_sides, minus
from caddis.data.families.vessels_parts import curve_of, fluted, handle, hollow, loop, radius_at

_WALLS = {
    "classic": ((0.5, 0), (0.93, 0.3), (1, 0.45), (0.76, 0.68), (0.4, 0.84), (0.44, 0.91),
                (0.64, 1)),
    "shouldered": ((0.5, 0), (0.72, 0.3), (1, 0.68), (0.86, 0.75), (0.46, 0.84), (0.42, 0.92),
                   (0.54, 1)),
    "trumpet": ((0.6, 0), (0.52, 0.06), (0.42, 0.2), (0.46, 0.5), (0.62, 0.76), (1, 1)),
    "flask": ((0.62, 0), (0.98, 0.17), (1, 0.27), (0.62, 0.47), (0.3, 0.6), (0.27, 0.86), (0.4, 1)),
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one vase; lengths are in centimetres."""
    form = draw.pick("form", tuple(_WALLS))
    surface = draw.pick("surface", ("smooth", "faceted", "fluted", "twisted"))
    height, wall = draw.between(20, 30), draw.between(0.5, 0.7)
    radius = draw.between(6, 9)
    curve = curve_of(_WALLS[form], radius, height)
    flutes = draw.count("flutes", 6, 10)
    segments = {"smooth": 48, "faceted": 6}.get(surface, 6 * flutes)
    outer, inner = hollow(curve, wall + (0.0 if surface == "smooth" else 0.15), segments)
    claims: dict[str, str | int | bool] = {"holes": 0}
    if surface in ("fluted", "twisted"):
        _, inner = hollow(curve * (0.93, 1), wall)
        turn = draw.between(1.0, 1.8) / height if surface == "twisted" else 0.0
        outer = fluted(outer, flutes, 0.06, turn)
    else:
        claims["body"] = "round" if surface == "smooth" else "hexagonal"
    if form != "trumpet":
        claims["neck"] = True
    if form != "flask":
        claims["open"] = True
    if form == "classic" and surface == "smooth" and draw.chance("handles", 0.7):
        low, high = 0.6 * height, 0.9 * height
        path = loop((radius_at(curve, low) - 0.3, low), (radius_at(curve, high) - 0.2, high),
                    draw.between(2.0, 3.5))  # fmt: skip
        outer += both_sides(handle(path, 1.1))
        claims |= {"handles": 2, "holes": 2}
    elif surface == "smooth":
        claims["symmetry"] = "revolved"
    return Shape(minus(outer, [inner]), ("vase", "flower vase"), claims)


FAMILY = Family("vase", build, held_out=({"form": "flask", "surface": "twisted"},))
