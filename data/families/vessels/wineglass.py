"""Stemmed glasses: for red and white wine, champagne flutes and coupes, cocktail glasses."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import minus, turned
from caddis.data.families.vessels_parts import curve_of, hollow

_BOWLS = {
    "red": ((0.12, 0), (0.7, 0.12), (1, 0.42), (0.95, 0.7), (0.76, 1)),
    "white": ((0.12, 0), (0.75, 0.16), (1, 0.42), (0.94, 0.75), (0.8, 1)),
    "flute": ((0.16, 0), (0.72, 0.16), (1, 0.5), (0.9, 1)),
    "cocktail": ((0.08, 0), (0.54, 0.5), (1, 1)),
    "coupe": ((0.1, 0), (0.62, 0.12), (0.94, 0.5), (1, 1)),
}
_NOUNS = {
    "red": ("wineglass", "red wine glass"), "white": ("wineglass", "wine glass"),
    "flute": ("champagne flute", "champagne glass"),
    "cocktail": ("cocktail glass", "martini glass"),
    "coupe": ("champagne coupe", "champagne glass"),
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one glass of height 20."""
    form = draw.pick("form", tuple(_BOWLS))
    radius = {
        "red": draw.between(4.6, 5.6), "white": draw.between(3.6, 4.4),
        "flute": draw.between(2.4, 3.0), "cocktail": draw.between(5.4, 6.8),
        "coupe": draw.between(5, 6.2),
    }[form]  # fmt: skip
    share = {"red": 0.52, "white": 0.5, "flute": 0.62, "cocktail": 0.4, "coupe": 0.36}[form]
    deep = 20 * share * draw.between(0.92, 1.08)
    bottom, stem = 20 - deep, draw.between(0.32, 0.5)
    curve = curve_of(_BOWLS[form], radius, deep, 1 if form == "cocktail" else 5, base=bottom)
    outer, inner = hollow(curve, draw.between(0.36, 0.5))
    foot = draw.between(0.85, 1.0) * max(radius, 3.4)
    base = draw.pick("base", ("flat", "domed"))
    rise = 0.45 if base == "flat" else draw.between(1.2, 2.2)
    knots = [(foot, 0), (foot, 0.4), (0.5 * foot, 0.35 + 0.3 * rise), (1.2 * stem, 0.5 + rise)]
    knots += [(stem, 1.4 + rise), (stem, bottom - 1.2)]
    if draw.chance("knop", 0.3):
        middle = 0.55 * bottom + 0.4
        knots[-1:] = [(stem, middle - 0.8), (1.0, middle), (stem, middle + 0.8), knots[-1]]
    lift = 0.8 if form == "cocktail" else 0.5
    knots += [(2.2 * stem, bottom + lift), (0, bottom + lift)]
    return Shape(
        minus(outer + turned([(0, 0), *knots]), [inner]), _NOUNS[form],
        {"open": True, "holes": 0, "foot": True, "symmetry": "revolved"},
    )  # fmt: skip


FAMILY = Family("wineglass", build, held_out=({"form": "flute", "base": "domed"},))
