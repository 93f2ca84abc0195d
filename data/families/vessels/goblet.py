"""Goblets: a thick cup on a knobbed stem and a wide foot, plain, banded or with facets."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import around, box, minus, turned, union
from caddis.data.families.vessels_parts import curve_of, hollow, radius_at

_CUPS = {
    "bell": ((0.3, 0), (0.72, 0.1), (0.84, 0.4), (0.86, 0.7), (1, 1)),
    "egg": ((0.3, 0), (0.8, 0.15), (1, 0.5), (0.94, 1)),
    "bucket": ((0.5, 0), (0.78, 0.06), (0.9, 0.5), (1, 1)),
}


def build(draw: Draw) -> Shape:
    """Draw one goblet of height 20."""
    cup = draw.pick("cup", tuple(_CUPS))
    decor = draw.pick("decor", ("plain", "bands", "gems", "facets"))
    radius, deep = draw.between(5, 6.6), draw.between(8.5, 11)
    bottom, foot = 20 - deep, draw.between(4.6, 6)
    curve = curve_of(_CUPS[cup], radius, deep, base=bottom)
    segments = 8 if decor == "facets" else 48
    outer, inner = hollow(curve, draw.between(0.6, 0.9), segments)
    stem, middle = draw.between(0.9, 1.2), draw.between(0.5, 0.62) * bottom
    knob = draw.between(1.8, 2.4)
    profile = smooth(
        [(foot, 0.8), (0.6 * foot, 1.5), (stem, 3), (stem, middle - 1), (knob, middle),
         (stem, middle + 1), (1.2 * stem, bottom - 0.6), (2.4, bottom + 1)], 3
    )  # fmt: skip
    stand = turned([(0, 0), (foot, 0), *profile, (0, bottom + 1)], segments)
    parts = [outer, stand]
    level = bottom + draw.between(0.5, 0.75) * deep
    wide = radius_at(curve, level)
    if decor == "bands":
        for height, size in ((level, 0.5), (level - 1.8, 0.4), (19.6, 0.4)):
            here = radius_at(curve, height)
            ring = np.array([(-0.5, -1), (0, -1), (0.8, 0), (0, 1), (-0.5, 1)]) * size
            parts.append(turned(ring + np.array((here, height))))
    elif decor == "gems":
        gem = box((1.2, 1.3, 1.8), (wide, 0, level - 0.9), 0.4)
        parts.append(around(gem, draw.count("gems", 5, 8), 90))
    solid = minus(union(parts), [inner])
    return Shape(solid, ("goblet", "chalice"), {"open": True, "holes": 0, "foot": True})


FAMILY = Family("goblet", build, held_out=({"cup": "egg", "decor": "bands"},))
