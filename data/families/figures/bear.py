"""Bears: sitting teddies and standing ones, with a bow, a heart or a patch on the belly."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, limb, pair, standing
from caddis.data.families.solids import both_sides, union


def build(draw: Draw) -> Shape:
    """Draw one bear; lengths are in centimetres."""
    pose = draw.pick("pose", ("sitting", "standing", "on all fours"))
    extra = draw.pick("extra", ("none", "bow tie", "belly patch"))
    head, plump = draw.between(2.0, 2.6), draw.between(0.88, 1.12)
    if pose == "on all fours":
        long, lift = draw.between(3.0, 3.8), draw.between(3.6, 4.4)
        x = 1.2 * plump
        legs = [limb((x, y, 0), (x, y, lift - 0.6), 0.95, 1.1) for y in (-0.7 * long, 0.75 * long)]
        legs += [blob((x, y - 0.6, 0.2), (0.95, 1.1, 0.55)) for y in (-0.7 * long, 0.75 * long)]
        parts = [
            blob((0, 0, lift), (2.35 * plump, long + 1.0, 2.3), 32),
            both_sides(union(legs)),
            blob((0, long + 0.9, lift + 0.6), 0.6),
            limb((0, -0.6 * long, lift + 0.4), (0, -long - 0.6, lift + 1.4), 1.7),
        ]
        parts.append(_head(draw, 0.85 * head).translate((0, -long - 1.3, lift + 1.9)))
        return Shape(standing(parts), ("bear", "bear on all fours"), {"legs": 4})
    tall, wide = draw.between(2.4, 3.0), 2.3 * plump
    lift = 0.9 * tall if pose == "sitting" else tall + draw.between(1.2, 1.9)
    if pose == "sitting":
        side = [
            limb((0.6 * wide, -0.6, 0.95), (1.0 * wide, -3.4, 0.95), 1.05, 0.95),
            blob((1.02 * wide, -3.7, 1.2), (0.95, 0.7, 1.25)),
        ]
    else:
        side = [
            limb((0.55 * wide, 0, lift - 1), (0.62 * wide, 0, 0.6), 1.05, 0.95),
            blob((0.64 * wide, -0.5, 0.4), (1.0, 1.5, 0.75)),
        ]
    drop = draw.between(-1.6, 1.8)
    shoulder = (0.72 * wide, -0.2, lift + 0.6 * tall)
    hand = (1.5 * wide, -1.6, shoulder[2] + drop)
    side.append(limb(shoulder, hand, 0.8, 0.85))
    top = lift + 0.85 * tall + 0.72 * head
    parts = [
        blob((0, 0, lift), (wide, 0.88 * wide, tall), 36),
        both_sides(union(side)),
        blob((0, 0.85 * wide, lift - 0.55 * tall), 0.65),
        _head(draw, head).translate((0, -0.2, top)),
    ]
    if extra == "bow tie":
        z, y = top - 0.95 * head, -0.88 * wide * 0.72 - 0.25
        loop = cone((0.95, y - 0.3, z), (0.1, y - 0.3, z), 0.62, 0.3)
        parts += [both_sides(loop), blob((0, y - 0.35, z), 0.45), limb((0, 0, z), (0, y, z), 0.4)]
    elif extra == "belly patch":
        parts.append(
            blob((0, -0.3 * wide, lift - 0.1), (0.66 * wide, 0.68 * wide, 0.72 * tall), 28)
        )
    nouns = (
        "teddy bear",
        "bear",
        "teddy bear with a bow tie" if extra == "bow tie" else f"{pose} teddy bear",
    )
    return Shape(standing(parts), nouns, {} if pose == "sitting" else {"legs": 2})


def _head(draw: Draw, head: float) -> Manifold:
    ear = draw.between(0.38, 0.5) * head
    hollow = blob((0.72 * head, -0.32 * ear - 0.12 * head, 0.72 * head), 0.6 * ear, 16)
    lobe = blob((0.72 * head, 0, 0.7 * head), (ear, 0.55 * ear, ear)) - hollow
    return union(
        [
            blob((0, 0, 0), (1.05 * head, 0.92 * head, 0.95 * head), 36),
            both_sides(lobe),
            blob((0, -0.85 * head, -0.25 * head), (0.5 * head, 0.45 * head, 0.4 * head)),
            blob((0, -1.26 * head, -0.08 * head), (0.2 * head, 0.14 * head, 0.15 * head), 16),
            pair(0.4 * head, -0.8 * head, 0.22 * head, 0.13 * head),
        ]
    )


FAMILY = Family("bear", build, held_out=({"pose": "standing", "extra": "belly patch"},))
