"""Umbrella stands: round, square or hexagonal vessels, straight or tapered, with umbrellas in."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import outline_of
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import arc, box, minus, rod, slab, tube, turned, union


def build(draw: Draw) -> Shape:
    """Draw one umbrella stand; lengths are in centimetres."""
    shape = draw.pick("outline", ("round", "square", "hexagonal"))
    side = draw.pick("side", ("straight", "tapered", "windows"))
    count = draw.count("umbrellas", 1, 3)
    width, height = draw.between(25, 31), draw.between(50, 58)
    low = draw.between(0.68, 0.8) if side == "tapered" else 1.0
    wall = 2.0
    base = outline_of(shape, low * width, low * width, 0.06)
    outer = base.extrude(height, scale_top=(1 / low, 1 / low))
    inner = base.offset(-wall).extrude(height, scale_top=(1 / low, 1 / low))
    vessel = minus(outer, [inner.translate((0, 0, 2.2))])
    if side == "windows":
        gap = box((0.24 * width, 2 * width, 0.5 * height), (0, 0, 0.26 * height), 2)
        turns = {"round": (0, 60, 120), "square": (0, 90), "hexagonal": (0, 60, 120)}[shape]
        vessel = minus(vessel, [gap.rotate((0, 0, turn)) for turn in turns])
    elif draw.chance("rim", 0.6):
        for z, size in ((0.0, 1.0), (height - 3, 1 / low)):
            edge = base.scale((size, size))
            vessel += slab(edge.offset(1.0) - edge.offset(-0.7 * wall), 3, (0, 0, z))
    parts = [vessel]
    first = draw.between(0, 360)
    for number in range(count):
        handle = draw.pick(f"handle {number}", ("hook", "knob"))
        turn = first + 360 * number / count
        one = _umbrella(handle, draw.between(1.2, 1.34) * height, low * width)
        parts.append(one.rotate((0, 0, turn)))
    claims: dict[str, str | bool] = {"open": True, "body": shape}
    if side == "windows":
        claims = {}
    return Shape(union(parts), ("umbrella stand", "umbrella holder"), claims)


def _umbrella(handle: str, length: float, width: float) -> Manifold:
    """Return a folded umbrella that leans against the wall of the stand."""
    curve = smooth([(1.0, 1.0), (2.2, 0.16 * length), (3.2, 0.52 * length), (2.0, 0.78 * length),
                    (1.5, 0.84 * length)], 4)  # fmt: skip
    cloth = turned([(0, 1.0), *curve, (0, 0.84 * length)], 10)
    stick = rod((0, 0, 0.8), (0, 0, 0.96 * length), 1.25)
    if handle == "hook":
        bend = np.add(arc(3.6, 180, 0, 6), (3.6, 0.95 * length))
        path = [(0.0, 0.9 * length), *bend, (7.2, 0.88 * length)]
        grip = tube([(x, 0, z) for x, z in path], 1.4)
    else:
        knob = smooth([(1.3, 0), (2.6, 1.6), (2.6, 3.4), (1.2, 5)], 3)
        grip = turned([(0, 0), *knob, (0, 5)], 20).translate((0, 0, 0.94 * length))
    whole = union([cloth, stick, grip])
    return whole.rotate((0, 9, 0)).translate((0.02 * width, 0, 1.0))


FAMILY = Family(
    "umbrella_stand", build,
    held_out=({"outline": "round", "side": "tapered"}, {"outline": "square", "umbrellas": 3}),
)  # fmt: skip
