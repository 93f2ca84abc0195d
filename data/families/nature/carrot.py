"""Carrots: long, stubby or crooked, ringed, with a tuft of leaves; lying or standing on its tip."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.nature_parts import leaf_blade
from caddis.data.families.outlines import Points
from caddis.data.families.solids import around, cylinder, turned, union


def build(draw: Draw) -> Shape:
    """Draw one carrot; lengths are in centimetres."""
    form = draw.pick("form", ("long", "stubby", "crooked"))
    pose = draw.pick("pose", ("lying", "standing"))
    radius = draw.between(1.7, 2.3)
    long = draw.between(6, 8) if form == "stubby" else draw.between(11, 16)
    rings = draw.count("rings", 4, 8)
    bend = draw.between(1.2, 2.4) if form == "crooked" else 0.0
    heights = np.linspace(0, 1, 3 * rings + 1)
    blunt = 0.55 if form == "stubby" else 0.8
    side = []
    for number, share in enumerate(heights[1:-1]):
        groove = 0.93 if number % 3 == 1 else 1.0
        side.append((radius * groove * (0.12 + 0.88 * share**blunt), share * long))

    def bent(points: Points) -> Points:
        points[:, 1] += bend * np.cos(2.4 * points[:, 2] / long)
        return points

    body = turned(
        [
            (0, 0),
            *side,
            (0.96 * radius, 0.985 * long),
            (0.6 * radius, long + 0.25 * radius),
            (0, long + 0.3 * radius),
        ],
        36,
    ).warp_batch(bent)
    crown = _leaves(draw, radius).translate((0, bend * np.cos(2.4), long + 0.2 * radius))
    solid = body + crown
    if pose == "lying":
        solid = solid.rotate((0, 90, 0)).rotate((0, 0, 90 * 2))
        floor = -0.93 * radius
        solid = solid.translate((0, 0, -floor)).trim_by_plane((0, 0, 1), 0)
    else:
        solid += cylinder(1.3 * radius + bend, 1.0, (0, bend, -0.4), 1.1 * radius + bend)
        solid = solid.translate((0, 0, 0.4))
    return Shape(solid, ("carrot", f"{form} carrot"))


def _leaves(draw: Draw, radius: float) -> Manifold:
    style = draw.pick("leaves", ("stalks", "blades"))
    count, length = draw.count("leaf_count", 4, 6), draw.between(4.5, 7)
    if style == "blades":
        blade = leaf_blade(length, 0.36 * length, 0.7, 0.1 * length).rotate((0, -62, 0))
        return union(
            [
                around(blade.translate((0.1 * radius, 0, -0.4)), count, 20.0),
                limb((0, 0, -0.4), (0, 0, 0.75 * length), 0.5, 0.25),
            ]
        )
    parts = []
    for number in range(count):
        angle, out = 2 * np.pi * number / count, draw.between(0.25, 0.5) * length
        tip = np.array([out * np.cos(angle), out * np.sin(angle), length * draw.between(0.8, 1.05)])
        parts.append(limb((0, 0, -0.4), tip, 0.42, 0.36, 12))
        parts += [blob(tip * share, (0.75, 0.75, 0.95), 12) for share in (0.62, 0.85, 1.05)]
    return union(parts)


FAMILY = Family("vegetable", build, held_out=({"form": "stubby", "pose": "standing"},))
