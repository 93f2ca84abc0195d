"""Beds: single, double, four-poster and bunk beds with mattress, pillows and five headboards."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from data.families.family import Draw, Family, Shape
from data.families.furniture_parts import back_outline, cushion, upright
from data.families.outlines import polygon, rectangle
from data.families.solids import arc, both_sides, box, cylinder, rod, union


def build(draw: Draw) -> Shape:
    """Draw one bed; lengths are in centimetres."""
    form = draw.pick("form", ("single", "double", "four-poster", "bunk"))
    narrow = form in ("single", "bunk")
    width = draw.between(88, 108) if narrow else draw.between(135, 185)
    length, lift, thick = draw.between(195, 212), draw.between(22, 34), draw.between(15, 22)
    size = draw.between(8, 10.5)
    if form == "bunk":
        return Shape(_bunk(draw, width, length, size), ("bed", "bunk bed"))
    head = draw.pick("head", ("panel", "arched", "slatted", "ladder", "peaked"))
    tall = draw.between(55, 85)
    high = 4 + lift + tall
    back = upright(_head(head, width, high, size), 7).translate((0, length / 2 - 4, 0))
    parts = [_berth(draw, width, length, lift, thick, 1 if narrow else 2), back]
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
            beam = box((width - size, 0.7 * size, 0.7 * size), (0, share * length, up - 0.95 * size))
            parts.append(beam)
    nouns = {"single": ("bed", "single bed"), "double": ("bed", "double bed"),
             "four-poster": ("bed", "four-poster bed", "canopy bed")}[form]  # fmt: skip
    return Shape(union(parts), nouns, {"legs": 4} if foot == "none" and lift > 0.1 * high else {})


def _berth(
    draw: Draw, width: float, length: float, lift: float, thick: float, pillows: int
) -> Manifold:
    """Return a frame with a mattress, pillows and maybe a blanket."""
    frame = box((width - 3, length - 3, 13), (0, 0, lift - 8), 2)
    soft = cushion((width - 8, length - 9, thick), (0, 0, lift), 4)
    parts = [frame, soft]
    wide = (width - 20) / pillows
    for number in range(pillows):
        x = (number - (pillows - 1) / 2) * wide
        pillow = cushion((wide - 5, 36, 14), (x, length / 2 - 30, lift + thick - 4), 6)
        parts.append(pillow)
    if draw.chance("blanket", 0.7):
        reach = draw.between(0.5, 0.68) * length
        cover = cushion((width - 2, reach, thick - 1), (0, 5 - (length - reach) / 2, lift + 4.5), 4)
        parts.append(cover)
    return union(parts)


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


def _bunk(draw: Draw, width: float, length: float, size: float) -> Manifold:
    """Return two berths above each other between four posts, with a ladder at the side."""
    low, high, thick = draw.between(28, 36), draw.between(112, 128), draw.between(13, 17)
    top = high + draw.between(38, 48)
    x, y = (width - size) / 2, (length - size) / 2
    if draw.pick("post", ("square", "round")) == "square":
        post = box((size, size, top), (x, 0, 0), 0.2 * size)
    else:
        post = cylinder(0.58 * size, top, (x, 0, 0))
    parts = [both_sides(post.translate((0, side * y, 0))) for side in (-1, 1)]
    for z in (low, high):
        parts.append(_berth(draw, width, length, z, thick, 1))
        end = box((width - size, 0.6 * size, 0.7 * size), (0, y, z + thick + 9))
        parts += [end, end.mirror((0, 1, 0))]
    rail = box((0.6 * size, length - size, 0.8 * size), (x, 0, top - 1.6 * size))
    parts.append(both_sides(rail))
    lean, place = x + 0.8 * size, -0.24 * length
    for along in (place - 19, place + 19):
        parts.append(box((0.7 * size, 0.7 * size, top - 0.95 * size), (-lean, along, 0)))
        parts.append(box((size, 0.7 * size, 0.7 * size), (-x - 0.3 * size, along, top - 1.6 * size)))
    for z in np.linspace(24, high - 10, 4):
        parts.append(rod((-lean, place - 19, float(z)), (-lean, place + 19, float(z)), 0.33 * size))
    return union(parts)


FAMILY = Family(
    "bed", build, held_out=({"form": "double", "head": "slatted"}, {"form": "single", "foot": "none"})
)
