"""Greek temples: columns all round, a porch of columns in front, or a round temple."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.buildings_parts import gable_roof, gable_wall, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import polygon
from caddis.data.families.solids import around, box, cylinder, minus, turned, union


def _column(radius: float, height: float) -> Manifold:
    """Return a Doric column with its square abacus, from just below z = 0 to just above it."""
    r, h = radius, height
    shaft = turned([(0, -0.1), (r, -0.1), (0.96 * r, 0.4 * h), (0.8 * r, 0.9 * h),
                    (1.25 * r, 0.95 * h), (0, 0.95 * h)], 16)  # fmt: skip
    return shaft + box((2.6 * r, 2.6 * r, 0.05 * h + 0.2), (0, 0, 0.94 * h))


def build(draw: Draw) -> Shape:
    """Draw one temple; lengths are in metres."""
    style = draw.pick("style", ("all round", "porch", "round"))
    height, pitch = draw.between(6, 9), draw.between(2.8, 3.6)
    radius = draw.between(0.19, 0.23) * pitch
    steps = draw.count("steps", 2, 4)
    column = _column(radius, height)
    floor = 0.55 * steps
    if style == "round":
        ring, count = draw.between(5, 7), draw.count("columns", 8, 12)
        out = ring + 1.6 * radius
        parts = [cylinder(out + 0.7 * (n + 0.6), 0.55 * (steps - n)) for n in range(steps)]
        parts += [around(column.translate((0, -ring, floor)), count, 180 / count),
                  cylinder(0.62 * ring, height + 0.4, (0, 0, floor - 0.1)),
                  cylinder(out, 1.5, (0, 0, floor + height)),
                  cylinder(1.06 * out, 0.5, (0, 0, floor + height + 1.4)),
                  cylinder(1.03 * out, 0.4 * out, (0, 0, floor + height + 1.8), 0.5)]  # fmt: skip
        door = box((1.8, 1.6, 0.7 * height), (0, -0.62 * ring, floor + 0.1))
        return Shape(minus(union(parts), [door]), ("temple", "round temple"))
    front = draw.count("columns", 4, 7)
    deep = front + draw.count("more", 1, 4) if style == "all round" else draw.count("depth", 3, 5)
    half = np.array([0.5 * (front - 1) * pitch, 0.5 * (deep - 1) * pitch])
    wide, long = 2 * (half + 1.5 * radius)
    parts = [box((wide + 1.4 * (n + 0.4), long + 1.4 * (n + 0.4), 0.55 * (steps - n)))
             for n in range(steps)]  # fmt: skip
    xs = np.linspace(-half[0], half[0], front)
    ys = np.linspace(-half[1], half[1], deep)
    if style == "all round":
        spots = [(x, y) for x in xs for y in ys
                 if abs(x) > half[0] - 0.1 or abs(y) > half[1] - 0.1]  # fmt: skip
        cella = box((wide - 2.2 * pitch, long - 2.4 * pitch, height + 0.2), (0, 0, floor - 0.1))
        door_y = -(long - 2.4 * pitch) / 2
    else:
        spots = [(x, ys[0]) for x in xs]
        door_y = ys[0] + 1.1 * pitch
        cella = box((wide - 0.6, long / 2 - door_y, height + 0.2),
                    (0, (door_y + long / 2) / 2, floor - 0.1))  # fmt: skip
    parts += [cella, *[column.translate((x, y, floor)) for x, y in spots]]
    top, rise = floor + height, draw.between(0.28, 0.4) * wide / 2
    parts += [box((wide, long, 1.5), (0, 0, top)),
              box((wide + 0.8, long + 0.8, 0.5), (0, 0, top + 1.4)),
              upright(gable_wall(wide, 0.1, rise), long - 0.9, (0, 0, top + 1.8)),
              gable_roof(wide, rise, long + 0.8, 0.5, 0.4, at=(0, 0, top + 1.85))]  # fmt: skip
    if draw.chance("ornaments", 0.5):
        leaf = upright(polygon([(-0.5, 0), (0.5, 0), (0.8, 1), (0, 1.9), (-0.8, 1)]), 0.5)
        peak = top + 1.8 + rise
        parts += [leaf.translate((0, y, peak)) for y in (-long / 2 - 0.05, long / 2 + 0.05)]
    door = box((min(2.4, 0.3 * wide), 1.6, 0.75 * height), (0, door_y, floor + 0.1))
    return Shape(minus(union(parts), [door]), ("temple", "greek temple"))


FAMILY = Family("temple", build, held_out=({"style": "porch", "columns": 6},
                                           {"style": "all round", "columns": 5}))  # fmt: skip
