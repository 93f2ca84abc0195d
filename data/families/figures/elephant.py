"""Elephants: standing or sitting, fan ears, the trunk hanging or raised, with or without tusks."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, limb, pair, standing
from caddis.data.families.solids import both_sides, tube, union


def build(draw: Draw) -> Shape:
    """Draw one elephant; lengths are in decimetres."""
    pose = draw.pick("pose", ("standing", "standing", "sitting"))
    trunk = draw.pick("trunk", ("hanging", "raised", "curled"))
    head, plump = draw.between(2.2, 2.7), draw.between(0.9, 1.15)
    if pose == "standing":
        long, lift = draw.between(3.6, 4.6), draw.between(4.2, 5.2)
        x, thick = 1.45 * plump, draw.between(1.0, 1.2)
        legs = [limb((x, y, 0), (x, y, lift - 0.6), thick) for y in (-0.5 * long, 0.55 * long)]
        parts = [
            blob((0, 0, lift + 0.4), (2.7 * plump, long, 2.8 * plump), 36),
            both_sides(union(legs)),
            limb((0, long - 0.5, lift + 1), (0, long + 0.7, lift - 1.4), 0.3, 0.26),
        ]
        at = np.array([0, -long - 0.5, lift + 1.9])
    else:
        tall = draw.between(5.2, 6.2)
        body = Manifold.batch_hull(
            [
                blob((0, 0.6, 2.4), (2.9 * plump, 2.7, 2.6), 32),
                blob((0, -0.1, tall), (1.7, 1.6, 1.5)),
            ]
        )
        leg = limb((1.8 * plump, -1, 1.2), (2.3 * plump, -3.6, 1.15), 1.25, 1.15)
        arm = limb((1.5, -0.6, tall - 0.4), (2.5 * plump, -2.5, tall - 2.6), 0.95, 0.85)
        parts = [body, both_sides(leg + arm), cone((0, 2.5, 1.2), (0, 4.4, 0.4), 0.5, 0.3)]
        at = np.array([0, -0.6, tall + 1.6])
    parts.append(_head(draw, head, trunk).translate(tuple(at)))
    claims = {"legs": 4} if pose == "standing" else {}
    nouns = ("elephant", f"{pose} elephant")
    if trunk == "raised":
        nouns = ("elephant", "elephant with a raised trunk")
    return Shape(standing(parts), nouns, claims)


def _head(draw: Draw, head: float, trunk: str) -> Manifold:
    spread = draw.between(0.75, 1.05) * head
    ear = blob((0, 0, 0), (spread, 0.3, 1.15 * spread), 28).rotate((8, 0, 28))
    ear = ear.translate((0.72 * head + 0.55 * spread, 0.45 * head, 0.1 * head))
    root = 0.42 * head
    path = {
        "hanging": [(0, -0.8, -0.1), (0, -1.5, -0.6), (0, -1.7, -1.3), (0, -1.65, -1.75)],
        "raised": [
            (0, -0.8, -0.1),
            (0, -1.6, -0.4),
            (0, -2.2, 0.0),
            (0, -2.4, 0.8),
            (0, -2.2, 1.5),
        ],
        "curled": [
            (0, -0.8, -0.1),
            (0, -1.4, -0.7),
            (0, -1.8, -1.3),
            (0, -2.4, -1.4),
            (0, -2.7, -0.9),
        ],
    }[trunk]
    parts = [
        blob((0, 0, 0), (0.95 * head, head, head), 36),
        both_sides(ear),
        tube(head * np.array(path), root, 0.5 * root),
        pair(0.55 * head, -0.72 * head, 0.32 * head, 0.14 * head),
    ]
    if draw.chance("tusks", 0.65):
        length = draw.between(0.7, 1.2) * head
        tusk = cone(
            (0.42 * head, -0.8 * head, -0.45 * head),
            (0.6 * head, -0.95 * head - length, -0.55 * head),
            0.18 * head,
            0.1 * head,
        )
        parts.append(both_sides(tusk))
    return union(parts)


FAMILY = Family("elephant", build, held_out=({"pose": "sitting", "trunk": "curled"},))
