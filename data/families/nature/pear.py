"""Pears: long-necked, dumpy or leaning, with a stem and often a leaf; whole or halved."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, filled, limb
from caddis.data.families.nature_parts import leaf_blade
from caddis.data.families.outlines import Points, smooth
from caddis.data.families.solids import cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one pear; lengths are in centimetres."""
    form = draw.pick("form", ("long-necked", "dumpy", "leaning"))
    state = draw.pick("state", ("whole", "whole", "halved"))
    radius = draw.between(3.2, 4.0)
    tall = radius * (draw.between(2.2, 2.45) if form == "dumpy" else draw.between(2.7, 3.2))
    neck = draw.between(0.34, 0.46) * radius
    lean = draw.between(0.6, 1.2) * (1 if draw.chance("left") else -1) if form == "leaning" else 0.0
    half = [
        (0, 0.03 * tall),
        (0.45 * radius, 0.0),
        (0.92 * radius, 0.17 * tall),
        (radius, 0.31 * tall),
        (0.82 * radius, 0.5 * tall),
        (1.12 * neck, 0.72 * tall),
        (neck, 0.88 * tall),
        (0.6 * neck, 0.98 * tall),
        (0, 0.97 * tall),
    ]

    def bent(points: Points) -> Points:
        points[:, 0] += lean * radius * (np.clip(points[:, 2] / tall, 0, 1)) ** 2 * 0.7
        return points

    shift = 0.7 * lean * radius
    body = turned(smooth(half, 5), 44).warp_batch(bent)
    if state == "halved":
        body = body.trim_by_plane((0, 1, 0), -0.05 * radius)
        seeds = [
            blob((x, -0.05 * radius, 0.33 * tall), (0.12 * radius, 0.1 * radius, 0.24 * radius), 12)
            for x in (0.2 * radius, -0.2 * radius)
        ]
        core = blob((0, -0.05 * radius, 0.33 * tall), (0.48 * radius, 0.16 * radius, 0.55 * radius))
        body = union([minus(body, [core]), *[s.translate((0, 0.12 * radius, 0)) for s in seeds]])
        body += cylinder(0.55 * radius, 0.25, (0, 0.35 * radius, 0)).scale((1, 0.8, 1))
    length = draw.between(1.2, 2.2)
    base = np.array([shift, 0.2 if state == "halved" else 0.0, 0.94 * tall])
    end = base + np.array([0.5 * lean + draw.between(-0.5, 0.5), 0, length])
    parts = [body, limb(base - (0, 0, 0.3), end, 0.28, 0.38, 16)]
    leaf = draw.chance("leaf", 0.6)
    if leaf:
        blade = leaf_blade(draw.between(2.6, 3.8), draw.between(1.3, 1.8), 0.8, 0.6)
        parts.append(
            blade.rotate((0, -20, draw.between(-70, 30))).translate(tuple(0.6 * base + 0.4 * end))
        )
    solid = filled(union(parts))
    solid = solid.translate((0, 0, -solid.bounding_box()[2] - 0.06)).trim_by_plane((0, 0, 1), 0)
    nouns = (
        ("pear half", "half a pear")
        if state == "halved"
        else ("pear", "pear with a leaf" if leaf else "fruit")
    )
    return Shape(solid, nouns)


FAMILY = Family("fruit", build, held_out=({"form": "dumpy", "state": "halved"},))
