"""Capital letters and digits, standing: free, on a base, or raised on a tile."""

from __future__ import annotations

from caddis.data.families.family import Claims, Draw, Family, Shape
from caddis.data.families.glyphs_parts import STROKES, brush, glyph
from caddis.data.families.hardware_parts import upright
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import box, slab


def build(draw: Draw) -> Shape:
    """Draw one letter or digit, 10 high."""
    sign = draw.pick("sign", sorted(STROKES))
    pen = draw.pick("brush", ("round", "square", "nib"))
    mount = draw.pick("mount", ("free", "free", "base", "tile"))
    stroke = draw.between(0.13, 0.26) if pen != "nib" else draw.between(0.2, 0.28)
    outline = glyph(sign, brush(pen, stroke), draw.between(0.52, 0.75)).scale((10, 10))
    thick = draw.between(1.6, 3.6)
    solid = upright(outline.extrude(thick)).translate((0, thick / 2, 0))
    claims: Claims = {"holes": solid.genus()}
    if mount == "base":
        wide = 11.0 if sign in "WM" else 9.5
        high = draw.between(0.8, 1.6)
        solid += box((wide, thick + draw.between(1, 4), high), (0, 0, 0.35 - high), 0.3)
        claims = {}
    elif mount == "tile":
        form = draw.pick("tile", ("square", "round"))
        plate = rectangle(15.5, 15.5, draw.between(0, 3)) if form == "square" else circle(9.5)
        raised = outline.scale((0.9, 0.9)).extrude(2.6)
        tile = slab(plate, 1.6, bevel=0.2) + raised.translate((0, 0, 0.8))
        solid = upright(tile)
        claims = {"holes": 0}
    if sign.isdigit():
        return Shape(solid, (f"number {sign}", f"digit {sign}", f"figure {sign}"), claims)
    low = sign.lower()
    return Shape(solid, (f"letter {low}", f"capital letter {low}", f"capital {low}"), claims)


FAMILY = Family(
    "letter", build,
    held_out=({"sign": "A", "brush": "square"}, {"sign": "7", "mount": "free"},
              {"brush": "nib", "mount": "base"}),
)  # fmt: skip
