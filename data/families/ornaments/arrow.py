"""Arrows, standing: flat signs that point up, down, left or right, bent and double ones."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.ornaments_parts import base
from caddis.data.families.outlines import polygon, rectangle, rounded
from caddis.data.families.solids import cylinder

_TURNS = {"up": 0.0, "left": 90.0, "down": 180.0, "right": -90.0}


def build(draw: Draw) -> Shape:
    """Draw one arrow about 10 long that faces the front."""
    form = draw.pick("form", ("straight", "straight", "double", "bent", "round", "curved"))
    way = draw.pick("way", tuple(_TURNS))
    stem, head = draw.between(1.2, 2.4), draw.between(2.2, 3.4)
    length, tip = draw.between(8, 12), draw.between(2.6, 4.0)
    head = max(head, stem)
    thick = draw.between(1.0, 2.2)
    nouns: tuple[str, ...] = ("arrow", f"arrow pointing {way}", f"{way} arrow")
    if form == "round":
        spike = cylinder(0.72 * head, tip, (0, 0, length - 0.02), 0.1)
        solid = (cylinder(0.42 * stem, length) + spike).rotate((0, -_TURNS[way], 0))
        solid = solid.translate((0, 0, -solid.bounding_box()[2]))
        return Shape(solid, ("arrow", f"round arrow pointing {way}", f"{way} arrow"), {"holes": 0})
    point = polygon([(-head, 0), (head, 0), (0, tip)])
    if form == "curved":
        radius = draw.between(3, 4.2)
        sweep = draw.between(170, 260)
        outline = _arc_band(radius, stem, sweep) + point.translate((radius, -0.05))
        nouns = ("curved arrow", "round arrow", "arrow")
        outline = outline.rotate(_TURNS[way])
    else:
        shaft = rectangle(stem, length).translate((0, length / 2))
        outline = shaft + point.translate((0, length - 0.05))
        if form == "double":
            outline += point.mirror((0, 1)).translate((0, 0.05))
            axis = "up and down" if way in ("up", "down") else "left and right"
            nouns = ("double arrow", f"arrow pointing {axis}", "two-headed arrow")
        elif form == "bent":
            run = draw.between(3.5, 6.5)
            outline += rectangle(run, stem).translate((-run / 2 + stem / 2, stem / 2))
            nouns = ("bent arrow", "corner arrow", "arrow")
        elif draw.chance("notched", 0.4):
            outline -= polygon([(-0.55 * stem, -0.1), (0.55 * stem, -0.1), (0, 0.8 * stem)])
        outline = outline.rotate(_TURNS[way])
    if draw.chance("soft", 0.4):
        outline = rounded(outline, 0.14 * stem)
    solid = _centred(upright(outline.extrude(thick)))
    if way in ("up", "down") and form != "curved" and draw.chance("on_base", 0.4):
        wide = draw.between(3.8, 5.5)
        deep = max(3.0, 1.7 * thick)
        low = solid.slice(0.3)
        middle = (low.bounds()[0] + low.bounds()[2]) / 2
        solid = solid.translate((-middle, 0, -0.3)) + base(draw, wide, deep, 1.1)
        nouns = (f"{nouns[0]} on a base", *nouns[:2])
        return Shape(solid, nouns)
    return Shape(solid, nouns, {"holes": 0})


def _arc_band(radius: float, width: float, sweep: float) -> CrossSection:
    """Return an arc of a ring that runs counter-clockwise and ends at angle 0."""
    angles = np.radians(np.linspace(-sweep, 0.0, 40))
    inner, outer = radius - width / 2, radius + width / 2
    points = [(r * np.cos(a), r * np.sin(a)) for r, a in (
        *((outer, a) for a in angles), *((inner, a) for a in angles[::-1]))]  # fmt: skip
    return polygon(points)


def _centred(solid: Manifold) -> Manifold:
    low, high = np.split(np.array(solid.bounding_box()), 2)
    return solid.translate((-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2]))


FAMILY = Family(
    "arrow", build, held_out=({"form": "straight", "way": "left"}, {"form": "bent", "way": "up"})
)
