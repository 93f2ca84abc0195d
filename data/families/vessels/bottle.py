"""Bottles: for wine, beer, milk, potions or whisky, open or with a cork or a cap."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import cylinder, minus, slab, turned
from caddis.data.families.vessels_parts import curve_of, hollow

_WALLS = {
    "wine": ((1, 0), (1, 0.3), (1, 0.58), (0.9, 0.66), (0.42, 0.76), (0.37, 0.84), (0.37, 1)),
    "beer": ((1, 0), (1, 0.3), (1, 0.5), (0.86, 0.62), (0.5, 0.8), (0.4, 0.92), (0.4, 1)),
    "milk": ((1, 0), (1, 0.3), (1, 0.48), (0.9, 0.62), (0.6, 0.82), (0.58, 0.92), (0.66, 1)),
    "potion": ((0.55, 0), (0.92, 0.12), (1, 0.3), (0.86, 0.5), (0.34, 0.66), (0.3, 0.8), (0.36, 1)),
}
_NOUNS = {
    "wine": "wine bottle", "beer": "beer bottle", "milk": "milk bottle", "potion": "potion bottle",
    "whisky": "whisky bottle",
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one bottle of height 24."""
    form = draw.pick("form", (*_WALLS, "whisky"))
    stopper = draw.pick("stopper", ("open", "cork", "cap"))
    radius = {"milk": 4.4, "potion": 7.5, "whisky": 4.6}.get(form, 3.7) * draw.between(0.9, 1.2)
    if form == "whisky":
        neck = draw.between(0.33, 0.42) * radius
        top, deep = draw.between(15, 17), draw.between(0.65, 1) * radius
        outline = rectangle(2 * radius, 2 * deep, 1.2)
        shoulder = rectangle(2.4 * neck, 2.4 * neck, neck).extrude(0.5).translate((0, 0, top + 1.5))
        block = slab(outline, top, (0, 0, 0), 0.4)
        outer = Manifold.batch_hull([block, shoulder]) + cylinder(neck, 24 - top, (0, 0, top))
        hole = cylinder(neck - 0.55, 20, (0, 0, top - 3))
        inner = hole + slab(outline.offset(-0.7), top - 1.5, (0, 0, 0.8))
    else:
        curve = curve_of(_WALLS[form], radius, 24, 5)
        outer, inner = hollow(curve, 0.6)
        neck = float(curve[-1, 0])
    lip = turned([(0.6 * neck, 22.6), (neck + 0.45, 22.6), (neck + 0.45, 23.9), (0.6 * neck, 23.9)])
    solid = outer + lip
    if stopper == "open":
        solid = minus(solid, [inner])
    elif stopper == "cork":
        solid += cylinder(0.7 * neck, 3, (0, 0, 23), 0.85 * neck)
    else:
        solid += cylinder(neck + 0.7, 2.6, (0, 0, 22.8), neck + 0.6)
    claims: dict[str, str | int | bool] = {"neck": True, "holes": 0}
    if form == "milk" or stopper != "open":
        claims["open"] = stopper == "open"
    if form != "whisky":
        claims |= {"body": "round", "symmetry": "revolved"}
    return Shape(solid, ("bottle", _NOUNS[form]), claims)


FAMILY = Family("bottle", build, held_out=({"form": "milk", "stopper": "cork"},))
