"""Flowers: daisies, sunflowers, tulips and roses on a stem with leaves; on a base or in a pot."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob
from caddis.data.families.nature_parts import leaf_blade
from caddis.data.families.outlines import Points, smooth
from caddis.data.families.solids import around, cylinder, minus, tube, turned, union


def build(draw: Draw) -> Shape:
    """Draw one flower; lengths are in centimetres."""
    kind = draw.pick("kind", ("daisy", "sunflower", "tulip", "rose"))
    foot = draw.pick("foot", ("disc", "pot"))
    tall, thick = draw.between(13, 19), draw.between(0.55, 0.75)
    bend = draw.between(-1.2, 1.2)
    stem = tube(smooth([(0, 0, 0), (bend, 0, 0.5 * tall), (0, 0, tall)], 3), thick)
    maker = {"daisy": _daisy, "sunflower": _daisy, "tulip": _tulip, "rose": _rose}[kind]
    parts = [stem, maker(draw, kind).translate((0, 0, tall))]
    leaves = draw.count("leaves", 1, 3)
    for number in range(leaves):
        size = draw.between(5.0, 7.0)
        leaf = leaf_blade(size, 0.42 * size, 0.8, 0.28 * size).translate((-0.1, 0, -0.2))
        z = (0.3 + 0.13 * number) * tall
        shift = bend * 0.85
        parts.append(
            leaf.rotate((0, -42, 0))
            .rotate((0, 0, 180 * number + draw.between(-30, 30)))
            .translate((shift, 0, z))
        )
    if foot == "pot":
        wide, deep = draw.between(2.8, 3.8), draw.between(4, 6)
        parts.append(
            turned(
                [
                    (0, -deep),
                    (0.72 * wide, -deep),
                    (0.98 * wide, -1),
                    (1.15 * wide, -1),
                    (1.15 * wide, 0.8),
                    (0.95 * wide, 0.8),
                    (0.9 * wide, 0.2),
                    (0, 0.2),
                ]
            )
        )
    else:
        parts.append(cylinder(draw.between(2.4, 3.4), 1.0, (0, 0, -0.7), 2.3))
    solid = union(parts)
    solid = solid.translate((0, 0, -solid.bounding_box()[2]))
    return Shape(
        solid, ("flower", kind) if foot == "disc" else ("flower in a pot", f"potted {kind}")
    )


def _daisy(draw: Draw, kind: str) -> Manifold:
    """Return a head of petals around a button; it looks to the front and up."""
    sun = kind == "sunflower"
    count = draw.count("petals", 12, 16) if sun else draw.count("petals", 6, 9)
    length = draw.between(3.4, 4.4)
    core = draw.between(0.5, 0.6) * length if sun else draw.between(0.28, 0.36) * length
    out = core + (0.45 if sun else 0.72) * length
    wide = 0.75 * np.pi * out / count * (1.0 if sun else 0.85)
    petal = blob((0, 0, 0), (0.62 * (out - 0.3 * core), wide, 0.36), 16).translate(
        (0.62 * out, 0, 0)
    )
    parts = [
        around(petal.rotate((0, -10, 0)), count),
        blob((0, 0, 0.2), (core, core, 0.6 * core), 28),
        blob((0, 0, -0.3), (0.7 * core, 0.7 * core, 0.7), 20),
    ]
    if sun:
        seeds = [
            blob(
                (r * np.cos(a), r * np.sin(a), 0.2 + 0.6 * core * (1 - (r / core) ** 2) ** 0.5),
                0.17,
                8,
            )
            for n in range(22)
            for r, a in (((core * 0.2 * n**0.48), 2.4 * n),)
            if r < 0.93 * core
        ]
        parts += seeds
    return union(parts).rotate((draw.between(40, 75), 0, 0)).translate((0, -0.2, 0))


def _tulip(draw: Draw, kind: str) -> Manifold:
    """Return an open cup of pointed petals."""
    wide, tall = draw.between(2.3, 3.0), draw.between(4.6, 6.0)
    side = smooth([(0, -0.4), (0.8 * wide, 0.5), (wide, 0.4 * tall), (0.8 * wide, tall)], 6)

    def pointed(points: Points) -> Points:
        x, y, z = points.T
        tips = np.abs(np.cos(1.5 * np.arctan2(y, x)))
        share = np.clip(z / tall, 0, 1) ** 2
        return np.stack([x, y, z - 0.38 * tall * share * (1 - tips)], axis=1)

    cup = turned([*side, (0, tall)], 48)
    inner = turned(
        [(0, 0.3 * tall), (0.62 * wide, 0.45 * tall), (0.62 * wide, 1.4 * tall), (0, 1.4 * tall)],
        48,
    )
    return minus(cup, [inner]).warp_batch(pointed)


def _rose(draw: Draw, kind: str) -> Manifold:
    """Return a bud of petals laid around each other, the outer ones opened."""
    size = draw.between(2.4, 3.0)
    parts = [blob((0, 0, 0.9 * size), (0.55 * size, 0.55 * size, 0.8 * size))]
    for row, (count, out, lean, high) in enumerate(
        ((3, 0.42, 12, 0.95), (4, 0.62, 26, 0.8), (5, 0.85, 46, 0.6))
    ):
        shell = blob((0, 0, 0), (0.26 * size, 0.72 * size, 0.85 * size), 20)
        shell = shell.rotate((0, lean, 0)).translate((out * size, 0, high * size))
        parts.append(around(shell, count, 25.0 * row))
    return union([*parts, blob((0, 0, 0.2), (0.8 * size, 0.8 * size, 0.6 * size))])


FAMILY = Family("flower", build, held_out=({"kind": "sunflower", "foot": "disc"},))
