"""Penguins: slim emperors and round chicks, flippers down, out or one raised."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, limb, pair, standing
from caddis.data.families.solids import both_sides, cylinder, rod


def build(draw: Draw) -> Shape:
    """Draw one penguin; lengths are in centimetres."""
    form = draw.pick("form", ("slim", "round"))
    flippers = draw.pick("flippers", ("down", "out", "waving"))
    tall = draw.between(4.8, 6.2) if form == "slim" else draw.between(3.2, 4.0)
    wide = draw.between(2.5, 3.1) if form == "slim" else draw.between(2.9, 3.5)
    head = draw.between(1.7, 2.1) if form == "slim" else draw.between(2.1, 2.6)
    lift = tall + 0.1
    top = lift + 0.8 * tall + 0.35 * head
    beak = draw.between(1.0, 1.7)
    parts = [
        blob((0, 0, lift), (wide, 0.92 * wide, tall), 40),
        blob((0, -0.22 * wide, 0.92 * lift), (0.78 * wide, 0.8 * wide, 0.82 * tall), 36),
        blob((0, 0, top), head, 36),
        cone((0, -0.75 * head, top - 0.05), (0, -head - beak, top - 0.3), 0.4 * head),
        pair(0.45 * head, -0.82 * head, top + 0.3 * head, 0.17 * head),
        both_sides(blob((0.45 * wide, -0.75 * wide, 0.3), (0.42 * wide, 0.75 * wide, 0.5))),
        cone((0, 0.4 * wide, 0.35 * tall), (0, 1.35 * wide, 0.35), 0.5 * wide, 0.3),
    ]
    for side in (1, -1):
        way = ("up" if side < 0 else "down") if flippers == "waving" else flippers
        angle = {"down": draw.between(12, 25), "out": draw.between(45, 75), "up": 130.0}[way]
        flap = blob((0, 0, -0.5 * tall), (0.42, 0.28 * wide, 0.62 * tall))
        flap = flap.rotate((0, -side * angle, 0))
        parts.append(flap.translate((side * 0.8 * wide, 0, lift + 0.35 * tall)))
    nouns = ("penguin", "penguin chick" if form == "round" else "emperor penguin")
    extra = draw.pick("extra", ("none", "none", "scarf", "top hat"))
    if extra == "scarf":
        at = top - 0.7 * head
        parts += [
            rod((0, 0, at - 0.4), (0, 0, at + 0.35), 0.98 * head),
            limb((0.4 * head, -0.8 * head, at), (0.6 * head, -0.95 * wide, at - 0.4 * tall), 0.4),
        ]
        nouns = ("penguin", "penguin with a scarf")
    elif extra == "top hat":
        parts += [
            cylinder(1.05 * head, 0.3, (0, 0, top + 0.7 * head)),
            cylinder(0.65 * head, 1.2 * head, (0, 0, top + 0.7 * head)),
        ]
        nouns = ("penguin", "penguin with a top hat")
    return Shape(standing(parts), nouns)


FAMILY = Family("penguin", build, held_out=({"form": "round", "flippers": "out"},))
