"""Pagodas: three to seven storeys, each under a curved roof with raised corners."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.buildings_parts import arched, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points, regular, smooth
from caddis.data.families.solids import around, box, cylinder, minus, turned, union


def _roof(sides: int, inner: float, outer: float, rise: float, lift: float) -> Manifold:
    """Return a concave roof on z = 0 whose corners, at radius `outer`, are raised by `lift`."""
    step, thick = 2 * np.pi / sides, 0.16 * rise
    curve = smooth([(outer, 0), (0.5 * (inner + outer), 0.28 * rise), (inner, rise)], 2)
    profile = [(0, 0), (0.9 * outer, 0), *(curve + np.array([0, thick])), (0, rise + thick)]
    round_roof = turned(profile, sides * 4)

    def shape(points: Points) -> Points:
        made = points.copy()
        angle = np.arctan2(points[:, 1], points[:, 0]) + np.pi / 2 + step / 2
        off = np.abs(angle % step - step / 2)  # 0 at a side's middle, step / 2 at a corner
        flat = np.cos(step / 2) / np.cos(off)
        radius = np.hypot(points[:, 0], points[:, 1])
        made[:, :2] *= flat[:, None]
        corner = (flat - np.cos(step / 2)) / (1 - np.cos(step / 2))
        made[:, 2] += lift * corner**2 * (radius / outer) ** 3
        return made

    return round_roof.warp_batch(shape)


def build(draw: Draw) -> Shape:
    """Draw one pagoda; lengths are in metres."""
    plan = draw.pick("plan", ("square", "hexagonal", "octagonal"))
    storeys = draw.count("storeys", 3, 6)
    sides = {"square": 4, "hexagonal": 6, "octagonal": 8}[plan]
    radius, shrink = draw.between(4, 5.5), draw.between(0.8, 0.9)
    over, storey = draw.between(1.55, 1.85), draw.between(2.3, 3.3)
    base = draw.between(0.6, 1.3)
    parts = [regular(sides, 1.45 * radius).extrude(base),
             regular(sides, 1.25 * radius).extrude(base + 0.5)]  # fmt: skip
    z, size, cuts = base + 0.45, radius, []
    face = np.cos(np.pi / sides)
    lift = draw.between(0.15, 0.3)
    for floor in range(storeys):
        height = storey * size / radius
        parts.append(regular(sides, size).extrude(height + 0.2).translate((0, 0, z)))
        wide = 0.5 * size if sides == 4 else 0.45 * size
        hole = upright(
            arched(wide, 0.7 * height), 0.16 * size, (0, -face * size, z + 0.12 * height)
        )
        cuts.append(hole if floor == 0 else around(hole, sides))
        last = floor == storeys - 1
        rise = size * (draw.between(0.8, 1.1) if last else 0.5)
        inner = 0.12 * size if last else shrink * size * 0.9
        parts.append(
            _roof(sides, inner, over * size, rise, lift * size).translate((0, 0, z + height))
        )
        z += height + rise * 0.98
        size *= shrink
    tip = 0.5 * size
    parts += [cylinder(0.3, 2.2 * tip + 2, (0, 0, z - 0.5), 0.22),
              *[cylinder((0.95 - 0.15 * n) * tip, 0.4, (0, 0, z + 0.5 + 0.62 * n))
                for n in range(draw.count("rings", 2, 3))]]  # fmt: skip
    solid = minus(union(parts), cuts)
    if draw.chance("steps", 0.6):
        front = -1.45 * radius * face
        flight = [
            box((2.4, 0.9 * (3 - n), base / 3 * (n + 1)), (0, front - 0.45 * (3 - n) + 0.5, 0))
            for n in range(3)
        ]
        solid = union([solid, *flight])
    return Shape(solid, ("pagoda", "temple"))


FAMILY = Family("temple", build, held_out=({"plan": "hexagonal", "storeys": 4},
                                           {"plan": "square", "storeys": 6}))  # fmt: skip
