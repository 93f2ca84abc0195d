"""Chairs: a seat on legs, a pedestal or runners, seven kinds of back, with or without arms."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    LEG_STYLES,
    back_outline,
    leant,
    legs_of,
    outline_of,
    pedestal,
    stance,
    stretchers,
    upright,
    wrapped_back,
)
from caddis.data.families.solids import both_sides, box, slab, union

_NOUNS = {
    "slatted": "slat-back chair", "ladder": "ladder-back chair", "solid": "dining chair",
    "oval": "medallion chair",
    "spindle": "windsor chair", "cross": "cross-back chair", "wrapped": "barrel-back chair",
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one chair; lengths are in centimetres."""
    seat = draw.pick("seat", ("square", "round"))
    base = draw.pick("base", ("four legs", "four legs", "three legs", "pedestal", "sled"))
    back = draw.pick("back", tuple(_NOUNS))
    arms = back != "wrapped" and draw.chance("arms", 0.35)
    width, height = draw.between(40, 54), draw.between(38, 50)
    thick, rise = draw.between(3, 7), draw.between(40, 68)
    plate = slab(outline_of(seat, width, width, 0.12), thick, (0, 0, height - thick), 0.25 * thick)
    parts = [plate, _base(draw, base, seat, width, height - 0.3 * thick)]
    half, bar = 0.4 * width if seat == "round" else 0.46 * width, draw.between(2.8, 4.5)
    rear = 0.28 * width if seat == "round" else 0.46 * width - 0.5 * bar
    at, lean = (0, rear, height - 0.8 * thick), draw.between(2, 14)
    if back == "wrapped":
        wall = wrapped_back(half + 0.08 * width, 0.55 * rise, bar, draw.between(66, 76))
        parts.append(wall.translate((0, 0, at[2])))
    else:
        view = back_outline(back, 2 * half, rise, bar, draw.count("bars", 3, 5))
        parts.append(leant(upright(view, draw.between(2.6, 4)), at, lean))
    if arms:
        over = draw.between(0.36, 0.46) * rise
        parts.append(_arms(half - bar / 2, rear, at[2], over, lean=lean, size=bar))
    claims = {"back": True, "arms": arms}
    legs = {"four legs": 4, "three legs": 3}.get(base)
    return Shape(union(parts), ("chair", _NOUNS[back]), claims | ({"legs": legs} if legs else {}))


def _base(draw: Draw, base: str, seat: str, width: float, height: float) -> Manifold:
    size, splay = draw.between(3.4, 5), draw.between(1.0, 1.15)
    reach = width if seat == "round" else width - 1.5 * size
    if base == "pedestal":
        return pedestal(draw.pick("foot", ("tulip", "cross", "disc")), height, 0.95 * width)
    if base == "sled":
        apart = 0.66 * width if seat == "round" else 0.84 * width
        where = stance(4, "square", apart, apart, height)
        bars = box((size, 1.2 * apart, size), (apart / 2, 0, 0), 0.3 * size)
        return legs_of("straight", where, size) + both_sides(bars)
    where = stance(4 if base == "four legs" else 3, seat, reach, reach, height, splay=splay)
    legs = legs_of(draw.pick("leg", LEG_STYLES), where, size)
    if draw.chance("stretchers", 0.4):
        legs += stretchers(where, draw.between(0.3, 0.5), 0.3 * size)
    return legs


def _arms(
    half: float, rear: float, seat: float, rise: float, *, lean: float, size: float
) -> Manifold:
    """Return two rails from the back to posts at the front of the seat."""
    end = rear + rise * np.tan(np.radians(lean))
    front = -rear
    rail = box((1.5 * size, end - front + size, size),
               (half, (end + front - 0.6 * size) / 2, seat + rise), 0.45 * size)  # fmt: skip
    post = box((size, size, rise + 0.4 * size), (half, front + 0.3 * size, seat))
    return both_sides(rail + post)


FAMILY = Family(
    "chair", build,
    held_out=({"back": "ladder", "base": "three legs"}, {"back": "spindle", "seat": "round"}),
)  # fmt: skip
