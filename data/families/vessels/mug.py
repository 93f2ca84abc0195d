"""Mugs: a straight, tapered or bellied wall, and one round or angular handle at the right."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import arc, minus, tube, turned


def build(draw: Draw) -> Shape:
    """Draw one mug; lengths are in centimetres."""
    form = draw.pick("form", ("straight", "tapered", "bellied"))
    height, radius, wall = draw.between(6, 13), draw.between(3.2, 5), draw.between(0.35, 0.6)
    foot = radius * {"straight": 1.0, "tapered": 0.72, "bellied": 0.8}[form]
    middle = radius * {"straight": 1.0, "tapered": 0.86, "bellied": 1.12}[form]
    curve = smooth([(foot, 0), (middle, 0.5 * height), (radius, height)], 8)
    outer = turned([(0, 0), *curve, (0, height)])
    inner_curve = [(r - wall, z) for r, z in curve if z > 1.4 * wall]
    inner = turned([(0, 1.4 * wall), (foot - 1.2 * wall, 1.4 * wall), *inner_curve,
                    (radius - wall, height + 1), (0, height + 1)])  # fmt: skip
    reach, rise = draw.between(2.0, 3.2), draw.between(0.5, 0.66) * height
    bend = draw.pick("handle", ("round", "angular"))
    ring = arc(1.0, -90, 90, 14 if bend == "round" else 4, (reach, rise / 2))
    path = np.stack([middle - 0.4 + ring[:, 0], 0 * ring[:, 0], 0.5 * height + ring[:, 1]], axis=1)
    handle = tube(path, draw.between(0.5, 0.75))
    return Shape(
        minus(outer + handle, [inner]), ("mug", "cup", "coffee mug"),
        {"open": True, "holes": 1, "handles": 1},
    )  # fmt: skip


FAMILY = Family("cup", build, held_out=({"form": "bellied", "handle": "angular"},))
