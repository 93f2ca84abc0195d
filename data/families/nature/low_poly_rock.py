"""Rocks and boulders: hulls of a few random points, flat, tall or in a group of two or three."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from data.families.family import Draw, Family, Shape
from data.families.solids import union


def build(draw: Draw) -> Shape:
    """Draw one rock that lies on flat ground; lengths are in metres."""
    form = draw.pick("form", ("boulder", "slab", "pillar"))
    facets = draw.pick("facets", ("coarse", "fine"))
    count = draw.count("stones", 1, 3)
    points = 18 if facets == "coarse" else 40
    stones = [_stone(draw, form, points)]
    for number in range(1, count):
        scale, angle = draw.between(0.45, 0.65), 2.4 * number + draw.between(0, 1)
        stone = _stone(draw, form, points).scale((scale, scale, scale))
        reach = {"boulder": 0.42, "slab": 0.46, "pillar": 0.15}[form]
        stones.append(stone.translate((reach * np.cos(angle), reach * np.sin(angle), 0)))
    solid = union(stones).trim_by_plane((0, 0, 1), 0.05)
    nouns = {"boulder": ("rock", "boulder"), "slab": ("flat rock", "rock"),
             "pillar": ("standing stone", "rock")}[form]  # fmt: skip
    return Shape(solid, nouns if count == 1 else ("rocks", "group of rocks"))


def _stone(draw: Draw, form: str, points: int) -> Manifold:
    around = np.array([[draw.between(-1, 1) for _ in range(3)] for _ in range(points)])
    around /= np.linalg.norm(around, axis=1, keepdims=True)
    around *= np.array([[draw.between(0.88, 1.0)] for _ in range(points)])
    stretch = {"boulder": (1, 0.85, 0.8), "slab": (1.2, 0.9, 0.35), "pillar": (0.5, 0.45, 1.5)}[
        form
    ]
    return Manifold.hull_points(around * stretch).translate((0, 0, 0.4 * stretch[2]))


FAMILY = Family("rock", build, held_out=({"form": "slab", "facets": "fine"},))
