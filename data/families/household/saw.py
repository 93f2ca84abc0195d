"""Saws: a handsaw with a closed grip, a hacksaw with a bow, or a bow saw of wood."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, oval, polygon, rectangle, rounded
from caddis.data.families.solids import rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one saw that lies along x, its grip at the left, teeth to the front; centimetres."""
    kind = draw.pick("kind", ("handsaw", "hacksaw", "handsaw"))
    teeth = draw.count("teeth", 12, 22)
    length, thick = draw.between(24, 32), draw.between(0.7, 0.9)
    if kind == "handsaw":
        high, low = draw.between(9.5, 12), draw.between(4, 6.5)
        blade = polygon([(0, 0), (length, 0), (length, low), (0, high)])
        blade = blade + _teeth(length, teeth, 1.2)
        grip = draw.pick("grip", ("oval", "square"))
        middle = (-3.4, 0.5 * high)
        if grip == "oval":
            wood = oval(8.4, high + 2.5) - oval(3.2, high - 2.5).translate((0.2, 0))
        else:
            wood = rectangle(7.4, high + 2, 1.6) - rectangle(2.8, high - 3, 1.2)
        neck = np.array([(2.5, -0.44), (6.5, -0.3), (5, 0.42), (2.5, 0.5)]) * (1, high)
        wood += polygon(neck)
        wood = wood.translate(middle)
        solid = slab(blade, thick, (0, 0, -thick / 2)) + slab(wood, 1.8, (0, 0, -0.9))
    else:
        rise = draw.between(6, 8.5)
        blade = rectangle(length, 1.5).translate((length / 2, 0.7)) + _teeth(length, teeth, 0.7)
        bow = band([(0.3, 0.6), (0.3, rise), (length - 0.3, rise), (length - 0.3, 0.6)], 1.5)
        if draw.pick("grip", ("oval", "square")) == "oval":
            wood = band([(0, rise - 1), (-1.6, 0.3 * rise), (-3.6, -3.5)], 3.0)
            parts = [slab(wood, 2.6, (0, 0, -1.3))]
        else:
            wood = rounded(polygon([(0.5, -2), (0.5, rise), (-5, rise - 1), (-6, -3.5)]), 0.9)
            wood -= rectangle(2.0, 4.0, 0.95).translate((-2.5, 0.45 * rise - 0.6))
            parts = [slab(wood, 2.6, (0, 0, -1.3))]
        parts += [slab(blade, thick, (0, 0, -thick / 2)), slab(bow, 1.4, (0, 0, -0.7)),
                  rod((length - 0.3, 0.7, -1.2), (length - 0.3, 0.7, 1.2), 0.8)]  # fmt: skip
        solid = union(parts)
    holes = 1 if kind == "handsaw" or draw.choices["grip"] == "oval" else 2
    nouns = ("saw", "handsaw") if kind == "handsaw" else ("hacksaw", "saw")
    return Shape(solid, nouns, {"holes": holes})


def _teeth(length: float, count: int, deep: float) -> CrossSection:
    """Return a row of teeth that hang below y = 0."""
    step = (length - 1.0) / count
    points = [(0.5, 0.4)]
    for number in range(count):
        start = 0.5 + number * step
        points += [(start, 0.0), (start + 0.5 * step, -deep)]
    points += [(length - 0.5, 0.0), (length - 0.5, 0.4)]
    return polygon(np.array(points))


FAMILY = Family("saw", build, held_out=({"kind": "hacksaw", "grip": "square"},))
