"""Crowns: an open ring with pointed, rounded or stepped prongs, with balls, arches or a tiara."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon
from caddis.data.families.solids import arc, around, ball, box, minus, tube, turned, union


def build(draw: Draw) -> Shape:
    """Draw one crown of radius 10."""
    form = draw.pick("form", ("pointed", "rounded", "stepped"))
    points = draw.count("points", 5, 9)
    high, band = draw.between(9, 15), draw.between(3, 4.5)
    flare, wall = draw.between(0.78, 1.0), draw.between(0.7, 1.0)
    foot = 10 * flare
    ring = turned([(foot - wall, 0), (foot, 0), (10, high), (10 - wall, high)], 56)
    half = 9.3 * np.sin(np.pi / points)
    deep = high - band
    notch = {
        "pointed": polygon([(-0.88 * half, high + 0.1), (0, band), (0.88 * half, high + 0.1)]),
        "rounded": circle(1, 32).scale((0.7 * half, deep)).translate((0, high + 0.05)),
        "stepped": polygon([(-0.62 * half, high + 1), (-0.62 * half, band + 0.5 * deep),
                            (-0.3 * half, band + 0.5 * deep), (-0.3 * half, band),
                            (0.3 * half, band), (0.3 * half, band + 0.5 * deep),
                            (0.62 * half, band + 0.5 * deep), (0.62 * half, high + 1)]),
    }[form]  # fmt: skip
    wedge = notch.extrude(12).rotate((90, 0, 0))
    turn = 180.0 / points
    parts = [minus(ring, [around(wedge, points, turn)])]
    rim = wall + 0.7
    for low in (0.0, band - 1.0):
        out = foot + (10 - foot) * low / high + 0.45
        parts.append(turned([(out - rim, low), (out, low), (out, low + 0.9),
                             (out - rim, low + 0.9)], 56))  # fmt: skip
    if draw.chance("balls", 0.65):
        size = draw.between(0.9, 1.4)
        pearl = Manifold.sphere(size, 16).translate((0, -10 + wall / 2, high + 0.35 * size))
        parts.append(around(pearl, points))
    jewels = draw.chance("jewels", 0.5)
    if jewels:
        out = foot + (10 - foot) * 0.5 * band / high
        gem = Manifold.sphere(1, 12).scale((1.1, 0.7, 0.8)).translate((0, -out, 0.5 * band - 0.05))
        parts.append(around(gem, 2 * points))
    nouns: tuple[str, ...] = ("crown", "royal crown", "king's crown")
    arched = draw.chance("arches", 0.25)
    if arched:
        curve = arc(1.0, 0, 180, 13, (10 - wall / 2, 0.75 * high))
        path = np.stack([curve[:, 0], 0 * curve[:, 0], 0.8 * high + curve[:, 1]], axis=1)
        bow = tube(path, 0.75)
        top = 1.55 * high
        parts += [bow, bow.rotate((0, 0, 90))]
        parts += [ball(1.6, (0, 0, top + 1.2)), box((1.1, 1.1, 4), (0, 0, top + 2)),
                  box((3, 1.1, 1.1), (0, 0, top + 3.9))]  # fmt: skip
        nouns = ("arched crown", "imperial crown", "crown")
    return Shape(union(parts), nouns, {} if arched or jewels else {"holes": 1})


FAMILY = Family(
    "crown", build, held_out=({"form": "pointed", "points": 7}, {"form": "stepped", "points": 5})
)
