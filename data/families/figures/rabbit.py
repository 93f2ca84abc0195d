"""Rabbits: crouching, sitting up or standing; ears up, hanging, or one of them bent."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, limb, pair, standing
from caddis.data.families.solids import both_sides, union


def build(draw: Draw) -> Shape:
    """Draw one rabbit; lengths are in centimetres."""
    pose = draw.pick("pose", ("crouching", "sitting up", "standing"))
    ears = draw.pick("ears", ("upright", "lop", "one bent"))
    plump, head = draw.between(0.9, 1.2), draw.between(1.6, 2.1)
    if pose == "crouching":
        trunk = blob((0, 0.4, 2.0), (2.3 * plump, 3.6, 2.6), 32)
        side = [
            blob((1.75 * plump, 1.5, 1.5), (1.05, 1.9, 1.7)),
            blob((1.9 * plump, 0.4, 0.4), (0.7, 1.9, 0.6)),
            limb((0.9, -1.6, 1.6), (0.95, -3.0, 0.4), 0.7, 0.6),
        ]
        at, tail = (0.0, -2.9, 4.0), (0.0, 3.9, 1.8)
    else:
        tall = draw.between(4.4, 5.4)
        trunk = Manifold.batch_hull(
            [
                blob((0, 0.4, 2.2), (2.2 * plump, 2.1, 2.2), 32),
                blob((0, 0, tall), (1.3, 1.2, 1.3)),
            ]
        )
        if pose == "sitting up":
            side = [
                blob((1.8 * plump, 0.1, 1.6), (1.0, 1.8, 1.6)),
                blob((1.5 * plump, -1.8, 0.4), (0.75, 2.0, 0.65)),
            ]
        else:
            trunk = trunk.translate((0, 0, 1.2))
            tall += 1.2
            side = [
                limb((1.05 * plump, 0, 2.5), (1.15 * plump, 0, 0.6), 0.95, 0.8),
                blob((1.2 * plump, -0.8, 0.4), (0.85, 1.9, 0.65)),
            ]
        side.append(limb((1.1, -0.6, tall - 0.2), (0.9, -2.2, tall - 1.8), 0.65, 0.55))
        at, tail = (0.0, -0.3, tall + 0.8 * head), (0.0, 2.4, 2.0 if pose == "sitting up" else 2.9)
    parts = [
        trunk,
        both_sides(union(side)),
        blob(tail, draw.between(0.85, 1.15)),
        _head(draw, head, ears).translate(at),
    ]
    if pose == "standing" and draw.chance("carrot", 0.4):
        tip = (at[0], -2.9, at[2] - 0.8 * head - 3.4)
        parts.append(cone((0, -2.5, tip[2] + 2.4), tip, 0.8, 0.2))
        parts.append(limb((-1.2, -2.3, tip[2] + 1.65), (1.2, -2.3, tip[2] + 1.65), 0.45))
        return Shape(standing(parts), ("rabbit", "rabbit with a carrot", "bunny"))
    return Shape(standing(parts), ("rabbit", "bunny", f"{pose} rabbit"))


def _head(draw: Draw, head: float, ears: str) -> Manifold:
    long, lean = draw.between(1.6, 2.4) * head, draw.between(5, 16)
    ear = blob((0, 0, 0.5 * long), (0.36 * head, 0.24 * head, 0.62 * long))
    upright = ear.rotate((-10, lean, 0)).translate((0.42 * head, 0.15 * head, 0.6 * head))
    hanging = union(
        [
            limb((0.4 * head, 0.1, 0.7 * head), (1.0 * head, 0, 0.6 * head), 0.28 * head),
            ear.rotate((0, 172, 0)).translate((1.08 * head, 0, 0.75 * head)),
        ]
    )
    half = 0.55 * long
    bent = union(
        [
            limb(
                (0.4 * head, 0.15 * head, 0.6 * head),
                (0.55 * head, 0.2 * head, 0.6 * head + half),
                0.32 * head,
            ),
            limb(
                (0.55 * head, 0.2 * head, 0.6 * head + half),
                (0.75 * head, -0.75 * head, 0.5 * head + half),
                0.32 * head,
                0.24 * head,
            ),
        ]
    )
    both = {
        "upright": both_sides(upright),
        "lop": both_sides(hanging),
        "one bent": bent + upright.mirror((1, 0, 0)),
    }[ears]
    return union(
        [
            blob((0, 0, 0), (0.92 * head, head, 0.9 * head), 32),
            both,
            pair(0.26 * head, -0.85 * head, -0.3 * head, 0.33 * head),
            blob((0, -1.08 * head, -0.08 * head), (0.18 * head, 0.16 * head, 0.14 * head), 16),
            pair(0.55 * head, -0.72 * head, 0.2 * head, 0.17 * head),
        ]
    )


FAMILY = Family("rabbit", build, held_out=({"pose": "crouching", "ears": "one bent"},))
