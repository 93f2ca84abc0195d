"""Dinosaurs: long necks, two-legged hunters, plated stegosaurs and three-horned ones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, fin, limb, pair, standing
from caddis.data.families.outlines import Points, regular, smooth
from caddis.data.families.solids import both_sides, tube, union


def build(draw: Draw) -> Shape:
    """Draw one dinosaur; lengths are in decimetres."""
    kind = draw.pick("kind", ("brontosaurus", "tyrannosaurus", "stegosaurus", "triceratops"))
    curl = draw.pick("tail", ("straight", "swung"))
    plump = draw.between(0.9, 1.15)
    makers = {
        "brontosaurus": _long_neck,
        "tyrannosaurus": _hunter,
        "stegosaurus": _plated,
        "triceratops": _horned,
    }
    parts, root, length = makers[kind](draw, plump)
    turn = draw.between(0.3, 0.6) * length * (1 if draw.chance("left") else -1)
    bend = turn if curl == "swung" else 0.0
    drop = root[2] - draw.between(0.9, 1.8)
    path = [
        (0, -2.2, 0.3),
        (0, 0.2 * length, -0.05 * drop),
        (0.35 * bend, 0.6 * length, -0.45 * drop),
        (bend, length, -0.6 * drop),
    ]
    curve = _curve(path) + np.asarray(root)
    parts.append(tube(curve, 1.5 * plump, 0.3))
    legs = 2 if kind == "tyrannosaurus" else 4
    return Shape(standing(parts), ("dinosaur", kind), {"legs": legs})


Made = tuple[list[Manifold], tuple[float, float, float], float]


def _curve(path: Sequence[tuple[float, float, float]]) -> Points:
    return smooth(path, 3)


def _four_legs(plump: float, long: float, lift: float, thick: float) -> Manifold:
    x = 1.25 * plump
    spots = (-0.55 * long, 0.55 * long)
    return both_sides(union(limb((x, y, 0), (x, y, lift - 0.5), thick) for y in spots))


def _long_neck(draw: Draw, plump: float) -> Made:
    long, lift = draw.between(3.2, 4.0), draw.between(3.2, 4.2)
    rise, reach = draw.between(4.5, 7.0), draw.between(2.4, 3.6)
    neck = [
        (0, 1.4 - long, lift + 0.4),
        (0, -long - 0.2 * reach, lift + 0.25 * rise),
        (0, -long - 0.6 * reach, lift + 0.7 * rise),
        (0, -long - reach, lift + rise),
    ]
    y, z = neck[-1][1:]
    parts = [
        blob((0, 0, lift + 0.3), (2.3 * plump, long, 2.2 * plump), 36),
        _four_legs(plump, long, lift, 0.85),
        tube(_curve(neck), 1.4, 0.7),
        limb((0, y, z + 0.1), (0, y - 1.3, z - 0.15), 1.0, 0.7),
        pair(0.75, y - 0.4, z + 0.55, 0.25),
    ]
    return parts, (0, long - 0.2, lift + 0.2), draw.between(5.5, 8.0)


def _hunter(draw: Draw, plump: float) -> Made:
    lift, head = draw.between(4.6, 5.6), draw.between(1.4, 1.8)
    chest = Manifold.batch_hull(
        [
            blob((0, 0.6, lift), (1.9 * plump, 2.4, 2.0)),
            blob((0, -2.0, lift + 2.4), (1.3, 1.3, 1.4)),
        ]
    )
    leg = [
        limb((1.5 * plump, 0.4, lift - 0.4), (1.7 * plump, -0.4, 2.4), 1.25, 0.8),
        limb((1.7 * plump, -0.4, 2.4), (1.7 * plump, 0.5, 0.6), 0.8, 0.6),
        blob((1.75 * plump, -0.5, 0.35), (0.95, 1.7, 0.6)),
    ]
    arm = [
        limb((1.1, -2.6, lift + 1.6), (1.3, -3.8, lift + 0.9), 0.42, 0.36),
        limb((1.3, -3.8, lift + 0.9), (1.2, -4.3, lift + 1.5), 0.36, 0.28),
    ]
    y, z = -3.0, lift + 4.2
    jaw = fin([(y - 5, z - 0.1), (y - 5, z - 1.5), (y - 0.9, z - 0.45)], 6, sharp=True)
    skull = union(
        [
            blob((0, y, z), (0.95 * head, 1.2 * head, head)),
            limb((0, y - 0.4, z - 0.1), (0, y - 1.7 * head, z - 0.2), 0.85 * head, 0.62 * head),
            limb((0, -1.8, lift + 2.2), (0, y, z), 1.35, 1.0),
        ]
    )
    teeth = limb((0, y - 0.9, z - 1.0), (0, y - 1.8 * head, z - 1.35), 0.5 * head, 0.36 * head)
    parts = [
        chest,
        both_sides(union([*leg, *arm])),
        skull - jaw,
        teeth,
        limb((0, -2.4, lift + 3.0), (0, y - 0.7, z - 0.85), 0.8),
        pair(0.8 * head, y - 0.5 * head, z + 0.6 * head, 0.3),
    ]
    return parts, (0, 2.4, lift + 0.2), draw.between(5.0, 6.8)


def _plated(draw: Draw, plump: float) -> Made:
    long, lift = draw.between(3.4, 4.2), draw.between(2.8, 3.4)
    parts = [
        blob((0, 0, lift + 0.6), (2.0 * plump, long + 0.4, 2.5), 36),
        _four_legs(plump, long, lift, 0.8),
        limb((0, 0.8 - long, lift), (0, -long - 1.6, lift - 0.5), 1.3, 0.8),
        limb((0, -long - 1.4, lift - 0.4), (0, -long - 2.7, lift - 0.75), 0.9, 0.6),
        pair(0.7, -long - 1.9, lift + 0.1, 0.24),
    ]
    plates, size = draw.count("plates", 5, 7), draw.between(1.7, 2.4)
    plate = regular(5, 1.0).rotate(0).scale((0.85, 1.1)).extrude(0.55).translate((0, 0, -0.275))
    for place in np.linspace(-0.85, 1.05, plates):
        grown = size * (1.0 - 0.55 * abs(float(place)))
        z = lift + 0.6 + 2.5 * (1 - min(abs(float(place)), 0.9) ** 2) ** 0.5
        one = plate.scale((grown, grown, 1)).rotate((90, 0, 90))
        parts.append(one.translate((0, float(place) * long, z + 0.3 * grown)))
    return parts, (0, long, lift + 0.6), draw.between(4.6, 6.0)


def _horned(draw: Draw, plump: float) -> Made:
    long, lift = draw.between(3.4, 4.0), draw.between(2.8, 3.4)
    y, z, frill = -long - 1.4, lift + 0.9, draw.between(2.3, 2.9)
    shield = blob((0, 0, 0), (frill, 0.5, frill), 32).rotate((-28, 0, 0))
    horn = cone((0.75, y - 0.6, z + 0.7), (1.1, y - draw.between(2.6, 3.6), z + 2.4), 0.48, 0.16)
    parts = [
        blob((0, 0, lift + 0.5), (2.3 * plump, long + 0.3, 2.3), 36),
        _four_legs(plump, long, lift, 0.95),
        shield.translate((0, y + 0.9, z + 0.9)),
        limb((0, -1.8, lift + 0.4), (0, y, z), 1.7, 1.45),
        cone((0, y - 0.2, z - 0.1), (0, y - 2.2, z - 0.9), 1.3, 0.5),
        both_sides(horn),
        cone((0, y - 1.6, z - 0.1), (0, y - 2.4, z + 1.0), 0.42, 0.16),
        pair(1.1, y - 0.8, z + 0.1, 0.26),
    ]
    return parts, (0, long - 0.1, lift + 0.4), draw.between(4.0, 5.4)


FAMILY = Family("dinosaur", build, held_out=({"kind": "stegosaurus", "tail": "swung"},))
