"""Barns: a gambrel, gabled or round-roofed barn with cross-braced doors, perhaps with a silo."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection

from data.families.buildings_parts import upright
from data.families.family import Draw, Family, Shape
from data.families.outlines import band, polygon, rectangle
from data.families.solids import arc, ball, both_sides, box, cylinder, minus, union


def build(draw: Draw) -> Shape:
    """Draw one barn; lengths are in metres."""
    roof = draw.pick("roof", ("gambrel", "gable", "round"))
    half, length = draw.between(4.2, 5.8), draw.between(9, 16)
    wall, rise = draw.between(3.2, 4.8), draw.between(3.6, 4.6)
    slopes = {
        "gambrel": [(half, 0.0), (0.66 * half, 0.66 * rise), (0.0, rise)],
        "gable": [(half, 0.0), (0.0, rise)],
        "round": [tuple(p) for p in arc(1.0, 0, 90, 8, (half, rise))],
    }[roof]
    right = np.array(slopes) + [0.0, wall]
    left = right[-2::-1] * [-1, 1]
    line = np.concatenate([right, left])
    walls = upright(polygon([(half, 0), *line, (-half, 0)]), length)
    eaves = np.array([[half + 0.5, wall - 0.9 if roof != "round" else wall - 0.3]])
    over = np.concatenate([eaves, line, eaves * [-1, 1]])
    cover = upright(band(over, 0.5), length + 1.4)
    face, parts = -length / 2, [walls, cover]
    door, tall = draw.between(2.9, 3.8), 0.82 * wall
    cuts = [box((door, 0.6, tall), (0, face, 0.1))]
    bars = _braces(door / 2, tall)
    wing = upright(bars, 0.7, (0, face + 0.1, 0.1))
    loft = upright(rectangle(1.5, 1.5), 0.7, (0, face, wall + 0.42 * rise))
    frame = upright(rectangle(2.1, 2.1), 0.4, (0, face, wall + 0.42 * rise))
    parts += [frame, upright(rectangle(door + 0.7, tall + 0.4), 0.4, (0, face, tall / 2 + 0.2))]
    panes = draw.count("windows", 2, 4)
    for y in np.linspace(-0.34, 0.34, panes) * length:
        cuts.append(both_sides(box((0.6, 1.1, 1.2), (half, y, 0.45 * wall))))
    barn = minus(union(parts), [*cuts, loft]) + both_sides(wing)
    nouns = ("barn", {"gambrel": "gambrel barn", "gable": "gabled barn",
                      "round": "round-roofed barn"}[roof])  # fmt: skip
    extra = draw.pick("extra", ("none", "silo", "cupola"))
    if extra == "silo":
        radius, height = draw.between(1.8, 2.6), draw.between(9.5, 13)
        at = (half + 0.9 * radius, 0.1 * length)
        rings = [cylinder(radius + 0.15, 0.4, (*at, z * height)) for z in (0.2, 0.4, 0.6, 0.8)]
        top = ball(radius, (*at, height)).trim_by_plane((0, 0, 1), 0)
        barn = union([barn, cylinder(radius, height, (*at, 0)), top, *rings])
        nouns = (*nouns, "barn with a silo")
    elif extra == "cupola":
        z = wall + rise - 0.6
        cap = CrossSection.square((2.4, 2.4), center=True).extrude(1.3, scale_top=(0.05, 0.05))
        barn = union([barn, box((1.7, 1.7, 2.4), (0, 0, z)), cap.translate((0, 0, z + 2.3))])
    return Shape(barn, nouns)


def _braces(half: float, tall: float) -> CrossSection:
    """Return the frame and the cross braces of the right wing of a door."""
    bar = 0.28
    low, high = bar / 2, tall - bar / 2
    left, right = bar / 2, half - bar / 2
    whole = band([(left, low), (right, low), (right, high), (left, high), (left, low)], bar)
    return whole + band([(left, low), (right, high)], bar) + band([(left, high), (right, low)], bar)


FAMILY = Family("barn", build, held_out=({"roof": "gable", "extra": "silo"},))
