"""Cats: sitting upright, standing with a raised tail, or lying; pointed ears."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb, pair, standing
from caddis.data.families.solids import both_sides, tube, union


def build(draw: Draw) -> Shape:
    """Draw one cat; lengths are in centimetres."""
    pose = draw.pick("pose", ("sitting", "standing", "lying"))
    tail = draw.pick("tail", ("raised", "curled"))
    head, plump = draw.between(1.7, 2.3), draw.between(0.85, 1.2)
    if pose == "sitting":
        parts, at, root = _sitting(draw, plump)
    elif pose == "standing":
        parts, at, root = _standing(draw, plump)
    else:
        parts, at, root = _lying(draw, plump)
    parts.append(_head(draw, head).translate(at))
    parts.append(_tail(draw, tail, root))
    claims = {"legs": 4} if pose == "standing" else {}
    return Shape(standing(parts), ("cat", f"{pose} cat"), claims)


Body = tuple[list[Manifold], tuple[float, float, float], tuple[float, float, float]]


def _sitting(draw: Draw, plump: float) -> Body:
    """Return the body, the position of the head and the root of the tail."""
    tall, wide = draw.between(4.8, 6.2), 2.1 * plump
    trunk = Manifold.batch_hull(
        [
            blob((0, 0.9, 1.6), (wide, 2.0 * plump, 1.9)),
            blob((0, -0.7, tall), (0.62 * wide, 1.2, 1.2)),
        ]
    )
    leg = limb((0.75, -1.4, 3.6), (0.85, -1.9, 0.4), 0.72, 0.62)
    paw, haunch = (
        blob((0.85, -2.2, 0.3), (0.7, 0.95, 0.55)),
        blob((0.9 * wide, 0.2, 1.4), (0.85, 1.7, 1.6)),
    )
    toe = blob((0.95 * wide + 0.2, -1.5, 0.3), (0.62, 1.0, 0.5))
    parts = [trunk, both_sides(union([leg, paw, haunch, toe]))]
    return parts, (0, -1.2, tall + 1.7), (0, 2.6, 0.7)


def _standing(draw: Draw, plump: float) -> Body:
    long, lift = draw.between(2.8, 3.8), draw.between(3.8, 4.8)
    trunk = limb((0, -long, lift), (0, long, lift), 1.45 * plump, 1.55 * plump, 32)
    x = 0.95 * plump
    legs = [limb((x, y, lift), (x, y, 0.3), 0.7, 0.55) for y in (1 - long, long - 0.4)]
    paws = [blob((x, y - 0.3, 0.25), (0.62, 0.85, 0.45)) for y in (1 - long, long - 0.4)]
    neck = limb((0, -long, lift), (0, -long - 0.9, lift + 1.8), 1.2)
    parts = [trunk, neck, both_sides(union([*legs, *paws]))]
    return parts, (0, -long - 1.3, lift + 2.3), (0, long + 1.0, lift + 0.6)


def _lying(draw: Draw, plump: float) -> Body:
    long = draw.between(3.0, 4.0)
    trunk = blob((0, 0, 1.5), (2.1 * plump, long + 1.2, 2.1), 36)
    leg = limb((0.95, -long, 0.55), (1.0, -long - 2.2, 0.45), 0.65, 0.6)
    haunch = blob((1.6 * plump, 0.55 * long, 1.2), (1.0, 1.8, 1.5))
    neck = limb((0, 0.8 - long, 1.8), (0, -long, 3.2), 1.3)
    parts = [trunk, neck, both_sides(leg + haunch)]
    return parts, (0, -long - 0.4, 3.7), (0, long + 0.6, 0.7)


def _head(draw: Draw, head: float) -> Manifold:
    wide = draw.between(1.05, 1.2) * head
    rise = draw.between(1.45, 1.8) * head
    ear = Manifold.batch_hull(
        [
            blob((0.2 * wide, 0, 0.6 * head), 0.2 * head, 16),
            blob((0.85 * wide, 0, 0.25 * head), 0.2 * head, 16),
            blob((0.8 * wide, 0, rise), 0.07 * head, 12),
        ]
    )
    return union(
        [
            blob((0, 0, 0), (wide, 0.9 * head, 0.9 * head), 36),
            both_sides(ear),
            pair(0.27 * head, -0.85 * head, -0.3 * head, (0.32 * head, 0.26 * head, 0.25 * head)),
            blob((0, -1.05 * head, -0.1 * head), (0.16 * head, 0.14 * head, 0.11 * head), 16),
            pair(0.42 * head, -0.75 * head, 0.18 * head, (0.19 * head, 0.15 * head, 0.22 * head)),
        ]
    )


def _tail(draw: Draw, tail: str, root: tuple[float, float, float]) -> Manifold:
    thick, turn = draw.between(0.45, 0.65), 1 if draw.chance("left") else -1
    if tail == "raised":
        rise = draw.between(3.5, 5.5)
        path = [
            (0.0, -0.7, 0.0),
            (0, 0.9, 0.5),
            (0, 1.5, 0.4 * rise),
            (0, 1.0, 0.8 * rise),
            (0, 1.4, rise),
        ]
        return tube(np.array(path) + root, thick, 0.8 * thick)
    path = [
        (0.0, -0.7, 0.0),
        (turn * 0.8, 0.9, -0.1),
        (turn * 2.4, 0.7, -0.2),
        (turn * 3.3, -0.6, -0.2),
        (turn * 3.4, -2.2, -0.2),
    ]
    return tube(np.array(path) + root, thick, 0.8 * thick)


FAMILY = Family("cat", build, held_out=({"pose": "standing", "tail": "curled"},))
