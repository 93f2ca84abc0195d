"""Mountains: one steep peak, a chain of peaks or a volcano with a crater, on a round plinth."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import filled
from caddis.data.families.outlines import Points
from caddis.data.families.solids import minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one mountain; lengths are in hundreds of metres."""
    form = draw.pick("form", ("single peak", "chain", "volcano"))
    style = draw.pick("style", ("low-poly", "smooth"))
    wide = draw.between(9, 12)
    if form == "volcano":
        solid = _volcano(draw, wide, style).translate((0, 0, 0.06 * wide))
        return Shape(solid, ("volcano", "mountain"))
    parts = [_peak(draw, wide, draw.between(0.95, 1.5) * wide, style)]
    if form == "chain":
        count = draw.count("peaks", 2, 4)
        for number in range(count):
            size = draw.between(0.5, 0.78)
            x = (0.75 + 0.3 * (number // 2)) * wide * (1 if number % 2 else -1)
            one = _peak(draw, size * wide, size * draw.between(1.0, 1.4) * wide, style)
            parts.append(one.translate((x, draw.between(-0.3, 0.3) * wide, 0)))
        solid = filled(union(parts))
        solid = solid.translate((0, 0, -solid.bounding_box()[2]))
        return Shape(solid, ("mountains", "mountain range"))
    solid = parts[0].translate((0, 0, -parts[0].bounding_box()[2]))
    return Shape(solid, ("mountain", "peak"))


def _peak(draw: Draw, wide: float, tall: float, style: str) -> Manifold:
    """Return a cone with ridges; a style with fewer corners has larger facets."""
    rough_style = style == "low-poly"
    rings, corners = (4, draw.count("corners", 9, 13)) if rough_style else (14, 48)
    heights = np.linspace(0, 1, rings + 1)[:-1]
    side = [(wide * (1 - h) ** 1.15 + 0.02 * wide, h * tall) for h in heights]
    rim = 0.08 * wide
    ridges, turn = draw.count("ridges", 4, 6), draw.between(0, 6.28)
    rough = [draw.between(0, 6.28) for _ in range(4)]
    deep = draw.between(0.12, 0.24) * (0.5 if rough_style else 1.0)
    bump = 0.13 if rough_style else 0.06

    def carved(points: Points) -> Points:
        x, y, z = points.T
        angle, share = np.arctan2(y, x), np.clip(z / tall, 0, 1)
        fold = np.cos(ridges * angle + turn + 2.0 * share)
        fine = np.cos(3 * angle + rough[0] + 5 * share) + np.cos(7 * angle + rough[1] - 9 * share)
        grown = 1 + deep * fold + bump * fine
        lift = 0.05 * tall * np.cos(2 * angle + rough[2]) * share * (1 - share)
        return np.stack([x * grown, y * grown, z + lift], axis=1)

    return turned([(0, -rim), (wide, -rim), *side, (0, tall)], corners).warp_batch(carved)


def _volcano(draw: Draw, wide: float, style: str) -> Manifold:
    tall, mouth = draw.between(0.75, 1.05) * wide, draw.between(0.24, 0.34) * wide
    heights = np.linspace(0, 1, 6 if style == "low-poly" else 12)
    side = [(wide, -0.06 * wide)] + [
        (mouth + (wide - mouth) * (1 - h) ** 1.7, h * tall) for h in heights
    ]
    corners = 14 if style == "low-poly" else 48
    ridges, deep = draw.count("ridges", 5, 8), draw.between(0.05, 0.1)

    def carved(points: Points) -> Points:
        grown = 1 + deep * np.cos(ridges * np.arctan2(points[:, 1], points[:, 0]))
        return np.asarray(points * np.stack([grown, grown, np.ones_like(grown)], axis=1))

    cone = turned([(0, -0.06 * wide), *side, (0, tall)], corners).warp_batch(carved)
    floor = draw.between(0.62, 0.75) * tall
    crater = turned(
        [(0, floor), (0.35 * mouth, floor), (0.78 * mouth, 1.01 * tall), (0, 1.01 * tall)], corners
    )
    return minus(cone, [crater])


FAMILY = Family("mountain", build, held_out=({"form": "chain", "style": "smooth"},))
