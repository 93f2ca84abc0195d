"""Dressers: chests of drawers in rows and columns on a plinth or feet, maybe with a mirror."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    CASE_STANDS,
    PANELS,
    PULLS,
    arched,
    case_stand,
    panel,
    pull,
    spaced,
    upright,
)
from caddis.data.families.outlines import oval, rectangle
from caddis.data.families.solids import box, minus, union


def build(draw: Draw) -> Shape:
    """Draw one dresser; lengths are in centimetres."""
    rows, columns = draw.count("rows", 3, 6), draw.count("columns", 1, 3)
    stand = draw.pick("stand", CASE_STANDS)
    mirror = rows < 5 and draw.chance("mirror", 0.25)
    width = {1: draw.between(50, 75), 2: draw.between(85, 120), 3: draw.between(120, 150)}[columns]
    depth, drawer = draw.between(40, 50), draw.between(17, 24)
    lift = draw.between(13, 18) if stand != "plinth" else draw.between(5, 8)
    top = lift + rows * drawer
    thick, front = max(0.02 * max(top, width), 2.6), -depth / 2
    style, knob = draw.pick("panel", PANELS), draw.pick("pull", PULLS)
    parts = [box((width, depth, rows * drawer), (0, 0, lift)),
             case_stand(stand, width, depth, lift, 0.05 * width + 4),
             box((width + 5, depth + 5, thick), (0, 0, top - 0.1), 0.5 * thick)]  # fmt: skip
    split = columns == 1 and draw.chance("split top")
    for number, (z, tall) in enumerate(spaced(lift, top, rows, 2.6)):
        across = 2 if split and number == rows - 1 else columns
        for x, wide in spaced(-width / 2 + 1, width / 2 - 1, across, 2.6):
            parts.append(panel(wide, tall, 0.7 * thick, (x, front, z), style))
            y, size = front - 0.5 * thick, 0.035 * top + 1.4
            aside = (-0.27 * wide, 0.27 * wide) if wide > 46 else (0.0,)
            parts += [pull(knob, (x + move, y, z), size) for move in aside]
    end = top + thick
    nouns = ("dresser", "chest of drawers")
    if mirror:
        frame = draw.pick("frame", ("oval", "arched", "square"))
        wide, tall = 0.72 * min(width, 90), draw.between(50, 70)
        outline = {
            "oval": oval(wide, tall),
            "arched": arched(wide, 0.6 * tall, 0.4 * tall).translate((0, -tall / 2)),
            "square": rectangle(wide, tall, 4),
        }[frame]  # fmt: skip
        glass = upright(outline.offset(-0.09 * wide), 5).translate((0, -3.6, 0))
        plate = minus(upright(outline, 5), [glass]).translate((0, 0, end + 5 + tall / 2))
        foot = box((0.5 * wide, 6, 14), (0, 0.6, end - 1), 1)
        parts.append((plate + foot).translate((0, depth / 2 - 6, 0)))
        end += 5 + tall
        nouns = ("dresser", "dresser with a mirror")
    claims = {"legs": 4} if stand != "plinth" and lift > 0.1 * end else {}
    return Shape(union(parts), nouns, claims)


FAMILY = Family("dresser", build, held_out=({"rows": 3, "columns": 3}, {"rows": 5, "columns": 1}))
