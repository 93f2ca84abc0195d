"""Wardrobes: tall cases with two to four doors, maybe drawers below, under three kinds of crown."""

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
from caddis.data.families.solids import box, union


def build(draw: Draw) -> Shape:
    """Draw one wardrobe; lengths are in centimetres."""
    doors = draw.count("doors", 2, 4)
    crown = draw.pick("crown", ("flat", "cornice", "arched", "gable"))
    drawers = draw.chance("drawers", 0.4)
    stand = draw.pick("stand", CASE_STANDS)
    width, depth = doors * draw.between(42, 54), draw.between(52, 62)
    lift = draw.between(22, 28) if stand != "plinth" else draw.between(6, 10)
    height = draw.between(150, 180)
    top, front = lift + height, -depth / 2
    thick = 3.8
    style, knob = draw.pick("panel", PANELS), draw.pick("pull", PULLS)
    parts = [box((width, depth, height), (0, 0, lift)),
             case_stand(stand, width, depth, lift, 0.03 * width + 7)]  # fmt: skip
    low = lift + 3
    if drawers:
        tall = draw.between(22, 30)
        for x, wide in spaced(-width / 2 + 2, width / 2 - 2, (doors + 1) // 2, 4):
            parts.append(panel(wide, tall, 3, (x, front, low + tall / 2), style))
            parts += [pull(knob, (x + move * wide, front - 2, low + tall / 2), 6.5)
                      for move in (-0.25, 0.25)]  # fmt: skip
        low += tall + 4
    middle = (low + top - 3) / 2
    halves = draw.chance("two panels a door", 0.4)
    for number, (x, wide) in enumerate(spaced(-width / 2 + 2, width / 2 - 2, doors, 3)):
        spans = spaced(low, top - 3, 2, 1.2) if halves else [(middle, top - 3 - low)]
        for z, tall in spans:
            parts.append(panel(wide, tall, 3, (x, front, z), style))
        side = 0.38 * wide * (1 if number % 2 == 0 and number < doors - 1 else -1)
        at = (x + side, front - 2, middle if not halves else low + 0.42 * (top - 3 - low))
        parts.append(pull(knob, at, 7, standing=True))
    if crown in ("arched", "gable"):
        rise = draw.between(0.1, 0.16) * width
        view = arched(width + 6, 4, rise, 21 if crown == "arched" else 3)
        parts.append(upright(view, depth + 7).translate((0, 0, top - 1)))
    else:
        steps = ((5, 0.0), (12, 4.0)) if crown == "cornice" else ((2, 0.0),)
        for grow, start in steps:
            parts.append(box((width + grow, depth + grow, 1.3 * thick), (0, 0, top + start - 1), 1))
    end = top + (0.16 * width + 5 if crown in ("arched", "gable") else 10)
    claims = {"legs": 4} if stand != "plinth" and lift > 0.1 * end else {}
    return Shape(union(parts), ("wardrobe", "armoire") if doors == 2 else ("wardrobe",), claims)


FAMILY = Family(
    "wardrobe", build, held_out=({"doors": 3, "crown": "arched"}, {"doors": 2, "stand": "blocks"})
)
