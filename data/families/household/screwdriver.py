"""Screwdrivers: a fluted, faceted or bulbous grip, a shaft and a flat or cross tip."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle, smooth
from caddis.data.families.solids import cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one screwdriver that lies along x, its tip to the right; lengths in centimetres."""
    grip = draw.pick("grip", ("fluted", "faceted", "bulbous"))
    tip = draw.pick("tip", ("flat", "cross"))
    stubby = draw.chance("stubby", 0.2)
    thick = draw.between(1.5, 1.9)
    long = draw.between(7, 8.5) if stubby else draw.between(9, 11)
    shaft = draw.between(3.5, 5) if stubby else draw.between(9, 14)
    radius = draw.between(0.4, 0.55)
    parts = [_grip(grip, thick, long), cylinder(radius, shaft + 0.5, (0, 0, long - 0.5))]
    if draw.chance("collar", 0.5):
        parts.append(cylinder(0.95, 1.2, (0, 0, long - 0.3), 0.75))
    parts.append(_tip(tip, radius).translate((0, 0, long + shaft)))
    return Shape(union(parts).rotate((0, 90, 0)), ("screwdriver",), {"holes": 0})


def _grip(style: str, thick: float, long: float) -> Manifold:
    """Return an upright handle that ends at z = long."""
    if style == "bulbous":
        curve = smooth([(0.6 * thick, 0), (1.05 * thick, 0.1 * long), (1.15 * thick, 0.3 * long),
                        (0.72 * thick, 0.72 * long), (0.95 * thick, 0.88 * long),
                        (0.7 * thick, long)], 4)  # fmt: skip
        return turned([(0, 0), *curve, (0, long)], 32)
    if style == "faceted":
        curve = np.array([(0.7, 0), (1.05, 0.1), (1.05, 0.7), (0.66, 0.8), (0.9, 0.92), (0.6, 1)])
        curve = curve * (thick, long)
        return turned([(0, 0), *curve, (0, long)], 6)
    ends = [(0.62 * thick, 0), (0.92 * thick, 0.04 * long), (thick, 0.12 * long),
            (thick, 0.86 * long), (0.62 * thick, long)]  # fmt: skip
    body = turned([(0, 0), *ends, (0, long)])
    angles = np.arange(6) * np.pi / 3
    flutes = [
        circle(0.3 * thick, 20).extrude(0.62 * long).translate(
            (1.1 * thick * np.cos(a), 1.1 * thick * np.sin(a), 0.16 * long))
        for a in angles
    ]  # fmt: skip
    return minus(body, flutes)


def _tip(style: str, radius: float) -> Manifold:
    """Return the end of the shaft, from a little below z = 0."""
    root = circle(radius, 24).extrude(0.1).translate((0, 0, -0.2))
    if style == "flat":
        blade = rectangle(0.55, 2.6 * radius).extrude(0.1)
        shoulder = Manifold.batch_hull([root, blade.translate((0, 0, 1.0))])
        return Manifold.batch_hull([shoulder.trim_by_plane((0, 0, 1), 0.9),
                                    blade.translate((0, 0, 2.0))]) + shoulder  # fmt: skip
    wide = cylinder(1.5 * radius, 1.3, (0, 0, -0.2)) + cylinder(1.5 * radius, 1.0, (0, 0, 1.1), 0.3)
    notch = rectangle(1.2 * radius, 1.2 * radius).translate((1.05 * radius, 1.05 * radius))
    cuts = [notch.rotate(90 * n).extrude(4).translate((0, 0, 0.1)) for n in range(4)]
    return minus(wide, cuts)


FAMILY = Family("screwdriver", build, held_out=({"grip": "bulbous", "tip": "cross"},))
