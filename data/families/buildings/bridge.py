"""Bridges: a stone bridge on arches, a suspension bridge, a truss bridge or a garden bridge."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.buildings_parts import upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points, band, circle, polygon, rectangle
from caddis.data.families.solids import both_sides, box, minus, union


def _bars(paths: list[list[tuple[float, float]]], width: float) -> CrossSection:
    """Return stripes along several paths as one outline."""
    whole = band(paths[0], width)
    for path in paths[1:]:
        whole += band(path, width)
    return whole


def _stone(draw: Draw, length: float, width: float) -> Manifold:
    arches = draw.count("arches", 1, 4)
    pier, wall = draw.between(0.1, 0.2), draw.between(0.5, 0.8)
    pitch = length * 0.86 / arches
    radius = min(0.5 * pitch * (1 - pier), draw.between(5, 8))
    deck, hump = radius * draw.between(1.0, 1.15) + 1.2, draw.between(0, 2.5)
    x = np.linspace(-length / 2, length / 2, 25)
    crest = deck + hump * (1 - (2 * x / length) ** 2)
    line: Points = np.stack([x, crest], axis=1)
    side = polygon([(-length / 2, 0), (length / 2, 0), *line[::-1]])
    rail = polygon([*[(a, z + 1.3) for a, z in line], *[(a, z - 0.5) for a, z in line[::-1]]])
    parts = [upright(side, width)]
    parts += [upright(rail, wall, (0, y * (width - wall) / 2 * 1.03, 0)) for y in (-1, 1)]
    hole = circle(radius, 40) + rectangle(2 * radius, 4).translate((0, -2))
    spots = [pitch * (number - (arches - 1) / 2) for number in range(arches)]
    return minus(union(parts), [upright(hole, 3 * width, (at, 0, 0)) for at in spots])


def _hung(draw: Draw, length: float, width: float) -> Manifold:
    deck, tall, tower = draw.between(3, 6), draw.between(8, 12), draw.between(0.26, 0.3) * length
    thick, low = 0.7, deck + 1.4
    main = [(x, low + (deck + tall - low) * (x / tower) ** 2)
            for x in np.linspace(-tower, tower, 15)]  # fmt: skip
    paths = [main]
    paths += [[(s * tower, deck + tall), (s * length / 2, deck + 0.2)] for s in (-1, 1)]
    paths += [[main[i], (main[i][0], deck + 0.3)] for i in range(2, 14, 2)]
    for side in (-1, 1):
        for share in (0.33, 0.66):
            x = tower + share * (length / 2 - tower)
            paths.append([(side * x, deck + 0.3), (side * x, deck + tall - share * tall)])
    cables = upright(_bars(paths, thick), thick, (0, width / 2, 0))
    parts = [box((length, width + 1.6, 1.2), (0, 0, deck - 0.6)), both_sides(cables, 1)]
    for x in (-tower, tower):
        parts += [box((1.6, 1.6, deck + tall + 1), (x, y * width / 2, 0)) for y in (-1, 1)]
        parts += [box((1.2, width, 1.2), (x, 0, deck + share * tall)) for share in (0.5, 0.92)]
        parts.append(box((3, width + 3, 1.2), (x, 0, 0)))
    return union(parts)


def _truss(draw: Draw, length: float, width: float) -> Manifold:
    bays, tall = 2 * draw.count("bays", 2, 4), draw.between(5, 7.5)
    pitch, deck = length / bays, 3.5
    nodes = [-length / 2 + pitch * number for number in range(bays + 1)]
    low, high = deck, deck + tall
    paths = [[(nodes[0], low), (nodes[-1], low)], [(nodes[1], high), (nodes[-2], high)]]
    paths += [[(nodes[0], low), (nodes[1], high)], [(nodes[-1], low), (nodes[-2], high)]]
    for i in range(1, bays):
        paths.append([(nodes[i], low), (nodes[i], high)])
        inner = i + 1 if i < bays / 2 else i - 1
        paths.append([(nodes[i], high), (nodes[inner], low)])
    web = upright(_bars(paths, 0.9), 0.9, (0, width / 2, 0))
    parts = [box((length + 2, width + 0.6, 1.0), (0, 0, deck - 0.6)), both_sides(web, 1)]
    parts += [box((0.8, width, 0.8), (x, 0, high - 0.4)) for x in nodes[1:-1]]
    parts += [box((2.4, width + 1.5, deck), (x * (length / 2 - 0.3), 0, 0)) for x in (-1, 1)]
    return union(parts)


def build(draw: Draw) -> Shape:
    """Draw one bridge along x; lengths are in metres."""
    kind = draw.pick("kind", ("stone", "suspension", "truss"))
    wide = draw.chance("wide", 0.4)
    width = draw.between(7, 9) if wide else draw.between(4.5, 6)
    if kind == "stone":
        return Shape(_stone(draw, draw.between(26, 44), width), ("bridge", "stone arch bridge"))
    if kind == "suspension":
        return Shape(_hung(draw, draw.between(38, 48), width), ("bridge", "suspension bridge"))
    return Shape(_truss(draw, draw.between(26, 38), width), ("bridge", "truss bridge"))


FAMILY = Family("bridge", build, held_out=({"kind": "truss", "wide": True},))
