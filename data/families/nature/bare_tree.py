"""Bare trees: a trunk that forks again and again, upright, spreading or blown to one side."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.nature_parts import trunk
from caddis.data.families.outlines import Points
from caddis.data.families.solids import around, cylinder, union


def build(draw: Draw) -> Shape:
    """Draw one bare tree; lengths are in decimetres."""
    form = draw.pick("form", ("upright", "spreading", "windswept"))
    forks = draw.count("forks", 3, 4)
    height, radius = draw.between(12, 20), draw.between(1.9, 2.6)
    spread = {"upright": 32.0, "spreading": 58.0, "windswept": 42.0}[form]
    drift = np.array([draw.between(0.5, 0.8) if form == "windswept" else 0.0, 0.0, 0.0])
    parts = [trunk(height, radius, 0.8 * radius, 1.5), blob((0, 0, height), 0.85 * radius, 20)]
    tip = np.array([0.0, 0.0, height])
    _grow(
        draw,
        parts,
        tip,
        np.array([0.0, 0.0, 1.0]),
        0.62 * height,
        0.75 * radius,
        (2, forks),
        spread,
        drift,
    )
    base = draw.pick("foot", ("roots", "disc"))
    if base == "roots":
        root = limb((0, 0, 0.8), (2.6 * radius, 0, 0.1), 0.8 * radius, 0.3 * radius)
        parts.append(around(root, 5, draw.between(0, 70)))
    else:
        parts.append(cylinder(3.4 * radius, 1.4, (0, 0, -0.9), 3.1 * radius))
    solid = union(parts).trim_by_plane((0, 0, 1), 0.0 if base == "roots" else -0.9)
    low = solid.bounding_box()[2]
    return Shape(solid.translate((0, 0, -low)), ("bare tree", "tree", "leafless tree"))


def _grow(
    draw: Draw,
    parts: list[Manifold],
    start: Points,
    way: Points,
    length: float,
    radius: float,
    depth_and_forks: tuple[int, int],
    spread: float,
    drift: Points,
) -> None:
    """Add branches from `start` around the direction `way`, and recursively their twigs."""
    depth, forks = depth_and_forks
    side = np.cross(way, (0.0, 1.0, 0.3))
    side /= np.linalg.norm(side)
    other = np.cross(way, side)
    first = draw.between(0, 2 * np.pi)
    count = forks if depth == 2 else 2
    for number in range(count):
        angle = first + 2 * np.pi * number / count + draw.between(-0.3, 0.3)
        open_by = np.radians(spread * draw.between(0.75, 1.1))
        out = np.cos(angle) * side + np.sin(angle) * other
        new = np.cos(open_by) * way + np.sin(open_by) * out + drift + np.array([0, 0, 0.22])
        new /= np.linalg.norm(new)
        end = start + new * length * draw.between(0.8, 1.15)
        parts.append(limb(start, end, radius, 0.68 * radius, 12 if depth else 8))
        if depth > 0:
            _grow(
                draw,
                parts,
                end,
                new,
                0.72 * length,
                0.66 * radius,
                (depth - 1, forks),
                spread,
                drift,
            )


FAMILY = Family("bare_tree", build, held_out=({"form": "windswept", "forks": 4},))
