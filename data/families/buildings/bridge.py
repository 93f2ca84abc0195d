"""Bridges: stone arches, a suspension bridge with two towers, or a truss bridge."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from data.families.buildings_parts import upright
from data.families.family import Draw, Family, Shape
from data.families.outlines import band, oval, polygon, rectangle
from data.families.solids import both_sides, box, minus, union


def _stone(draw: Draw) -> Manifold:
    arches, hump = draw.count("arches", 1, 3), draw.between(0, 5)
    bay, width = draw.between(12, 18), draw.between(8, 12)
    length = arches * bay + 8
    deck = bay * draw.between(0.42, 0.6) + 1.2
    share = np.linspace(-1, 1, 17)
    top = [(0.5 * length * s, deck + hump * (1 - s * s)) for s in share]
    side = upright(polygon([(0.5 * length, 0), (-0.5 * length, 0),
                            *[(x, z + 1.6) for x, z in top]]), width)  # fmt: skip
    road = upright(polygon([*top, (0.5 * length, deck + 9), (-0.5 * length, deck + 9)]),
                   width - 2.2)  # fmt: skip
    cuts = [road.scale((1.01, 1, 1))]
    for number in range(arches):
        x = (number - 0.5 * (arches - 1)) * bay
        rise = deck + hump * (1 - (2 * x / length) ** 2) - 1.2
        cuts.append(upright(oval(bay - 2.6, 2 * rise), 2 * width, (x, 0, 0)))
        if number:
            pier = polygon([(-1, 0), (0, -1.4), (1, 0), (0, 1.4)])
            nose = pier.extrude(0.55 * deck).translate((x - bay / 2, 0, 0))
            side += both_sides(nose.translate((0, width / 2, 0)), 1)
    return minus(side, cuts)


def _suspension(draw: Draw) -> Manifold:
    length, width = draw.between(70, 100), draw.between(9, 13)
    deck, top = draw.between(6, 11), draw.between(28, 38)
    tower, thick, hangers = 0.3 * length, 2.0, draw.count("hangers", 4, 7)
    post = box((3, 2.6, top + 1.5), (tower, width / 2, 0), 0.5)
    parts = [both_sides(both_sides(post), 1), box((length, width, 2.0), (0, 0, deck), 0.4)]
    for z in (deck - 2.6, 0.5 * (deck + top) + 1, top - 2):
        parts.append(both_sides(box((2.4, width, 2.4), (tower, 0, z))))
    sag = deck + 5

    def cable(x: float) -> float:
        if abs(x) <= tower:
            return sag + (top - sag) * (x / tower) ** 2
        return top - (top - deck - 1) * (abs(x) - tower) / (0.5 * length - 1 - tower)

    path = [(x, cable(x)) for x in np.linspace(-0.5 * length + 1, 0.5 * length - 1, 33)]
    path += [(-tower, top), (tower, top)]
    line = upright(band(sorted(path), thick), 2.0, (0, width / 2, 0))
    places = [x for x in np.linspace(-0.5 * length, 0.5 * length, 3 * hangers)[1:-1]
              if abs(abs(x) - tower) > 2]  # fmt: skip
    rods = [box((1.6, 1.6, cable(x) - deck - 0.5), (x, width / 2 - 0.05, deck + 0.5))
            for x in places]  # fmt: skip
    return union([*parts, both_sides(union([line, *rods]), 1)])


def _truss(draw: Draw) -> Manifold:
    bays, bay = 2 * draw.count("half bays", 2, 3), draw.between(7, 9)
    high, width, thick = draw.between(7, 10), draw.between(9, 12), 1.3
    half, curved = 0.5 * bays * bay, draw.chance("curved", 0.5)
    lift = [0.0 if abs(n) == bays / 2 else high * (1 - 0.35 * curved * (2 * abs(n) / bays) ** 2)
            for n in range(-bays // 2, bays // 2 + 1)]  # fmt: skip
    top = [(-half + n * bay, z) for n, z in enumerate(lift)]
    lines = [band(top, thick), band([(-half, 0), (half, 0)], thick)]
    for n in range(1, bays):
        x, inner = top[n][0], top[n][0] + (bay if n < bays / 2 else -bay)
        lines.append(band([(x, 0), top[n]], thick))
        if n != bays // 2:
            lines.append(band([top[n], (inner, 0)], thick))
    outline = lines[0]
    for line in lines[1:]:
        outline += line
    z = draw.between(4, 7)
    side = upright(outline, 1.3, (0, width / 2, z + 0.6))
    deck = box((2 * half + thick, width + 1.6, 1.4), (0, 0, z - 0.2))
    beams = [box((thick, width, thick), (top[n][0], 0, top[n][1] + z)) for n in range(1, bays)]
    pier = upright(rectangle(4, z + 0.6), width + 3).translate((half - 1.5, 0, z / 2 - 0.2))
    return union([both_sides(side, 1), deck, *beams, both_sides(pier)]).trim_by_plane((0, 0, 1), 0)


def build(draw: Draw) -> Shape:
    """Draw one bridge; lengths are in metres. It leads along x."""
    style = draw.pick("style", ("stone", "suspension", "truss"))
    solid = {"stone": _stone, "suspension": _suspension, "truss": _truss}[style](draw)
    noun = {"stone": "stone arch bridge", "suspension": "suspension bridge",
            "truss": "truss bridge"}[style]  # fmt: skip
    return Shape(solid, ("bridge", noun))


FAMILY = Family("bridge", build, held_out=({"style": "stone", "arches": 2},))
