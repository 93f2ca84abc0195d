"""Armchairs: club, wing and tub chairs on short legs, a base or a pedestal."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    cushion,
    leant,
    legs_of,
    pedestal,
    stance,
    upright,
    wrapped_back,
)
from caddis.data.families.outlines import circle, polygon, rounded
from caddis.data.families.solids import both_sides, box, cylinder, slab, union

_BASES = ("legs", "plinth", "pedestal")
_NOUNS = {"club": "club chair", "wing": "wing chair", "tub": "tub chair"}


def build(draw: Draw) -> Shape:
    """Draw one armchair; lengths are in centimetres."""
    form, base = draw.pick("form", tuple(_NOUNS)), draw.pick("base", _BASES)
    width, depth = draw.between(72, 92), draw.between(70, 86)
    lift, seat = draw.between(11.5, 16), draw.between(38, 45)
    claims: dict[str, int | bool] = {"back": True, "arms": True}
    if base == "pedestal":
        stand = pedestal("disc", lift + 2, 0.6 * width)
    elif base == "plinth":
        lift = 4.0
        block = box((0.84 * width, 0.84 * depth, lift + 2))
        stand = cylinder(0.44 * width, lift + 2) if form == "tub" else block
    else:
        claims["legs"] = 4
        size = draw.between(5.8, 7.5)
        across, along = (0.6, 0.6 * width / depth) if form == "tub" else (0.8, 0.8)
        where = stance(
            4, "square", across * width, along * depth, lift + 3, splay=draw.between(1, 1.12)
        )
        stand = legs_of(draw.pick("leg", ("tapered", "round", "straight")), where, size)
    body = {"club": _club, "wing": _wing, "tub": _tub}[form]
    parts = body(draw, width, depth, lift, seat)
    return Shape(union([stand, *parts]), ("armchair", _NOUNS[form]), claims)


def _seat(width: float, depth: float, lift: float, seat: float, y: float = 0.0) -> list[Manifold]:
    """Return a box with a loose cushion on it."""
    thick = 0.42 * (seat - lift) + 3
    return [
        box((width, depth, seat - 0.7 * thick - lift), (0, y, lift), 2),
        cushion((0.98 * width, 1.02 * depth, thick), (0, y - 0.03 * depth, seat - thick), 4),
    ]


def _club(draw: Draw, width: float, depth: float, lift: float, seat: float) -> list[Manifold]:
    arm, over = draw.between(13, 20), draw.between(17, 23)
    rise, back = draw.between(40, 52), 0.26 * depth
    side = cushion((arm, 0.96 * depth, seat + over - lift), ((width - arm) / 2, 0, lift), 5)
    if draw.pick("arm", ("square", "rolled")) == "rolled":
        roll = slab(circle(0.62 * arm, 24), 0.98 * depth, bevel=1.5).rotate((90, 0, 0))
        side += roll.translate(((width - arm) / 2, 0.49 * depth, seat + over - 0.3 * arm))
    rest = cushion((width - 1.2 * arm, back, seat + rise - lift), radius=6)
    rest = leant(rest, (0, 0.5 * depth - 0.6 * back, lift), 7)
    return [*_seat(width - 1.9 * arm, 0.94 * depth, lift, seat), both_sides(side), rest]


def _wing(draw: Draw, width: float, depth: float, lift: float, seat: float) -> list[Manifold]:
    arm, top, over = draw.between(8, 12), draw.between(62, 76), draw.between(17, 22)
    low, front = seat - lift, -0.45 * depth
    edge = [(front, 0), (front, low + over), (0.0, low + over), (0.02 * depth, low + 0.62 * top),
            (0.24 * depth, low + top), (0.5 * depth, low + top), (0.44 * depth, 0)]  # fmt: skip
    side = upright(rounded(polygon(edge), 3), arm).rotate((0, 0, 90))
    side = side.translate(((width - arm) / 2, 0, lift))
    rest = box((width - arm, 0.2 * depth, low + top - 1), (0, 0.37 * depth, lift), 4)
    soft = _seat(width - 1.9 * arm, 0.86 * depth, lift, seat, -0.04 * depth)
    return [*soft, both_sides(side), rest]


def _tub(draw: Draw, width: float, depth: float, lift: float, seat: float) -> list[Manifold]:
    half, thick = width / 2, draw.between(9, 13)
    wall = wrapped_back(half, seat + draw.between(34, 42) - lift, thick, draw.between(122, 134))
    tall = 0.45 * (seat - lift) + 3
    low = slab(circle(half - 0.5 * thick), seat - lift - tall + 3, bevel=1)
    soft = slab(circle(half - 0.9 * thick), tall, (0, 0, seat - tall), 2)
    return [(wall + low).translate((0, 0, lift)), soft]


FAMILY = Family(
    "armchair", build,
    held_out=({"form": "wing", "base": "pedestal"}, {"form": "club", "leg": "straight"}),
)  # fmt: skip
