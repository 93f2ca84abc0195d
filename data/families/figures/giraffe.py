"""Giraffes: a very long upright neck, four thin legs, two knobbed horns; standing or lying."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, fin, limb, pair, standing
from caddis.data.families.solids import both_sides, union


def build(draw: Draw) -> Shape:
    """Draw one giraffe; lengths are in decimetres."""
    pose = draw.pick("pose", ("standing", "standing", "lying"))
    build_of = draw.pick("build", ("slender", "chubby"))
    girth = draw.between(1.6, 1.9) if build_of == "slender" else draw.between(2.1, 2.6)
    long, rise = draw.between(2.6, 3.3), draw.between(7.0, 10.0)
    head = draw.between(1.0, 1.2) * (1.0 if build_of == "slender" else 1.35)
    lift = draw.between(6.0, 8.0) if build_of == "slender" else draw.between(4.4, 5.6)
    if pose == "lying":
        lift, rise = 0.85 * girth, 0.8 * rise
    reach = draw.between(1.0, 2.6)
    y, z = -long - reach, lift + rise
    parts = [
        limb((0, -long + 0.4, lift + 0.3), (0, long - 0.5, lift), girth, 0.9 * girth, 28),
        limb((0, -long, lift + 0.6), (0, y, z), 0.75 * girth, 0.62 * head, 24),
        limb((0, y, z + 0.1), (0, y - 1.9 * head, z - 0.6 * head), 0.85 * head, 0.55 * head, 24),
        fin(
            [
                (-long + 1.0, lift + 1.0),
                (y + 0.9, z + 0.3),
                (y + 0.1, z + 0.4),
                (-long, lift + 1.2),
            ],
            0.55,
        ),
        limb(
            (0, long, lift + 0.8), (0, long + 1.2, lift - 1.4 if pose == "standing" else 0.9), 0.32
        ),
        pair(0.7 * head, y - 0.4 * head, z + 0.25 * head, 0.2 * head),
    ]
    horn = limb(
        (0.36 * head, y + 0.1, z + 0.4 * head), (0.45 * head, y + 0.3, z + 1.6 * head), 0.24 * head
    )
    knob = blob((0.45 * head, y + 0.3, z + 1.65 * head), 0.36 * head, 16)
    ear = blob((1.15 * head, y + 0.25, z + 0.55 * head), (0.6 * head, 0.22 * head, 0.28 * head), 16)
    parts.append(both_sides(union([horn, knob, ear])))
    if pose == "standing":
        x, thick = 0.62 * girth, draw.between(0.55, 0.7)
        legs = [
            limb(
                (x, n * (long - 0.6), lift - 0.4),
                (1.1 * x, n * (long - 0.3), 0),
                1.25 * thick,
                thick,
            )
            for n in (-1, 1)
        ]
        parts.append(both_sides(union(legs)))
        return Shape(standing(parts), ("giraffe", "standing giraffe"), {"legs": 4})
    legs = [
        limb((0.75 * girth, n * long - 0.2, 0.7), (1.1 * girth, n * long - 2.8, 0.55), 0.7, 0.55)
        for n in (-0.8, 0.9)
    ]
    parts.append(both_sides(union(legs)))
    return Shape(standing(parts), ("giraffe", "lying giraffe"))


FAMILY = Family("giraffe", build, held_out=({"pose": "lying", "build": "chubby"},))
