"""Whales: round cartoon whales with a spout, sperm whales and long blue ones; broad flukes."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, fin, pair, standing, wing
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import both_sides, box, tube

_HALF = {
    "round whale": (3.0, 3.6, 2.8),
    "sperm whale": (2.1, 4.6, 2.2),
    "blue whale": (2.0, 5.4, 1.8),
}


def build(draw: Draw) -> Shape:
    """Draw one whale; lengths are in metres."""
    kind = draw.pick("kind", tuple(_HALF))
    spout = draw.chance("spout", 0.5)
    wide, long, tall = (draw.between(0.88, 1.12) * half for half in _HALF[kind])
    lift = 0.8 * tall
    body = blob((0, 0, lift), (wide, long, tall), 40)
    if kind == "sperm whale":
        front = box((1.7 * wide, 3.2, 1.7 * tall), (0, 1.4 - long, 0.25 * tall), 0.8)
        body = Manifold.batch_hull([body, front])
    end = (0.0, long + draw.between(2.2, 3.6), lift + draw.between(0.8, 2.6))
    path = smooth([(0, 0.35 * long, lift), (0, long + 0.4, lift + 0.1), end], 4)
    parts = [body, tube(path, 0.74 * tall, 0.42)]
    span = draw.between(2.4, 3.4)
    fluke = wing(
        [
            (-0.4, -0.8),
            (0.4 * span, -0.3),
            (span, 1.4),
            (0.95 * span, 1.9),
            (0.45 * span, 1.5),
            (0, 1.0),
            (-0.4, 0.9),
        ],
        0.6,
        curved=True,
    )
    parts.append(both_sides(fluke).rotate((25, 0, 0)).translate(end))
    reach = draw.between(2.0, 3.2)
    flap = wing(
        [(-0.6, -0.9), (0.5 * reach, -0.5), (reach, 1.1), (0.9 * reach, 1.6), (-0.6, 0.8)],
        0.55,
        curved=True,
    )
    parts.append(
        both_sides(flap.rotate((0, 18, 0)).translate((0.88 * wide, -0.2 * long, 0.75 * lift)))
    )
    if kind == "blue whale":
        back = [(0.35 * long, 0), (0.75 * long, 1.3), (0.8 * long, 0)]
        parts.append(fin(back, 0.5).translate((0, 0, lift + 0.6 * tall)))
    parts.append(pair(0.84 * wide, -0.55 * long, lift + 0.05 * tall, 0.12 * tall))
    if spout:
        parts.append(_spout(draw).translate((0, -0.3 * long, lift + 0.85 * tall)))
    whole = standing(parts)
    low = -0.25 if kind != "sperm whale" else -0.45
    gap = box((3 * wide, 1.3 * long, 0.28), (0, -1.15 * long, lift + low * tall))
    return Shape(whole - gap, ("whale", kind, "whale with a spout" if spout else "toy whale"))


def _spout(draw: Draw) -> Manifold:
    rise, out = draw.between(1.8, 3.0), draw.between(1.2, 1.9)
    angle = np.linspace(0, 0.9 * np.pi, 7)
    x = 0.3 + 0.5 * out * (1 - np.cos(angle))
    z = rise * (0.55 + 0.45 * np.sin(angle))
    jet = tube([(0, 0, -0.6), *np.stack([x - 0.25, 0 * x, z], axis=1)], 0.36, 0.3)
    return both_sides(jet)


FAMILY = Family("whale", build, held_out=({"kind": "sperm whale", "spout": True},))
