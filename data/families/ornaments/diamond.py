"""Cut gems, on their point, on a stand or lying on the table: brilliants, step cuts and drops."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rectangle, regular
from caddis.data.families.solids import turned


def build(draw: Draw) -> Shape:
    """Draw one gem of radius 5."""
    cut = draw.pick("cut", ("brilliant", "plain", "emerald", "drop"))
    pose = draw.pick("pose", ("on its point", "on its point", "on a stand", "table down"))
    sides = draw.count("sides", 5, 8)
    pavilion, crown = draw.between(4.4, 6.2), draw.between(1.6, 2.6)
    table = draw.between(0.5, 0.66)
    if cut == "emerald":
        ratio = draw.between(0.62, 0.85)
        girdle = rectangle(10, 10 * ratio) ^ rectangle(
            11.5 * (1 + ratio) / 2, 11.5 * (1 + ratio) / 2
        ).rotate(45)
        levels = [(0.06, 0), (0.55, 0.55 * pavilion), (0.85, 0.85 * pavilion), (1, pavilion),
                  (1, pavilion + 0.4), (0.85, pavilion + 0.4 + 0.5 * crown),
                  (table + 0.08, pavilion + 0.4 + crown)]  # fmt: skip
        solid = _stacked(girdle, levels)
        nouns: tuple[str, ...] = ("emerald-cut gem", "gem", "jewel")
    elif cut == "drop":
        angle = np.linspace(0, 2 * np.pi, 2 * sides, endpoint=False)
        shape = np.stack([4.2 * np.sin(angle) * np.sin(angle / 2) ** 0.8,
                          -5 * np.cos(angle)], axis=1)  # fmt: skip
        girdle = polygon(shape).hull()
        solid = _stacked(girdle, [(0.06, 0), (1, pavilion), (1, pavilion + 0.4),
                                  (table, pavilion + 0.4 + crown)])  # fmt: skip
        nouns = ("pear-cut gem", "teardrop gem", "gem")
    elif cut == "brilliant":
        solid = _brilliant(sides, pavilion, crown, table)
        nouns = ("diamond", "brilliant", "gem")
    else:
        solid = _stacked(regular(sides, 5), [(0.05, 0), (1, pavilion), (1, pavilion + 0.3),
                                             (table, pavilion + 0.3 + crown)])  # fmt: skip
        nouns = ("diamond", "cut gem", "jewel")
    if pose == "table down":
        solid = solid.rotate((180, 0, 0)).translate((0, 0, solid.bounding_box()[5]))
    elif pose == "on a stand":
        high, wide = draw.between(2, 5), draw.between(2.6, 3.6)
        foot = turned([(0, 0), (wide, 0), (wide, 0.8), (1.1, 1.3), (0.9, high), (1.6, high + 1.6),
                       (0, high + 1.6)])  # fmt: skip
        solid = foot + solid.translate((0, 0, high + 0.1))
        nouns = (f"{nouns[0]} on a stand", *nouns[:2])
    return Shape(solid, nouns, {"holes": 0})


def _stacked(outline: CrossSection, levels: list[tuple[float, float]]) -> Manifold:
    """Return the convex hull of an outline at several scales and heights."""
    return Manifold.batch_hull([
        outline.scale((size, size)).extrude(0.02).translate((0, 0, height))
        for size, height in levels
    ])  # fmt: skip


def _brilliant(sides: int, pavilion: float, crown: float, table: float) -> Manifold:
    """Return a gem whose facets are rotated from level to level."""
    half = 180.0 / sides
    girdle = regular(2 * sides, 5).extrude(0.3).translate((0, 0, pavilion))
    star = regular(sides, 5 * (0.5 + 0.5 * table)).rotate(half).extrude(0.02)
    top = regular(sides, 5 * table).extrude(0.02).translate((0, 0, pavilion + 0.3 + crown))
    lower = regular(sides, 2.7).rotate(half).extrude(0.02).translate((0, 0, 0.47 * pavilion))
    point = circle(0.28, 8).extrude(0.02)
    upper = star.translate((0, 0, pavilion + 0.3 + 0.62 * crown))
    return Manifold.batch_hull([girdle, upper, top, lower, point])


FAMILY = Family("diamond", build, held_out=({"cut": "emerald", "pose": "on its point"},))
