"""Wind turbines: three to five blades on a round mast, a lattice mast or a low plinth."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manifold3d import Manifold

from caddis.data.families.buildings_parts import bar, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import polygon
from caddis.data.families.solids import around, ball, box, cylinder, leg, union


def build(draw: Draw) -> Shape:
    """Draw one wind turbine; lengths are in metres."""
    blades, mast = draw.count("blades", 3, 5), draw.pick("mast", ("tube", "lattice", "plinth"))
    height, length = draw.between(19, 26), draw.between(9, 13)
    broad, turn = draw.between(0.13, 0.2) * length, draw.between(0, 120)
    blade = polygon([(-0.6, 0), (0.6, 0), (0.55 * broad, 0.2 * length), (0.5, length),
                     (-0.45, length), (-0.35 * broad, 0.2 * length)])  # fmt: skip
    wing = upright(blade, 0.9).rotate((0, 0, draw.between(0, 25)))
    rotor = union(wing.rotate((0, turn + 360.0 * n / blades, 0)) for n in range(blades))
    front, hub = -draw.between(2.4, 3.2), height + 0.2
    cabin = box((2.0, 4.8, 2.1), (0, 0.2, height - 0.85), 0.7)
    parts = [cabin, rotor.translate((0, front, hub)), ball(1.2, (0, front + 0.2, hub), (1, 1.3, 1))]
    claims = {}
    if mast == "lattice":
        parts.append(_lattice(height, draw.between(2.2, 3.2), draw.count("storeys", 3, 5)))
        claims = {"legs": 4}
    else:
        parts.append(cylinder(draw.between(1.1, 1.6), height, (0, 0, 0), 0.8))
        parts.append(cylinder(draw.between(2.4, 3.2), 0.7))
    if mast == "plinth":
        parts += [box((7, 7, 1.4), (0, 0, 0), 0.6), box((1.8, 1.2, 3), (0, -1.3, 1), 0.2)]
    return Shape(union(parts), ("wind turbine", "windmill"), claims)


def _lattice(height: float, half: float, storeys: int) -> Manifold:
    """Return a square mast of four legs with crossed bars between them."""
    top = 0.75
    levels = np.linspace(0.14, 0.97, storeys + 1)
    corners = [(half + (top - half) * s, s * height) for s in levels]
    bars = []
    for (low, z0), (high, z1) in pairwise(corners):
        bars += [bar((-low, -low, z0), (high, -high, z1), 0.6),
                 bar((low, -low, z0), (-high, -high, z1), 0.6)]  # fmt: skip
    for size, z in (corners[0], corners[-1]):
        bars.append(bar((-size, -size, z), (size, -size, z), 0.7))
    post = leg((half, half, 0), (top, top, height), 0.9)
    return union([around(union(bars), 4), around(post, 4)])


FAMILY = Family("windmill", build, held_out=({"blades": 4, "mast": "tube"},))
