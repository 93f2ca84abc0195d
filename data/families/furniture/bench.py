"""Benches: a long solid or slatted seat on legs, side slabs or trestles, maybe back and arms."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    back_outline,
    leant,
    legs_of,
    stance,
    stretchers,
    upright,
)
from caddis.data.families.outlines import band
from caddis.data.families.solids import both_sides, box, union


def build(draw: Draw) -> Shape:
    """Draw one bench; lengths are in centimetres."""
    base = draw.pick("base", ("four legs", "six legs", "slabs", "crossed legs"))
    seat = draw.pick("seat", ("solid", "slats"))
    back = draw.pick("back", ("none", "slatted", "ladder", "cross"))
    arms = back != "none" and draw.chance("arms")
    width, depth = draw.between(95, 160), draw.between(36, 48)
    if back == "none":
        width, depth = draw.between(120, 170), draw.between(28, 38)
    height, thick = draw.between(38, 48), draw.between(4, 6)
    size = draw.between(5.5, 7.5)
    parts = [_seat(seat, width, depth, height, thick)]
    parts.append(_base(draw, base, width, depth, height - 0.4 * thick, size=size))
    rise, lean, bar = draw.between(36, 50), draw.between(3, 12), draw.between(4, 5)
    if back != "none":
        count = draw.count("bars", 3, 4) if back == "ladder" else draw.count("bars", 6, 10)
        view = back_outline(back, width - 1, rise, bar, count)
        place = (0, 0.5 * depth - bar, height - 0.8 * thick)
        parts.append(leant(upright(view, 4), place, lean))
    if arms:
        over = draw.between(0.38, 0.46) * rise
        end = 0.5 * depth - bar + over * np.tan(np.radians(lean))
        rail = box((1.3 * size, end + 0.45 * depth + 1, 4),
                   (0, (end - 0.45 * depth) / 2, height - thick + over), 1.5)  # fmt: skip
        post = box((0.8 * size, 0.8 * size, over + 2), (0, -0.4 * depth, height - 0.8 * thick))
        parts.append(both_sides((rail + post).translate((0.5 * width - 0.7 * size, 0, 0))))
    claims: dict[str, int | bool] = {"back": back != "none", "arms": arms}
    legs = {"four legs": 4, "six legs": 6}.get(base)
    if legs:
        claims["legs"] = legs
    return Shape(union(parts), ("bench", "garden bench") if arms else ("bench",), claims)


def _seat(style: str, width: float, depth: float, height: float, thick: float) -> Manifold:
    if style == "solid":
        return box((width, depth, thick), (0, 0, height - thick), 0.3 * thick)
    count = 4
    board = 0.8 * depth / count
    rows = np.linspace(-(depth - board) / 2, (depth - board) / 2, count)
    slats = [box((width, board, 0.8 * thick), (0, float(y), height - 0.8 * thick), 1) for y in rows]
    beam = box((7, depth - 1, thick), (0.41 * width, 0, height - 1.4 * thick))
    return union(
        [*slats, both_sides(beam), box((7, depth - 1, thick), (0, 0, height - 1.4 * thick))]
    )


def _base(
    draw: Draw, base: str, width: float, depth: float, under: float, *, size: float
) -> Manifold:
    if base == "slabs":
        side = box((size, 0.94 * depth, under), (0.4 * width, 0, 0), 0.2 * size)
        return both_sides(side) + box((0.8 * width, 0.6 * size, size), (0, 0, 0.4 * under))
    if base == "crossed legs":
        half = 0.42 * depth
        view = band([(-half, -0.2 * size), (half, under - 0.5 * size)], size)
        view += view.mirror((1, 0))
        side = upright(view, size).rotate((0, 0, 90)).translate((0.37 * width, 0, 0))
        side = side.trim_by_plane((0, 0, 1), 0)
        return both_sides(side) + box((0.74 * width, 0.7 * size, size), (0, 0, 0.36 * under))
    count = 4 if base == "four legs" else 6
    where = stance(count, "rectangular", 0.82 * width, depth - 1.5 * size, under,
                   splay=draw.between(1.0, 1.1))  # fmt: skip
    legs = legs_of(draw.pick("leg", ("straight", "round", "turned")), where, size)
    return legs + stretchers(where, 0.35, 0.3 * size) if draw.chance("stretchers", 0.3) else legs


FAMILY = Family(
    "bench", build,
    held_out=({"base": "six legs", "back": "ladder"}, {"base": "slabs", "back": "none"}),
)  # fmt: skip
