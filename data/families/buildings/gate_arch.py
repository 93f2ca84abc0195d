"""Arches to walk through: a triumphal arch, a torii or a garden arch."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.buildings_parts import arched, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, polygon
from caddis.data.families.solids import arc, both_sides, box, cylinder, minus, rod, round_leg, union


def _triumphal(draw: Draw) -> Manifold:
    gates = draw.pick("gates", ("one", "three"))
    width, depth = draw.between(15, 19) + (6 if gates == "three" else 0), draw.between(5, 8)
    high = draw.between(14, 18)
    opening, tall = draw.between(0.28, 0.36) * width, 0.72 * high
    parts = [box((width, depth, high)), box((1.08 * width, depth + 1.4, 0.9), (0, 0, high - 0.2)),
             box((0.94 * width, 0.94 * depth, 0.26 * high), (0, 0, high + 0.5)),
             box((width, depth + 0.5, 0.7), (0, 0, 1.25 * high + 0.6))]  # fmt: skip
    cuts = [upright(arched(opening, tall), 2 * depth)]
    pier = (width - opening) / 2
    if gates == "three":
        cuts.append(both_sides(upright(arched(0.48 * pier, 0.5 * tall), 2 * depth)
                               .translate(((width - pier) / 2, 0, 0))))  # fmt: skip
    spots = (opening / 2 + 0.13 * pier, width / 2 - 0.14 * pier)
    for x in spots:
        for y in (-depth / 2, depth / 2):
            column = [cylinder(0.09 * pier + 0.1, 0.95 * high, (x, y, 0)),
                      box((0.24 * pier + 0.3, 1.2, 1.4), (x, y, 0)),
                      box((0.24 * pier + 0.3, 1.2, 0.8), (x, y, 0.86 * high))]  # fmt: skip
            parts.append(both_sides(union(column)))
    if draw.chance("panel", 0.7):
        cuts.append(box((0.5 * width, 0.8, 0.15 * high), (0, -0.47 * depth, high + 0.09 * high)))
    if draw.chance("statue", 0.4):
        top = 1.25 * high + 1.2
        parts += [box((0.24 * width, 0.4 * depth, 1.4), (0, 0, top)),
                  cylinder(0.9, 2.6, (0, 0, top + 1.2), 0.55),
                  Manifold.sphere(0.75, 20).translate((0, 0, top + 4.2))]  # fmt: skip
    return minus(union(parts), cuts)


def _torii(draw: Draw) -> Manifold:
    half, high, thick = draw.between(5, 6.5), draw.between(9, 12), draw.between(0.55, 0.75)
    beam, lift = half * draw.between(1.45, 1.65), draw.between(0.6, 1.3)
    post = round_leg((half, 0, 0), (half - 0.5, 0, high), 1.1 * thick, thick)
    share = np.linspace(-1, 1, 15)
    low = [(beam * s, high - 0.3 + lift * abs(s) ** 2.5) for s in share]
    top = [(1.03 * beam * s, high + 1.4 + lift * abs(s) ** 2.5) for s in share]
    roof = [(x, z + 0.9) for x, z in top]
    lintel = upright(polygon([*low, *top[::-1]]), 1.5 * thick)
    cap = upright(polygon([*[(x, z - 0.1) for x, z in top], *roof[::-1]]), 2.6 * thick)
    tie = 0.74 * high
    parts = [both_sides(post), lintel, cap, box((2.4 * half, 0.9, 1.1), (0, 0, tie)),
             box((1.1, 0.8, high - tie), (0, 0, tie + 0.3)),
             both_sides(cylinder(1.6 * thick, 0.9, (half, 0, 0)))]  # fmt: skip
    return union(parts)


def _garden(draw: Draw) -> Manifold:
    half, depth, high = draw.between(5, 7), draw.between(3, 5), draw.between(10, 13)
    bar, rungs = draw.between(0.6, 0.75), draw.count("rungs", 3, 5)
    if draw.chance("pointed", 0.4):
        line = [(half, 0), (half, high), (0, high + 0.9 * half), (-half, high), (-half, 0)]
        over = [(half, high), (half / 2, high + 0.45 * half), (0, high + 0.9 * half)]
    else:
        bend = arc(half, 0, 180, 19) + np.array([0, high])
        line = [(half, 0.0), *[(x, z) for x, z in bend], (-half, 0.0)]
        over = [(x, z) for x, z in arc(half, 0, 90, 4) + np.array([0, high])]
    frame = upright(band(line, 2 * bar), 2 * bar).trim_by_plane((0, 0, 1), 0)
    parts = [both_sides(frame.translate((0, depth / 2, 0)), 1)]
    steps = [(half, z) for z in np.linspace(0.22, 0.84, rungs) * high]
    for x, z in [*steps, *over]:
        parts.append(both_sides(rod((x, -depth / 2, z), (x, depth / 2, z), bar)))
    lattice = rod((half, -depth / 2, steps[0][1]), (half, depth / 2, steps[1][1]), 0.9 * bar)
    parts += [both_sides(lattice), both_sides(lattice.mirror((0, 1, 0)))]
    return union(parts)


def build(draw: Draw) -> Shape:
    """Draw one arch; the passage runs along y."""
    style = draw.pick("style", ("triumphal", "torii", "garden"))
    if style == "triumphal":
        return Shape(_triumphal(draw), ("arch", "triumphal arch"))
    if style == "torii":
        return Shape(_torii(draw), ("torii", "torii gate", "arch"), {"legs": 2})
    return Shape(_garden(draw), ("arch", "garden arch", "trellis arch"), {"legs": 4})


FAMILY = Family("arch", build, held_out=({"gates": "three", "statue": True},))
