"""Leafy trees: one round crown, a cloud of balls, a tall poplar or a flat-topped acacia."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.nature_parts import lumps, trunk
from caddis.data.families.solids import around, cylinder, union


def build(draw: Draw) -> Shape:
    """Draw one tree; lengths are in decimetres."""
    crown = draw.pick("crown", ("ball", "cloud", "poplar", "flat"))
    base = draw.chance("base", 0.35)
    stem, radius = draw.between(14, 30), draw.between(2.0, 3.4)
    wide = draw.between(11, 17)
    parts = [trunk(stem + 6, radius, 0.65 * radius)]
    branches = draw.chance("branches", 0.5)
    if crown == "ball":
        tall = draw.between(0.85, 1.25) * wide
        top = blob((0, 0, stem + 0.8 * tall), (wide, wide, tall), 48)
        parts.append(lumps(draw, top, 0.06 * wide, wide) if draw.chance("lumpy", 0.5) else top)
    elif crown == "poplar":
        tall = draw.between(1.9, 2.6) * wide
        parts.append(
            lumps(
                draw,
                blob((0, 0, 0.5 * stem + 0.95 * tall), (0.75 * wide, 0.75 * wide, tall), 40),
                0.04 * wide,
                wide,
            )
        )
    elif crown == "cloud":
        parts += _cloud(draw, stem, wide)
    else:
        parts += _pads(draw, stem, wide)
    if branches and crown in ("ball", "cloud"):
        reach = 0.55 * wide
        branch = limb(
            (0, 0, 0.55 * stem), (reach, 0, stem + 0.3 * wide), 0.5 * radius, 0.4 * radius
        )
        parts.append(around(branch, draw.count("branch_count", 3, 4), draw.between(0, 90)))
    if base:
        parts.append(cylinder(2.4 * radius + 2, 1.5, (0, 0, -1.3), 2.2 * radius + 1.5))
    names = {"ball": "round tree", "cloud": "leafy tree", "poplar": "poplar", "flat": "acacia"}
    solid = union(parts)
    return Shape(solid.translate((0, 0, 1.3 if base else 0.0)), ("tree", names[crown]))


def _cloud(draw: Draw, stem: float, wide: float) -> list[Manifold]:
    count = draw.count("balls", 4, 7)
    balls = [blob((0, 0, stem + 0.75 * wide), 0.72 * wide, 32)]
    first = draw.between(0, 6.28)
    for number in range(count):
        angle = first + 2 * np.pi * number / count
        size, out = draw.between(0.42, 0.6) * wide, draw.between(0.55, 0.72) * wide
        z = stem + draw.between(0.3, 0.9) * wide
        balls.append(blob((out * np.cos(angle), out * np.sin(angle), z), size))
    for number in range(2):
        angle = first + np.pi * number + 0.5
        balls.append(
            blob(
                (
                    0.35 * wide * np.cos(angle),
                    0.35 * wide * np.sin(angle),
                    stem + draw.between(1.15, 1.4) * wide,
                ),
                draw.between(0.4, 0.52) * wide,
            )
        )
    return balls


def _pads(draw: Draw, stem: float, wide: float) -> list[Manifold]:
    """Return flat cushions of leaves at the ends of branches, as an acacia has."""
    count, first = draw.count("pads", 3, 4), draw.between(0, 6.28)
    found = [blob((0, 0, stem + 0.95 * wide), (0.85 * wide, 0.8 * wide, 0.3 * wide), 28)]
    for number in range(count):
        angle = first + 2 * np.pi * number / count
        out, size = draw.between(0.85, 1.1) * wide, draw.between(0.55, 0.75) * wide
        at = np.array(
            [out * np.cos(angle), out * np.sin(angle), stem + draw.between(0.3, 0.7) * wide]
        )
        found.append(blob(at, (size, size, 0.36 * size)))
        found.append(limb((0, 0, 0.6 * stem), at, 0.1 * wide, 0.07 * wide, 12))
    return [*found, limb((0, 0, stem), (0, 0, stem + 0.9 * wide), 0.1 * wide, 0.07 * wide, 12)]


FAMILY = Family(
    "tree", build, held_out=({"crown": "poplar", "base": True}, {"crown": "cloud", "base": True})
)
