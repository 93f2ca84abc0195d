"""Jigsaw pieces, standing: each side is straight, has a knob or has a hole."""

from __future__ import annotations

from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.outlines import circle, polygon, rectangle, rounded


def build(draw: Draw) -> Shape:
    """Draw one jigsaw piece, about 10 wide, that faces the front."""
    kind = draw.pick("kind", ("inner", "inner", "edge", "corner"))
    names = ("right", "top", "left", "bottom")
    sides = [draw.pick(f"side_{name}", ("knob", "hole")) for name in names]
    if kind in ("edge", "corner"):
        sides[3] = "straight"
    if kind == "corner":
        sides[2] = "straight"
    if "knob" not in sides:
        sides[1] = "knob"
    if "hole" not in sides:
        sides[0] = "hole"
    tab = draw.pick("tab", ("round", "oval"))
    radius, neck = draw.between(1.2, 1.5), draw.between(0.75, 1.0)
    outline = rectangle(10, 10 * draw.between(0.85, 1.1))
    half_high = outline.bounds()[3]
    shift = draw.between(-0.6, 0.6)
    for number, side in enumerate(sides):
        if side == "straight":
            continue
        reach = 5.0 if number % 2 == 0 else half_high
        bump = _tab(tab, radius, neck)
        if side == "knob":
            outline += bump.translate((reach, shift)).rotate(90 * number)
        else:
            outline -= bump.mirror((1, 0)).translate((reach, shift)).rotate(90 * number)
    solid = upright(rounded(outline, draw.between(0.1, 0.35)).extrude(draw.between(1.2, 2.6)))
    noun = {"inner": "puzzle piece", "edge": "edge piece", "corner": "corner piece"}[kind]
    return Shape(solid, ("jigsaw piece", noun), {"holes": 0})


def _tab(kind: str, radius: float, neck: float) -> CrossSection:
    """Return a knob that extends to the right from x = 0, with a narrow neck."""
    head = circle(radius, 32).translate((radius + 0.55, 0))
    if kind == "oval":
        head = circle(radius, 32).scale((0.85, 1.3)).translate((0.85 * radius + 0.55, 0))
    root = polygon([(-0.3, -neck - 0.3), (0, -neck - 0.25), (1.2, -0.8 * neck), (1.2, 0.8 * neck),
                    (0, neck + 0.25), (-0.3, neck + 0.3)])  # fmt: skip
    return head + root


FAMILY = Family("jigsaw_piece", build, held_out=({"kind": "corner", "tab": "oval"},))
