"""Windmills: a tapered Dutch mill, a stone tower mill, a post mill or a farm wind pump."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection

from caddis.data.families.buildings_parts import arched, gable_roof, gable_wall, upright, window
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import around, ball, box, cylinder, leg, minus, rod, turned, union


def _sails(length: float, count: int, wide: float, bars: int) -> CrossSection:
    """Return lattice sails about the origin, seen from the front."""
    start, bar = 0.2 * length, 0.38
    sail = rectangle(2 * bar, length).translate((0, length / 2))
    frame = rectangle(wide, length - start).translate((0.5 * wide, 0.5 * (length + start)))
    pitch = (length - start - bar) / bars
    for number in range(bars):
        hole = rectangle(wide - 1.6 * bar, pitch - bar)
        middle = start + bar + pitch * number + 0.5 * (pitch - bar)
        frame -= hole.translate((0.5 * wide + 0.1 * bar, middle))
    sail += frame
    whole = circle(0.9)
    for number in range(count):
        whole += sail.rotate(45 + 360 * number / count)
    return whole


def _pump(draw: Draw) -> Shape:
    height, half = draw.between(11, 15), draw.between(2.4, 3.2)
    radius, blades = draw.between(3.2, 4.2), draw.count("blades", 10, 16)
    corners = [(x * half, y * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    parts = [leg((x, y, 0), (0.15 * x, 0.15 * y, height), 0.5) for x, y in corners]
    for share in (0.2, 0.45, 0.7):
        size = 1 - 0.85 * share
        points = [np.array([size * x, size * y, share * height]) for x, y in corners]
        parts += [rod(points[i - 1], points[i], 0.24) for i in range(4)]
    broad, long = 0.62 * 2 * np.pi * radius / blades, 0.66 * radius
    blade = rectangle(broad, long).translate((0, long))
    wheel = circle(0.42 * radius) - circle(0.28 * radius) + circle(0.7)
    for number in range(blades):
        wheel += blade.rotate(360 * number / blades)
    for turn in (0, 60, 120):
        wheel += rectangle(0.6 * radius, 0.45).rotate(turn)
    axle = rod((0, -1.8, height), (0, 4.4, height), 0.4)
    parts += [upright(wheel, 0.45, (0, -1.6, height)), axle,
              box((1.2, 1.8, 1.2), (0, 0, height - 0.6)),
              box((0.4, 2.6, 2.4), (0, 4.6, height - 1.2))]  # fmt: skip
    return Shape(union(parts), ("wind pump", "windmill", "farm windmill"), {"legs": 4})


def build(draw: Draw) -> Shape:
    """Draw one windmill; lengths are in metres."""
    kind = draw.pick("kind", ("smock mill", "tower mill", "post mill", "wind pump"))
    if kind == "wind pump":
        return _pump(draw)
    sails, bars = draw.count("sails", 4, 5), draw.count("bars", 4, 7)
    height, radius = draw.between(9, 13), draw.between(3, 4)
    if kind == "post mill":
        wide, deep, low, rise = radius * 1.5, radius * 1.8, 3.2, 2.0
        wall = height - low - rise
        parts = [upright(gable_wall(wide, wall, rise), deep, (0, 0, low)),
                 gable_roof(wide, rise, deep + 0.8, 0.45, 0.4, at=(0, 0, height - rise - 0.1)),
                 cylinder(0.6, low + 0.2)]  # fmt: skip
        parts += [leg((x, y, 0), (0.1 * x, 0.1 * y, low + 0.1), 0.6)
                  for x, y in ((2, 2), (-2, 2), (2, -2), (-2, -2))]  # fmt: skip
        parts += [box((5, 0.55, 0.5)), box((0.55, 5, 0.5))]
        cuts = [window(1.0, 1.2, 0.3, (x, -deep / 2, low + 0.8)) for x in (-1.3, 1.3)]
        cuts.append(upright(arched(1.2, 2.0), 0.6, (0, deep / 2, low + 0.3)))
        hub, front = height - rise - 0.4, deep / 2
    else:
        sides = 8 if kind == "smock mill" else 48
        top = radius * draw.between(0.55, 0.68)
        body = turned([(0, 0), (radius, 0), (top, height), (0, height)], sides)
        parts = [body.rotate((0, 0, 180 / sides)),
                 cylinder(1.12 * top, 0.7, (0, 0, height - 0.3)),
                 ball(1.02 * top, (0, 0, height + 0.3),
                      (1, 1.1, draw.between(0.8, 1.1)))]  # fmt: skip
        if draw.chance("gallery", 0.5):
            at = radius + (top - radius) * 0.32
            parts += [cylinder(at, 0.9, (0, 0, 0.32 * height - 0.9), at + 1.2),
                      cylinder(at + 1.2, 0.4, (0, 0, 0.32 * height - 0.05))]  # fmt: skip
        cuts = [upright(arched(1.4, 2.3), 2.0, (0, -radius, 0.15))]
        cuts += [window(0.9, 1.1, 0.6, (0, -radius + (radius - top) * share, share * height))
                 for share in (0.45, 0.7)]  # fmt: skip
        cuts.append(around(box((1.2, 0.9, 1.1), (0.8 * radius, 0, 0.5 * height)), 2))
        hub, front = height + 0.4, 1.1 * top
    out = max(front + 0.9, radius * 0.4 + 1.3)
    length = draw.between(0.75, 0.85) * hub
    wheel = upright(_sails(length, sails, draw.between(1.6, 2.3), bars), 0.45, (0, -out, hub))
    axle = rod((0, 0, hub), (0, -out - 0.5, hub), 0.5)
    return Shape(union([minus(union(parts), cuts), wheel, axle]), ("windmill", kind))


FAMILY = Family(
    "windmill", build,
    held_out=({"kind": "post mill", "sails": 5}, {"kind": "tower mill", "gallery": True}),
)  # fmt: skip
