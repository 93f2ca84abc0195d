"""Butterflies: flat upright ones, or with raised wings on a stand; round, pointed or tailed."""

from __future__ import annotations

from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.outlines import circle, polygon, rounded, smooth
from caddis.data.families.solids import both_sides, box, cylinder, union

_HIND = {
    "round": [(2.9, -3.7)],
    "pointed": [(2.6, -3.4)],
    "tailed": [(3.1, -3.3), (3.3, -5.6), (2.5, -5.6), (2.0, -3.4)],
}


def build(draw: Draw) -> Shape:
    """Draw one butterfly; lengths are in centimetres."""
    form = draw.pick("form", tuple(_HIND))
    pose = draw.pick("pose", ("upright", "on a stand"))
    thick, size = draw.between(0.35, 0.5), draw.between(0.85, 1.2)
    half = _wing(draw, form).scale((size * draw.between(0.85, 1.15), size))
    plate = half.extrude(thick).translate((0, 0, -thick / 2))
    if draw.chance("spots", 0.6):
        spots = [
            circle(r, 24).translate((size * x, size * y))
            for x, y, r in ((3.0, 2.6, 0.75), (2.3, -1.7, 0.65), (1.6, 1.2, 0.4))
        ]
        raised = 2.2 * thick
        plate += union(s.extrude(raised).translate((0, 0, -raised / 2)) for s in spots)
    body = [
        limb((0, -2.4 * size, 0), (0, 0.4, 0), 0.45, 0.62),
        blob((0, 1.0, 0), (0.68, 1.1, 0.65)),
        blob((0, 2.4, 0), 0.72),
    ]
    feeler = limb((0.2, 2.5, 0), (1.3, 4.6 * size, 0), 0.24, 0.2, 16) + blob(
        (1.3, 4.6 * size, 0), 0.34, 16
    )
    if pose == "upright":
        whole = union([both_sides(plate + feeler), *body]).rotate((90, 0, 0))
        low = whole.bounding_box()[2]
        if form == "tailed" or draw.chance("stand", 0.5):
            whole += box((5.6 * size, 2.2, 0.8), (0, 0, low - 0.45), 0.3)
            low -= 0.45
            if form != "tailed":
                whole += box((1.0, 0.7, 2.5), (0, 0, low + 0.3))
        return Shape(whole.translate((0, 0, -low)), ("butterfly", "upright butterfly"))
    lift = draw.between(12, 40)
    wings = both_sides(plate.rotate((0, -lift, 0)).translate((0.15, 0, 0.2)))
    whole = union([wings, *body, both_sides(feeler)])
    whole = whole.rotate((draw.between(55, 80), 0, 0))
    low = whole.bounding_box()[2] - draw.between(0.8, 2.0)
    stand = [cylinder(2.3 * size, 0.7, (0, 0, low)), limb((0, 0, low + 0.5), (0, 0, 0), 0.42)]
    whole = union([whole, *stand]).translate((0, 0, -low))
    return Shape(whole, ("butterfly", "butterfly on a stand"))


def _wing(draw: Draw, form: str) -> CrossSection:
    tip = (5.6, 4.6) if form == "pointed" else (4.7, 4.4)
    fore = [
        (-0.1, -0.2),
        (0.9, 2.0),
        (2.9, 4.1),
        tip,
        (4.8, 2.5),
        (3.4, 0.5),
        (1.5, -0.3),
        (-0.1, -0.2),
    ]
    hind = [
        (-0.1, 0.5),
        (2.0, 0.6),
        (3.5, -0.5),
        (3.8, -2.0),
        *_HIND[form],
        (1.2, -2.7),
        (0.3, -1.2),
        (-0.1, 0.5),
    ]
    droop = draw.between(-8, 8)
    outline = polygon(smooth(fore)).rotate(droop) + polygon(smooth(hind))
    return rounded(outline, 0.12)


FAMILY = Family("butterfly", build, held_out=({"form": "pointed", "pose": "on a stand"},))
