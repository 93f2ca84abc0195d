"""Snails: a coiled shell, upright or turned to a tip, on a long foot with two eye stalks."""

from __future__ import annotations

import itertools

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, filled, limb, pair, standing
from caddis.data.families.solids import both_sides, union


def build(draw: Draw) -> Shape:
    """Draw one snail; lengths are in centimetres."""
    shell = draw.pick("shell", ("upright coil", "pointed"))
    feelers = draw.pick("feelers", ("straight", "spread"))
    long, wide = draw.between(4.6, 6.0), draw.between(1.3, 1.8)
    rise = draw.between(2.2, 3.8)
    front = -long
    foot = Manifold.batch_hull(
        [
            blob((0, front + 0.8, 0.5), (wide, 1.3, 0.9)),
            blob((0, 0.5, 0.5), (1.1 * wide, 2.0, 0.9)),
        ]
    )
    tail = limb((0, 0.6, 0.5), (0, long, 0.25), 0.85, 0.35)
    neck = limb((0, front + 0.9, 0.7), (0, front - 0.3, rise), 0.95, 0.95)
    lean = 0.35 if feelers == "straight" else 1.0
    eye = np.array([0.45 + lean, front - 0.9, rise + draw.between(1.5, 2.4)])
    stalk = limb((0.4, front - 0.5, rise + 0.3), eye, 0.34, 0.28)
    horn = limb((0.45, front - 0.9, rise - 0.3), (0.6, front - 2.0, rise - 0.7), 0.3)
    parts = [
        foot,
        tail,
        neck,
        both_sides(union([stalk, horn, blob(eye, 0.48, 20)])),
        blob((0, front - 0.5, rise), (1.0, 1.1, 0.95)),
        pair(0.3, front - 1.5, rise - 0.1, 0.14),
    ]
    radius, turns = draw.between(2.4, 3.2), draw.between(1.9, 2.4)
    coil = _coil(radius, turns, shell == "pointed")
    if shell == "pointed":
        coil = coil.rotate((-28, 0, 0)).translate((0, 0.6, 0.4 + 0.38 * radius))
    else:
        coil = coil.rotate((90, 0, 90)).translate((0, 0.4, 0.9 + radius))
    return Shape(
        filled(standing([*parts, coil])),
        ("snail", "snail with a pointed shell" if shell == "pointed" else "garden snail"),
    )


def _coil(radius: float, turns: float, pointed: bool) -> Manifold:
    """Return a shell wound about the z axis; its tube grows from the middle outwards."""
    share = np.linspace(0.0, 1.0, round(10 * turns) + 1)
    angle = 2 * np.pi * turns * share - 0.5 * np.pi
    grown = 0.12 + 0.88 * share**1.3
    thick = 0.45 * radius * grown
    path_r = 0.58 * radius * grown
    z = 1.35 * radius * (1 - share) if pointed else 0 * share
    points = np.stack([path_r * np.cos(angle), path_r * np.sin(angle), z], axis=1)
    balls = [blob(p, float(t), 16) for p, t in zip(points, thick, strict=True)]
    wound = [Manifold.batch_hull([a, b]) for a, b in itertools.pairwise(balls)]
    if pointed:
        axis = Manifold.cylinder(1.3 * radius, 0.5 * radius, 0.1 * radius, 24)
        return union([*wound, axis])
    return union([*wound, blob((0, 0, 0), (0.5 * radius, 0.5 * radius, 0.3 * radius))])


FAMILY = Family("snail", build, held_out=({"shell": "pointed", "feelers": "spread"},))
