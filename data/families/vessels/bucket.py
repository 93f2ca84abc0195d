"""Buckets: plain, of wooden staves, or footed, tapered, with a bow handle that stands up."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import both_sides, box, cylinder, minus, rod, turned, union
from caddis.data.families.vessels_parts import handle, hollow


def build(draw: Draw) -> Shape:
    """Draw one bucket; lengths are in centimetres."""
    form = draw.pick("form", ("plain", "wooden", "ringed"))
    height, radius = draw.between(20, 30), draw.between(11.5, 15)
    foot, wall = draw.between(0.66, 0.82) * radius, draw.between(0.9, 1.3)
    outer, inner = hollow([(foot, 0), (radius, height)], wall, 14 if form == "wooden" else 48)

    def hoop(at: float, tall: float, out: float) -> Manifold:
        """Lay a ring around the wall."""
        here = foot + (radius - foot) * at / height
        return turned([(here - 0.6 * wall, at), (here + out, at), (here + out, at + tall),
                       (here - 0.6 * wall, at + tall)])  # fmt: skip

    parts = [outer]
    if form == "wooden":
        parts += [hoop(share * height, 1.8, 0.5) for share in (0.16, 0.74)]
    else:
        parts.append(hoop(height - 1.5, 1.5, 1.0))
    if form == "ringed":
        parts += [hoop(share * height, 0.9, 0.6) for share in (0.3, 0.6)]
        parts.append(cylinder(foot + 0.5, 1.6, (0, 0, 0)))
    ends, level = radius + 0.5, height - 1.2
    parts.append(both_sides(box((1.6, 3.6, 4.5), (radius + 0.1, 0, height - 3.2), 0.5)))
    style = draw.pick("handle", ("round", "flat", "grip"))
    rise = draw.between(0.85, 1.15) * radius
    angles = np.linspace(0, np.pi, 17)
    bow = np.stack([ends * np.cos(angles), level + rise * np.sin(angles)], axis=1)
    parts.append(handle(bow, 1.1, 2.2) if style == "flat" else handle(bow, 1.2))
    if style == "grip":
        parts.append(rod((-3.6, 0, level + rise), (3.6, 0, level + rise), 1.3))
    nouns = ("bucket", "wooden bucket") if form == "wooden" else ("bucket", "pail")
    return Shape(minus(union(parts), [inner]), nouns, {"open": True, "holes": 1, "handles": 1})


FAMILY = Family("bucket", build, held_out=({"form": "wooden", "handle": "grip"},))
