"""Pigs: farm pigs and piggy banks, a snout disc, standing on four short legs or sitting."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb, pair, standing
from caddis.data.families.solids import both_sides, box, minus, rod, tube, union


def build(draw: Draw) -> Shape:
    """Draw one pig; lengths are in centimetres."""
    kind = draw.pick("kind", ("pig", "piggy bank", "sitting pig"))
    ears = draw.pick("ears", ("pointed", "folded"))
    long, girth = draw.between(3.4, 4.6), draw.between(2.4, 3.0)
    head = draw.between(1.7, 2.1)
    if kind == "piggy bank":
        long = 1.15 * girth
    lift = draw.between(0.9, 1.3) + girth
    if kind == "sitting pig":
        lift = long + 0.2
        trunk = Manifold.batch_hull(
            [
                blob((0, 0.5, 2.2), (girth, girth, 2.2), 32),
                blob((0, -0.2, 1.5 * lift), (1.5, 1.4, 1.4)),
            ]
        )
        side = [
            limb((0.62 * girth, -1.2, 0.9), (0.75 * girth, -girth - 0.9, 0.75), 0.9, 0.75),
            limb((1.2, -0.8, 1.35 * lift), (1.5, -1.9, 0.75 * lift), 0.75, 0.6),
        ]
        at, back = np.array([0, -0.7, 1.5 * lift + 1.5]), (0.0, girth + 0.3, 1.8)
    else:
        trunk = blob((0, 0, lift), (girth, long + 0.6, 0.97 * girth), 40)
        x = 0.52 * girth
        side = [limb((x, y, 0), (x, y, lift - 0.5), 0.75) for y in (-0.5 * long, 0.55 * long)]
        at, back = np.array([0, -long - 0.1, lift + 0.5 * girth]), (0.0, long + 0.45, lift + 0.2)
    parts = [
        trunk,
        both_sides(union(side)),
        _head(draw, head, ears).translate(tuple(at)),
        _tail().translate(back),
    ]
    whole = standing(parts)
    if kind == "piggy bank":
        slot = box((0.5, 0.55 * long, girth), (0, 0.35 * long, lift + 0.62 * girth))
        whole = minus(whole, [slot])
    legs = {} if kind == "sitting pig" else {"legs": 4}
    nouns = {
        "pig": ("pig",),
        "piggy bank": ("piggy bank", "pig"),
        "sitting pig": ("pig", "sitting pig"),
    }[kind]
    return Shape(whole, nouns, legs)


def _head(draw: Draw, head: float, ears: str) -> Manifold:
    snout = draw.between(0.4, 0.55) * head
    drum = rod((0, -0.6 * head, -0.15 * head), (0, -1.45 * head, -0.2 * head), 1.05 * snout, snout)
    nostril = rod(
        (0.4 * snout, -1.3 * head, -0.2 * head), (0.4 * snout, -2 * head, -0.2 * head), 0.2 * snout
    )
    tip = (
        (0.95 * head, -0.15 * head, 1.35 * head)
        if ears == "pointed"
        else (0.85 * head, -0.95 * head, 0.62 * head)
    )
    top = 0.85 if ears == "pointed" else 1.0
    ear = Manifold.batch_hull(
        [
            blob((0.25 * head, -0.1 * head, 0.78 * head), 0.17 * head, 16),
            blob((0.88 * head, 0, 0.42 * head), 0.17 * head, 16),
            blob((0.7 * head, -0.3 * head, top * head), 0.14 * head, 16),
            blob(tip, 0.1 * head, 12),
        ]
    )
    whole = union(
        [
            blob((0, 0, 0), head, 32),
            drum,
            both_sides(ear),
            pair(0.42 * head, -0.82 * head, 0.35 * head, 0.14 * head),
        ]
    )
    return minus(whole, [both_sides(nostril)])


def _tail() -> Manifold:
    turn = np.linspace(0, 2 * np.pi * 1.25, 11)
    curl = np.stack([0.55 * np.sin(turn), 0.16 * turn - 0.45, 0.55 - 0.55 * np.cos(turn)], axis=1)
    return tube(curl, 0.27)


FAMILY = Family("pig", build, held_out=({"kind": "pig", "ears": "folded"},))
