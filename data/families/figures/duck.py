"""Ducks: rubber ducks that swim and ducks that stand on webbed feet."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, fin, limb, pair, standing, wing
from caddis.data.families.solids import both_sides, cylinder, union


def build(draw: Draw) -> Shape:
    """Draw one duck; lengths are in centimetres."""
    pose = draw.pick("pose", ("swimming", "standing"))
    hat = draw.pick("hat", ("none", "none", "top hat", "sailor's cap"))
    wide, long = draw.between(2.4, 3.3), draw.between(3.6, 4.6)
    tall, head = draw.between(1.9, 2.5), draw.between(1.7, 2.3)
    lift = 0.72 * tall if pose == "swimming" else tall + draw.between(1.2, 2.2)
    neck_y, neck_z = -0.5 * long, lift + 0.75 * tall + draw.between(0.6, 1.1) * head
    bill = draw.between(1.2, 1.9)
    front = neck_y - 0.85 * head
    parts = [
        blob((0, 0, lift), (wide, long, tall), 40),
        limb((0, 0.4 * long, lift + 0.2), (0, 1.08 * long, lift + 1.05 * tall), 0.62 * tall, 0.35),
        limb((0, neck_y + 0.4, lift), (0, neck_y, neck_z), 0.75 * head, 0.7 * head),
        blob((0, neck_y, neck_z), (0.95 * head, head, head), 36),
        blob((0, front - 0.25 * bill, neck_z - 0.2 * head), (0.6 * head, bill, 0.2 * head)),
        blob(
            (0, front - 0.1 * bill, neck_z - 0.45 * head), (0.45 * head, 0.75 * bill, 0.16 * head)
        ),
        pair(0.62 * head, neck_y - 0.68 * head, neck_z + 0.32 * head, 0.19 * head),
    ]
    flap = fin(
        [
            (-0.5 * long, 0.1),
            (-0.1 * long, 0.5 * tall),
            (0.4 * long, 0.45 * tall),
            (0.85 * long, 0.8 * tall),
            (0.5 * long, -0.35 * tall),
            (-0.2 * long, -0.4 * tall),
        ],
        0.24 * wide,
        curved=True,
    )
    parts.append(both_sides(flap.rotate((0, -8, -6)).translate((0.93 * wide, 0, lift + 0.1))))
    if hat == "top hat":
        parts += [
            cylinder(0.95 * head, 0.25 * head, (0, neck_y, neck_z + 0.68 * head)),
            cylinder(0.62 * head, 1.2 * head, (0, neck_y, neck_z + 0.7 * head)),
        ]
    elif hat == "sailor's cap":
        at = (0, neck_y, neck_z + 0.72 * head)
        parts += [
            cylinder(0.6 * head, 0.4 * head, at),
            cylinder(0.85 * head, 0.3 * head, (0, neck_y, at[2] + 0.3 * head)),
        ]
    if pose == "standing":
        foot = wing(
            [
                (-0.3, 0.8),
                (0.3, 0.8),
                (1.1, -2.0),
                (0.4, -1.7),
                (0, -2.2),
                (-0.4, -1.7),
                (-1.1, -2.0),
            ],
            0.6,
        ).translate((0, 0, 0.3))
        leg = limb((0, 0.2, 0.4), (0, 0.2, lift), 0.5)
        parts.append(both_sides((foot + leg).rotate((0, 0, 6)).translate((1.35, 0.3, 0))))
        return Shape(union(parts), ("duck", "standing duck"), {"legs": 2})
    nouns = ("duck", "rubber duck") if hat == "none" else ("duck", f"duck with a {hat}")
    return Shape(standing(parts), nouns)


FAMILY = Family("duck", build, held_out=({"pose": "standing", "hat": "top hat"},))
