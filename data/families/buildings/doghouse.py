"""Doghouses: a small house with an arched opening under a gabled, rounded or slanted roof."""

from __future__ import annotations

import numpy as np

from caddis.data.families.buildings_parts import arched, gable_roof, gable_wall, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, circle, polygon, rectangle
from caddis.data.families.solids import arc, both_sides, box, minus, rod, turned, union


def build(draw: Draw) -> Shape:
    """Draw one doghouse; lengths are in centimetres. Its opening is in front."""
    roof = draw.pick("roof", ("gable", "rounded", "slanted"))
    door = draw.pick("door", ("arch", "rectangle", "circle"))
    width, depth = draw.between(55, 75), draw.between(60, 95)
    wall, rise = draw.between(38, 52), draw.between(24, 38)
    thick, half = draw.between(4, 6), width / 2
    if roof == "gable":
        outline = gable_wall(width, wall, rise)
        cover = gable_roof(width, rise, depth + 14, thick, 8, at=(0, 0, wall - 0.2 * thick))
    elif roof == "rounded":
        bend = arc(half, 0, 180, 25, (1, 0.85)) + np.array([0, wall])
        outline = polygon([(-half, 0), (half, 0), *bend])
        arch = arc(half, -8, 188, 27, (1.04, 0.9)) + np.array([0, wall])
        cover = upright(band(arch, 1.4 * thick), depth + 12)
    else:
        high, low = wall + 0.75 * rise, wall + 0.1 * rise
        outline = polygon([(-half, 0), (half, 0), (half, low), (-half, high)])
        slope = (high - low) / width
        over = [(-half - 8, high + 8 * slope - 2), (half + 8, low - 8 * slope - 2)]
        cover = upright(
            polygon([*over, *[(x, z + 1.3 * thick) for x, z in over[::-1]]]), depth + 14
        )
    walls = upright(outline, depth)
    wide, tall = draw.between(0.46, 0.56) * width, draw.between(0.78, 0.98) * wall
    sill = draw.between(4, 7)
    hole = {
        "arch": arched(wide, tall),
        "rectangle": rectangle(wide, tall, 2).translate((0, tall / 2)),
        "circle": circle(0.46 * tall).translate((0, 0.5 * tall)),
    }[door]
    shade = upright(hole, depth, (0, -thick - 4, sill))
    trim = upright(hole.offset(4), 3, (0, -depth / 2 - 0.6, sill))
    parts = [walls, cover, trim.trim_by_plane((0, 0, 1), 1)]
    if draw.chance("plinth", 0.5):
        parts.append(box((width + 9, depth + 9, 5), (0, 0, 0), 1.5))
    solid = minus(union(parts), [shade])
    planks = draw.count("grooves", 0, 4)
    if planks and roof != "rounded":
        step = 0.9 * wall / (planks + 1)
        cuts = [box((1.6, 0.8 * depth, 1.8), (half, 0, step * (n + 1) + 4)) for n in range(planks)]
        solid = minus(solid, [both_sides(union(cuts))])
    extra = draw.pick("extra", ("none", "bone", "bowl"))
    if extra == "bone" and roof != "slanted":
        z = sill + tall + 4.5 + 0.35 * rise if door != "circle" else sill + tall + 0.3 * rise
        size = 0.13 * width
        knob = upright(circle(0.42 * size, 20), 6, (0.75 * size, 0, 0.3 * size))
        knobs = both_sides(knob + knob.mirror((0, 0, 1)))
        bone = knobs + rod((-0.8 * size, 0, 0), (0.8 * size, 0, 0), 0.35 * size)
        solid += bone.translate((0, -depth / 2 - 0.5, z))
    elif extra == "bowl":
        bowl = turned([(0, 0), (11, 0), (8.5, 9), (6.8, 9), (6, 4), (0, 3)], 28)
        x, y = 0.46 * width, -depth / 2 - 16
        pad = box((width + 9, 36, 3), (0, -depth / 2 - 14, 0), 2)
        solid = union([solid, pad, bowl.translate((x, y, 2.5))])
    return Shape(solid, ("doghouse", "dog kennel", "kennel"))


FAMILY = Family("doghouse", build, held_out=({"roof": "rounded", "door": "rectangle"},))
