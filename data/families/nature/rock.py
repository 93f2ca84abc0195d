"""Low-poly rocks: boulders, slabs, pillars and groups of stones with flat facets."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import union

_HALF = {"boulder": (5.0, 4.4, 4.0), "slab": (6.0, 4.8, 2.6), "pillar": (2.6, 2.4, 6.4)}


def build(draw: Draw) -> Shape:
    """Draw one rock or a few; lengths are in decimetres."""
    form = draw.pick("form", tuple(_HALF))
    group = draw.pick("group", ("single", "single", "three"))
    facets = draw.count("facets", 16, 34)
    half = np.array(_HALF[form]) * [draw.between(0.8, 1.2) for _ in range(3)]
    parts = [_rock(draw, half, facets, form == "pillar")]
    if group == "three":
        for way in (1, -1):
            size = draw.between(0.35, 0.6)
            small = _rock(draw, half * size * (1, 1, 1.1), max(12, facets // 2), form == "pillar")
            out = 0.8 * half[0]
            parts.append(small.translate((way * out, draw.between(-0.45, 0.0) * half[1], 0)))
    solid = union(parts)
    nouns = ("rock", f"low-poly {form}" if form == "boulder" else f"rock {form}")
    return Shape(solid, nouns if group == "single" else ("rocks", f"group of {form}s"))


def _rock(draw: Draw, half: np.ndarray, facets: int, upright: bool) -> Manifold:
    """Return the hull of points scattered over an ellipsoid, cut flat at its foot."""
    number = np.arange(facets) + 0.5
    tilt, turn = np.arccos(1 - 2 * number / facets), 2.4 * np.pi * number
    way = np.stack([np.sin(tilt) * np.cos(turn), np.sin(tilt) * np.sin(turn), np.cos(tilt)], axis=1)
    rough = np.array([draw.between(0.78, 1.12) for _ in range(facets)])
    sway = np.array([[draw.between(-0.12, 0.12) for _ in range(3)] for _ in range(facets)])
    points = (way * rough[:, None] + sway) * half
    if upright:
        points[:, :2] *= 1.15 - 0.3 * points[:, 2:] / half[2]
    solid = Manifold.hull_points(points)
    return solid.translate((0, 0, (0.75 if upright else 0.35) * half[2])).trim_by_plane(
        (0, 0, 1), 0.0
    )


FAMILY = Family("rock", build, held_out=({"form": "slab", "group": "three"},))
