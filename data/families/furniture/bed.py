"""Beds: single, double, and four-poster beds with mattress, pillows and five headboards."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import back_outline, berth, upright
from caddis.data.families.outlines import polygon, rectangle
from caddis.data.families.solids import arc, both_sides, box, union


def build(draw: Draw) -> Shape:
    """Draw one bed; lengths are in centimetres."""
    form = draw.pick("form", ("single", "double", "four-poster"))
    narrow = form == "single"
    width = draw.between(88, 108) if narrow else draw.between(135, 185)
    length, lift, thick = draw.between(195, 212), draw.between(22, 34), draw.between(15, 22)
    size = draw.between(0.052, 0.06) * (width * length) ** 0.5
    head = draw.pick("head", ("panel", "arched", "slatted", "ladder", "peaked"))
    tall = draw.between(55, 85)
    high = 4 + lift + tall
    back = upright(_head(head, width, high, size), 7).translate((0, length / 2 - 4, 0))
    parts = [berth(draw, width, length, lift, thick, pillows=1 if narrow else 2), back]
    foot = draw.pick("foot", ("none", "same", "low"))
    if foot != "none":
        view = _head(head if foot == "same" else "panel", width, lift + thick + 14, size)
        parts.append(upright(view, 7).translate((0, 4 - length / 2, 0)))
    x, y = (width - size) / 2, (length - size) / 2
    up = draw.between(165, 195) if form == "four-poster" else lift + 4
    post = box((size, size, up), (x, 0, 0), 0.2 * size)
    parts += [both_sides(post.translate((0, side * y, 0))) for side in (-1, 1)]
    if form == "four-poster":
        rail = box((width, size, size), (0, y, up - 1.05 * size))
        side = box((size, length, size), (x, 0, up - 1.05 * size))
        parts += [rail, rail.mirror((0, 1, 0)), both_sides(side)]
        for share in (-0.33, 0.0, 0.33):
            beam = box(
                (width - size, 0.7 * size, 0.7 * size), (0, share * length, up - 0.95 * size)
            )
            parts.append(beam)
    nouns = {"single": ("bed", "single bed"), "double": ("bed", "double bed"),
             "four-poster": ("bed", "four-poster bed", "canopy bed")}[form]  # fmt: skip
    stands = foot == "none" and form != "four-poster" and lift > 0.1 * high
    return Shape(union(parts), nouns, {"legs": 4} if stands else {})


def _head(style: str, width: float, high: float, bar: float) -> CrossSection:
    """Return the front view of a headboard, its foot at the floor."""
    if style in ("slatted", "ladder"):
        return back_outline(style, width, high, bar, 4 if style == "ladder" else int(width / 17))
    flat = 0.86 if style == "panel" else 0.66
    view = rectangle(width, (flat - 0.12) * high).translate((0, (flat + 0.12) * high / 2))
    top = {"panel": arc(1.0, 0, 180, 3, (width / 2, 0.05)),
           "arched": arc(1.0, 0, 180, 21, (width / 2, 0.34 * high)),
           "peaked": arc(1.0, 0, 180, 3, (width / 2, 0.34 * high))}[style]  # fmt: skip
    hump = polygon(np.vstack([[(width / 2, -0.1 * high), (-width / 2, -0.1 * high)],
                              top[::-1]])).translate((0, flat * high))  # fmt: skip
    post = rectangle(bar, flat * high).translate(((width - bar) / 2, flat * high / 2))
    return view + hump + post + post.mirror((1, 0))


FAMILY = Family(
    "bed",
    build,
    held_out=({"form": "double", "head": "slatted"}, {"form": "single", "foot": "none"}),
)
