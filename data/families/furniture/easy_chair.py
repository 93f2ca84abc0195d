"""Easy chairs: a wooden frame with open arms and loose cushions, on legs, runners or rockers."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import back_outline, cushion, leant, upright
from caddis.data.families.outlines import band
from caddis.data.families.solids import arc, both_sides, box, union


def build(draw: Draw) -> Shape:
    """Draw one easy chair; lengths are in centimetres."""
    base = draw.pick("base", ("legs", "runners", "rockers"))
    back = draw.pick("back", ("cushion", "cushion", "slatted", "ladder"))
    width, depth, bar = draw.between(64, 82), draw.between(66, 82), draw.between(5, 6.5)
    seat, over, rise = draw.between(38, 44), draw.between(18, 23), draw.between(46, 60)
    lift = {"legs": draw.between(13, 19), "runners": 0.0, "rockers": 13.0}[base]
    x = (width - 1.4 * bar) / 2
    low = 0.0 if base != "rockers" else 0.08 * depth + 0.4 * bar
    top = seat + over
    rail = box((draw.between(1.3, 2.0) * bar, depth, bar), (x, 0, top - bar), 1.5)
    side = [rail, box((bar, 0.86 * depth, 1.4 * bar), (x, 0, lift), 1)]
    side += [box((bar, bar, top - low - 1), (x, y * depth, low)) for y in (-0.38, 0.38)]
    if base == "rockers":
        side.append(_rocker(depth, bar).translate((x, 0, 0)))
    if draw.chance("side bars", 0.4):
        high = top - lift - bar
        side += [box((0.7 * bar, 0.9 * bar, high), (x, y * depth, lift)) for y in (-0.13, 0.13)]
    floor = max(lift, 6.0) + 0.5 * bar
    beam = box((width - bar, 1.5 * bar, seat - 9 - floor), (0, 0.36 * depth, floor))
    parts = [both_sides(union(side)), both_sides(beam, 1),
             box((width - 2.4 * bar, 0.72 * depth, 6), (0, 0, seat - 17)),
             cushion((width - 3.2 * bar, 0.88 * depth, 15), (0, -0.04 * depth, seat - 15), 5),
             _back(back, width - 3.4 * bar, rise, (0, 0.3 * depth, seat - 14))]  # fmt: skip
    claims: dict[str, int | bool] = {"back": True, "arms": True}
    if base == "legs":
        claims["legs"] = 4
    nouns = ("armchair", "easy chair", "lounge chair")
    if base == "rockers":
        nouns = ("armchair", "rocking chair", "rocker")
    return Shape(union(parts), nouns, claims)


def _back(style: str, width: float, rise: float, at: tuple[float, float, float]) -> Manifold:
    if style == "cushion":
        return leant(cushion((width, 14, rise + 10), (0, 3, 0), 5), at, 14)
    view = back_outline(style, width, rise + 12, 5, 5)
    return leant(upright(view, 5).translate((0, 5, 0)), at, 14)


def _rocker(depth: float, bar: float) -> Manifold:
    """Return a bent runner that touches the floor below x = 0."""
    path = np.add(arc(1.1 * depth, 238, 302, 17), (0.0, 1.1 * depth + 0.5 * bar))
    return upright(band(path, bar), 1.1 * bar).rotate((0, 0, 90))


FAMILY = Family(
    "armchair", build,
    held_out=({"base": "rockers", "back": "slatted"}, {"base": "legs", "back": "ladder"}),
)  # fmt: skip
