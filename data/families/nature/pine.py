"""Pines: stacked cones, jagged skirts of branches or one tall cone; some with a star on top."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.nature_parts import trunk
from caddis.data.families.outlines import Points, star
from caddis.data.families.solids import box, cylinder, turned, union


def build(draw: Draw) -> Shape:
    """Draw one pine; lengths are in decimetres."""
    form = draw.pick("form", ("stacked cones", "jagged", "slim cone"))
    topped = draw.pick("top", ("plain", "plain", "star"))
    tiers = draw.count("tiers", 3, 5)
    stem, wide = draw.between(4, 9), draw.between(9, 14)
    tall = draw.between(2.0, 3.0) * wide
    parts = [trunk(stem + 4, draw.between(0.16, 0.24) * wide, 0.14 * wide, 1.3)]
    if form == "slim cone":
        side = [(0, stem), (0.62 * wide, stem + 0.06 * wide), (0.66 * wide, stem + 0.14 * wide)]
        parts.append(turned([*side, (0.06 * wide, stem + tall), (0, stem + tall)]))
    else:
        overlap, step = draw.between(1.45, 1.8), tall / (tiers + 0.6)
        for tier in range(tiers):
            radius = wide * (1 - 0.72 * tier / tiers)
            low = stem + step * tier
            skirt = turned(
                [
                    (0, low + 0.12 * radius),
                    (radius, low),
                    (radius, low + 0.08 * wide),
                    (0.07 * wide, low + overlap * step),
                    (0, low + overlap * step),
                ]
            )
            parts.append(_jagged(draw, skirt, low, step) if form == "jagged" else skirt)
    peak = parts[-1].bounding_box()[5]
    nouns = ("pine tree", "fir tree")
    if topped == "star":
        size = draw.between(0.24, 0.34) * wide
        top = star(5, size, 0.45 * size).extrude(0.3 * size).translate((0, 0, -0.15 * size))
        parts.append(top.rotate((90, 0, 0)).translate((0, 0, peak + 0.3 * size)))
        if form == "stacked cones":
            parts += _balls(draw, wide, stem, tall / (tiers + 0.6), tiers)
        nouns = ("christmas tree", "pine tree")
    stand = draw.pick("stand", ("none", "disc", "cross"))
    if stand == "disc":
        parts.append(cylinder(0.5 * wide, 1.2, (0, 0, -0.6), 0.42 * wide))
    elif stand == "cross":
        parts += [
            box((1.2 * wide, 0.16 * wide, 1.6), (0, 0, -0.6)),
            box((0.16 * wide, 1.2 * wide, 1.6), (0, 0, -0.6)),
        ]
    solid = union(parts)
    return Shape(solid.translate((0, 0, -solid.bounding_box()[2])), nouns)


def _jagged(draw: Draw, skirt: Manifold, low: float, step: float) -> Manifold:
    """Press notches into the rim of a skirt and let its points hang."""
    points, turn = 8, draw.between(0, 6.28)

    def notched(corners: Points) -> Points:
        x, y, z = corners.T
        wave = np.cos(points * np.arctan2(y, x) + turn)
        near = np.clip(1 - (z - low) / step, 0, 1)
        shrink = 1 - 0.16 * near * (1 - wave)
        return np.stack([x * shrink, y * shrink, z - 0.12 * step * near * wave], axis=1)

    return skirt.warp_batch(notched)


def _balls(draw: Draw, wide: float, stem: float, step: float, tiers: int) -> list[Manifold]:
    """Return balls that hang at the rims of the tiers."""
    found = []
    for tier in range(tiers):
        radius = wide * (1 - 0.72 * tier / tiers)
        count, first = 7 - tier, draw.between(0, 6.28)
        for number in range(count):
            angle = first + 2 * np.pi * number / count
            at = (0.97 * radius * np.cos(angle), 0.97 * radius * np.sin(angle), stem + step * tier)
            found.append(Manifold.sphere(0.085 * wide, 16).translate(at))
    return found


FAMILY = Family("pine_tree", build, held_out=({"form": "jagged", "top": "star"},))
