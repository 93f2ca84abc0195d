"""Palms: a straight or curved ringed trunk under a crown of long leaves; some with coconuts."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, filled
from caddis.data.families.nature_parts import leaf_blade
from caddis.data.families.outlines import Points
from caddis.data.families.solids import around, turned, union


def build(draw: Draw) -> Shape:
    """Draw one palm; lengths are in decimetres."""
    trunk = draw.pick("trunk", ("straight", "curved"))
    ground = draw.pick("ground", ("none", "island", "disc"))
    tall, radius = draw.between(32, 52), draw.between(2.0, 3.0)
    lean = draw.between(8, 16) if trunk == "curved" else 0.0
    rings = draw.count("rings", 6, 10)

    def bent(points: Points) -> Points:
        share = np.clip(points[:, 2] / tall, 0, 1)
        points[:, 0] += lean * share**1.7
        return points

    side: list[tuple[float, float]] = []
    for ring in range(rings):
        z, wide = tall * ring / rings, radius * (1.25 - 0.6 * ring / rings)
        side += [(0.78 * wide, z + 0.01), (wide, z + 0.85 * tall / rings)]
    stem = turned([(0, 0), *side, (0.6 * radius, tall), (0, tall)], 28).warp_batch(bent)
    count = draw.count("leaves", 6, 9)
    length, wide = draw.between(15, 22), draw.between(5, 7.5)
    leaf = leaf_blade(length, wide, 1.5, draw.between(0.35, 0.7) * length)
    crown = [
        around(leaf.translate((0.3, 0, -0.4)), count, draw.between(0, 60)),
        around(leaf.scale((0.7, 0.8, 1)).rotate((0, -28, 0)), max(count - 3, 4), 20.0),
        blob((0, 0, 0), 1.15 * radius),
    ]
    if draw.chance("coconuts", 0.5):
        nut = blob((1.15 * radius, 0, -0.8 * radius), 0.62 * radius, 20)
        crown.append(around(nut, draw.count("nuts", 3, 4), 30.0))
    parts = [stem, union(crown).translate((lean, 0, tall))]
    parts += _ground(draw, ground, radius)
    solid = filled(union(parts))
    nouns = ("palm tree", "palm tree on an island" if ground == "island" else f"{trunk} palm tree")
    return Shape(solid.translate((0, 0, -solid.bounding_box()[2])), nouns)


def _ground(draw: Draw, ground: str, radius: float) -> list[Manifold]:
    wide = draw.between(3.2, 5.0) * radius
    if ground == "island":
        hill = blob((0.15 * wide, 0, -0.5), (1.5 * wide, 1.2 * wide, 0.38 * wide), 36)
        return [hill.trim_by_plane((0, 0, 1), -0.5)]
    if ground == "disc":
        return [Manifold.cylinder(1.6, wide, 0.92 * wide, 40).translate((0, 0, -1.2))]
    return []


FAMILY = Family("palm_tree", build, held_out=({"trunk": "straight", "ground": "island"},))
