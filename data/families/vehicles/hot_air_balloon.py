"""Hot-air balloons: a ribbed or smooth envelope over a basket on ropes."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle, smooth
from caddis.data.families.solids import around, minus, rod, slab, turned, union
from caddis.data.families.vehicles_parts import block


def build(draw: Draw) -> Shape:
    """Draw one hot-air balloon; lengths are in decimetres."""
    surface = draw.pick("surface", ("ribbed", "smooth", "banded"))
    basket = draw.pick("basket", ("square", "round"))
    radius = draw.between(26, 34)
    tall = radius * draw.between(1.9, 2.4)
    mouth = draw.between(0.2, 0.3) * radius
    deep, half = draw.between(9, 13), draw.between(0.19, 0.27) * radius
    gap = draw.between(9, 15)
    base = deep + gap  # height of the mouth
    curve = smooth([(mouth, 0), (0.62 * radius, 0.2 * tall), (radius, 0.6 * tall),
                    (0.72 * radius, 0.9 * tall), (0.3 * radius, 0.985 * tall),
                    (0.02, tall)], 6)  # fmt: skip
    if surface == "ribbed":
        envelope = _ribbed(np.asarray(curve), draw.count("ribs", 8, 14))
    else:
        envelope = turned([(0, 0), *curve, (0, tall)])
        if surface == "banded":
            for share in (0.4, 0.75):
                place = share * tall
                wide = float(np.interp(place, curve[:, 1], curve[:, 0]))
                band = turned([(0, place - 3), (wide - 2, place - 3), (wide + 1.3, place - 2),
                               (wide + 1.3, place + 2), (wide - 2, place + 3), (0,
                               place + 3)])  # fmt: skip
                envelope += band
    envelope = minus(envelope, [rod((0, 0, -1), (0, 0, 5), 0.72 * mouth)])
    parts = [envelope.translate((0, 0, base))]
    wall = 1.6
    if basket == "square":
        outer = block((-0.9 * half, 0.9 * half, 1.8 * half, 0), (-half, half, 2 * half, deep), 1)
        rim = slab(rectangle(2 * half + 1.6, 2 * half + 1.6, 1), 1.6, (0, 0, deep - 1.6))
        room = slab(rectangle(1.8 * half - 2 * wall, 1.8 * half - 2 * wall), deep, (0, 0, wall))
    else:
        outer = turned([(0, 0), (0.85 * half, 0), (half, deep), (0, deep)], 36)
        rim = slab(circle(half + 0.9, 36), 1.6, (0, 0, deep - 1.6))
        room = slab(circle(0.85 * half - wall, 36), deep, (0, 0, wall))
    parts.append(minus(outer + rim, [room]))
    reach = half * (1.25 if basket == "square" else 0.9)
    level = float(np.interp(3.0, curve[:, 1], curve[:, 0])) - 1.0
    rope = rod((reach, 0, deep - 1.5), (level, 0, base + 3.5), 1.2)
    parts.append(around(rope, 4, 45.0))
    return Shape(union(parts), ("hot-air balloon", "balloon"))


def _ribbed(curve: np.ndarray, ribs: int) -> Manifold:
    """Return an envelope of bulging gores: it is thinner along the seams."""
    whole = turned([(0, 0), *curve, (0, curve[-1][1])], 6 * ribs)

    def pinch(points: np.ndarray) -> np.ndarray:
        angle = np.arctan2(points[:, 1], points[:, 0])
        shrink = 1 - 0.09 * (1 - np.abs(np.sin(0.5 * ribs * angle)))
        return np.column_stack([points[:, :2] * shrink[:, None], points[:, 2]])

    return whole.warp_batch(pinch)


FAMILY = Family("hot_air_balloon", build, held_out=({"surface": "banded", "basket": "round"},))
