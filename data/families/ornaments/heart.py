"""Hearts, standing: flat, puffed or framed ones, free, on a base or pierced by an arrow."""

from __future__ import annotations

from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.ornaments_parts import base, cushion, heart, puffed
from caddis.data.families.outlines import polygon, rectangle
from caddis.data.families.solids import union


def build(draw: Draw) -> Shape:
    """Draw one heart about 10 high that faces the front."""
    form = draw.pick("form", ("flat", "puffed", "frame", "double"))
    mount = draw.pick("mount", ("free", "base", "arrow"))
    thick = draw.between(1.2, 3.0)
    outline = heart(10).scale((draw.between(0.85, 1.15), 1))
    holes = 0
    if form == "puffed":
        thick = draw.between(3.5, 5.5)
        solid = puffed(outline, thick, draw.between(0.5, 0.8))
    elif form == "frame":
        share = draw.between(0.6, 0.75)
        ring = outline - outline.scale((share, share)).translate((0, 0.25))
        solid, holes = ring.extrude(thick), 1
    elif form == "double":
        solid = outline.extrude(thick) + outline.scale((0.6, 0.6)).extrude(thick + 0.9)
    else:
        solid = cushion(outline, thick, 0.15 * thick, 0.04)
    nouns: tuple[str, ...] = ("heart", {"flat": "flat heart", "puffed": "puffed heart",
        "frame": "heart frame", "double": "heart in a heart"}[form])  # fmt: skip
    if mount == "arrow":
        shaft = _arrow().rotate(draw.between(20, 35)).extrude(0.9)
        solid = union([solid, shaft.translate((0, 0, thick / 2 - 0.45))])
        nouns = ("heart with an arrow", "heart pierced by an arrow", "heart")
    stood = upright(solid)
    if mount == "base":
        y = -(stood.bounding_box()[1] + stood.bounding_box()[4]) / 2
        stood = stood.translate((0, y, -0.9))
        wide = draw.between(5, 7)
        stood += base(draw, wide, max(3.0, 1.2 * thick), draw.between(0.8, 1.4))
        nouns = ("heart on a base", "heart statue", "heart")
    return Shape(stood, nouns, {} if mount == "arrow" else {"holes": holes})


def _arrow() -> CrossSection:
    """Return an arrow that points to the right, 17 long."""
    head = polygon([(6.2, -1.4), (8.8, 0), (6.2, 1.4)])
    feather = polygon([(-8.6, 1.3), (-7.8, 0), (-8.6, -1.3), (-6.6, -1.3), (-5.8, 0), (-6.6, 1.3)])
    return rectangle(14.5, 0.8) + head + feather


FAMILY = Family("heart", build, held_out=({"form": "puffed", "mount": "base"},))
