"""Sofas: two to four cushions between square, rolled or sloping arms, with a corner or without."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import arched, cushion, legs_of, stance, upright
from caddis.data.families.outlines import circle, polygon, rectangle, rounded
from caddis.data.families.solids import both_sides, box, slab, union


def build(draw: Draw) -> Shape:
    """Draw one sofa; lengths are in centimetres."""
    seats = draw.count("seats", 2, 4)
    arm = draw.pick("arm", ("square", "rolled", "sloping", "none"))
    back = draw.pick("back", ("cushions", "cushions", "straight", "arched"))
    corner = draw.chance("corner", 0.25)
    depth, seat, lift = draw.between(78, 95), draw.between(40, 46), draw.between(9, 16)
    wide, place = draw.between(13, 22), draw.between(54, 66)
    inner = seats * place
    width = inner + (2 * wide if arm != "none" else 0.0)
    over, rise = draw.between(16, 24), draw.between(36, 46)
    deep, thick = 0.22 * depth, draw.between(14, 19)
    bottom = box((width - 2, 0.94 * depth, seat - 0.6 * thick - lift), (0, 0, lift), 3)
    parts = [
        bottom,
        _back(back, width if arm == "none" else width - wide, deep, seat + rise - lift).translate(
            (0, depth / 2 - deep / 2, lift)
        ),
    ]
    front = -depth / 2
    long = depth - deep
    for number in range(seats):
        x = (number - (seats - 1) / 2) * place
        parts.append(cushion((place - 1, long + 4, thick), (x, front + long / 2, seat - thick), 5))
        if back == "cushions":
            soft = cushion((place - 1, 16, 0.9 * rise + 4), (0, 0, 0), 6).rotate((-12, 0, 0))
            parts.append(soft.translate((x, depth / 2 - deep - 6, seat - 4)))
    reach = 0.0
    if corner:
        reach = draw.between(55, 75)
        x = (inner - place) / 2
        low = box((place - 2, reach + 20, seat - 0.6 * thick - lift), (x, front, lift), 3)
        soft = cushion((place - 1, reach + 12, thick), (x, front - reach / 2 + 6, seat - thick), 5)
        parts += [low.translate((0, 10 - reach / 2, 0)), soft]
    if arm != "none":
        parts.append(_arms(arm, width, wide, depth, seat + over - lift).translate((0, 0, lift)))
    style = draw.pick("leg", ("tapered", "round", "straight"))
    size = draw.between(0.068, 0.08) * (width * depth) ** 0.5
    where = stance(4, "rectangular", width - 2.4 * size, 0.9 * depth - size, lift + 4)
    if corner:
        foot = stance(4, "square", place - 2.4 * size, size, lift + 4)[2:]
        move = np.array([(inner - place) / 2, front - reach + 2 * size, 0.0])
        where += [(np.add(low, move), np.add(high, move)) for low, high in foot]
    parts.append(legs_of(style, where, size))
    claims: dict[str, bool | int] = {"back": True, "arms": arm != "none"}
    if not corner:
        claims["legs"] = 4
    nouns = ("sofa", "corner sofa") if corner else ("sofa", "couch", _NAMES[seats])
    return Shape(union(parts), nouns, {} if corner else claims)


_NAMES = {2: "two-seater sofa", 3: "three-seater sofa", 4: "four-seater sofa"}


def _back(style: str, width: float, deep: float, high: float) -> Manifold:
    """Return the back, its rear at y = deep / 2; an arched one is highest in the middle."""
    if style != "arched":
        return cushion((width, deep, high), (0, 0, 0), 5)
    return upright(arched(width, 0.74 * high, 0.26 * high), deep, 2)


def _arms(style: str, width: float, wide: float, depth: float, high: float) -> Manifold:
    x = (width - wide) / 2
    if style == "square":
        return both_sides(cushion((wide, depth, high), (x, 0, 0), 4))
    if style == "sloping":
        edge = [(-depth / 2, 0), (-depth / 2, 0.78 * high), (depth / 2, 1.3 * high), (depth / 2, 0)]
        side = upright(rounded(polygon(edge), 5), wide, 2).rotate((0, 0, 90))
        return both_sides(side.translate((x, 0, 0)))
    view = rectangle(0.8 * wide, 0.9 * high).translate((0, 0.45 * high))
    roll = slab(circle(0.56 * wide, 24), depth, bevel=2).rotate((90, 0, 0))
    side = upright(view, 0.97 * depth) + roll.translate((0, depth / 2, high - 0.56 * wide))
    return both_sides(side.translate((x, 0, 0)))


FAMILY = Family(
    "sofa", build, held_out=({"seats": 2, "arm": "rolled"}, {"arm": "none", "back": "arched"})
)
