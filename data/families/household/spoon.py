"""Spoons: a hollow oval bowl and a handle that widens, is straight, or ends in a ring."""

from __future__ import annotations

import numpy as np

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import ball, minus, slab, tube, union


def build(draw: Draw) -> Shape:
    """Draw one spoon that lies along x, its bowl to the right; lengths are in centimetres."""
    end = draw.pick("end", ("plain", "wide", "ring"))
    kind = draw.pick("kind", ("spoon", "soup_spoon", "ladle"))
    length = draw.between(11, 16)
    long = {"spoon": draw.between(2.2, 2.8), "soup_spoon": 2.2, "ladle": 3.0}[kind]
    wide = {"spoon": 0.62 * long, "soup_spoon": 0.92 * long, "ladle": 0.95 * long}[kind]
    deep = {"spoon": 0.5, "soup_spoon": 0.6, "ladle": 1.0}[kind] * wide
    wall = 0.3
    outer = ball(1.0, (0, 0, 0), (long, wide, deep))
    inner = ball(1.0, (0, 0, 0.1), (long - wall, wide - wall, deep - wall))
    cut = slab(outlines.rectangle(9 * long, 9 * long), 9 * long)
    bowl = minus(outer, [inner, cut])
    rise = draw.between(0.4, 1.2) if kind != "ladle" else draw.between(2.0, 3.5)
    bend = outlines.smooth(
        [(-long + 0.25, -0.15), (-long - 0.25 * length, rise), (-long - length, 0.6 * rise)], 4
    )
    path = np.stack([bend[:, 0], 0 * bend[:, 0], bend[:, 1]], axis=1)
    parts = [bowl, tube(path, 0.36, 0.42)]
    tip = path[-1]
    if end == "wide":
        parts.append(ball(1.0, tuple(tip), (1.5, 0.85, 0.4)))
    if end == "ring":
        ring = outlines.circle(0.9) - outlines.circle(0.5)
        parts.append(slab(ring, 0.6, (tip[0] - 0.6, 0, tip[2] - 0.3)))
    nouns = {
        "spoon": ("spoon",),
        "soup_spoon": ("soup spoon", "spoon"),
        "ladle": ("ladle", "soup ladle"),
    }
    return Shape(union(parts), nouns[kind], {"holes": 1 if end == "ring" else 0})


FAMILY = Family("spoon", build, held_out=({"kind": "ladle", "end": "ring"},))
