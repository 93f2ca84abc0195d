"""Columns: Doric, Ionic, Corinthian or twisted, whole or broken off."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold, OpType

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, smooth
from caddis.data.families.solids import around, box, cylinder, minus, rod, turned, union


def _shaft(draw: Draw, radius: float, height: float) -> Manifold:
    """Return a smooth, fluted or twisted shaft which tapers a little."""
    surface = draw.pick("surface", ("smooth", "fluted", "twisted"))
    top = draw.between(0.8, 0.9)
    if surface == "smooth":
        return cylinder(radius, height, (0, 0, 0), top * radius)
    if surface == "twisted":
        lobe = circle(0.62 * radius, 20).translate((0.4 * radius, 0))
        outline = CrossSection.batch_boolean(
            [lobe.rotate(120 * n) for n in range(3)], OpType.Add)  # fmt: skip
        return outline.extrude(height, 40, draw.between(360, 720), (top, top))
    count = draw.count("flutes", 12, 20)
    groove = circle(np.pi * radius / count * 0.78, 12).translate((radius * 1.02, 0))
    flutes = [groove.rotate(360 * n / count) for n in range(count)]
    outline = circle(radius, 64) - CrossSection.batch_boolean(flutes, OpType.Add)
    return outline.extrude(height, scale_top=(top, top))


def _capital(order: str, r: float) -> Manifold:
    """Return a capital on z = 0 for a shaft of radius `r`."""
    if order == "doric":
        bell = turned([(0, -0.1), (r, -0.1), (1.1 * r, 0.15 * r), (1.02 * r, 0.2 * r),
                       *smooth([(1.02 * r, 0.25 * r), (1.4 * r, 0.6 * r), (1.5 * r, 0.8 * r)]),
                       (0, 0.8 * r)])  # fmt: skip
        return bell + box((3.1 * r, 3.1 * r, 0.5 * r), (0, 0, 0.75 * r))
    if order == "ionic":
        spot, size = 1.25 * r, 0.62 * r
        parts = [cylinder(r, 0.9 * r, (0, 0, -0.1), 1.05 * r),
                 box((2.5 * r, 2.1 * r, 0.55 * r), (0, 0, 0.5 * r)),
                 box((3.2 * r, 2.6 * r, 0.35 * r), (0, 0, 1.02 * r))]  # fmt: skip
        cuts = []
        for x in (-spot, spot):
            parts.append(rod((x, -1.2 * r, 0.48 * r), (x, 1.2 * r, 0.48 * r), size))
            for y in (-1.2 * r, 1.2 * r):
                ring = rod((x, y - 0.1 * r, 0.48 * r), (x, y + 0.1 * r, 0.48 * r), 0.75 * size)
                cuts.append(minus(ring, [rod((x, y - r, 0.48 * r), (x, y + r, 0.48 * r),
                                             0.42 * size)]))  # fmt: skip
        return minus(union(parts), cuts)
    bell = turned([(0, -0.1), (r, -0.1), *smooth([(0.95 * r, 0.2 * r), (1.02 * r, 1.3 * r),
                                                  (1.5 * r, 2.2 * r)]), (0, 2.2 * r)])  # fmt: skip
    leaf = Manifold.batch_hull([
        box((0.75 * r, 0.3 * r, 0.2 * r), (0, -0.95 * r, 0)),
        box((0.5 * r, 0.3 * r, 0.2 * r), (0, -1.2 * r, 0.85 * r)),
    ])  # fmt: skip
    curl = rod((-0.25 * r, -1.32 * r, 0.95 * r), (0.25 * r, -1.32 * r, 0.95 * r), 0.22 * r)
    low, high = leaf + curl, (leaf + curl).scale((1.05, 1.12, 1)).translate((0, 0, 0.95 * r))
    corner = rod((0, -1.3 * r, 1.7 * r), (0, -1.9 * r, 2.25 * r), 0.28 * r)
    top = box((3 * r, 3 * r, 0.4 * r), (0, 0, 2.15 * r))
    return union([bell, around(low, 8), around(high, 8, 22.5), around(corner, 4, 45), top])


def build(draw: Draw) -> Shape:
    """Draw one column; lengths are in centimetres."""
    order = draw.pick("order", ("doric", "ionic", "corinthian"))
    radius = draw.between(3.2, 5)
    height = radius * draw.between(8, 13)
    shaft = _shaft(draw, radius, height)
    foot = draw.pick("base", ("square", "round"))
    step = 0.5 * radius
    moulding = turned([(0, 0), (1.35 * radius, 0), (1.45 * radius, 0.2 * radius),
                       (1.3 * radius, 0.42 * radius), (1.1 * radius, 0.5 * radius),
                       (1.2 * radius, 0.68 * radius), (1.02 * radius, 0.85 * radius),
                       (0, 0.85 * radius)])  # fmt: skip
    size = 3.3 * radius
    plinth = box((size, size, step + 0.1)) if foot == "square" else cylinder(size / 2, step + 0.1)
    parts = [plinth, moulding.translate((0, 0, step)), shaft.translate((0, 0, step + 0.5))]
    broken = draw.chance("broken", 0.2)
    whole = union(parts)
    if broken:
        top = draw.between(0.45, 0.75) * height
        tilt = np.radians(draw.between(18, 32))
        ragged = box((9 * radius, 9 * radius, 2 * height)).rotate((np.degrees(tilt), 25, 0))
        cut = ragged.translate((0, 0, top))
        chip = box((2.4 * radius, 9 * radius, height), (1.1 * radius, 0, 0.88 * top))
        whole = minus(whole, [cut, chip.rotate((0, 14, 40))])
        return Shape(whole, ("column", "broken column"))
    capital = _capital(order, 0.92 * radius)
    whole = union([whole, capital.translate((0, 0, step + 0.4 + height))])
    return Shape(whole, ("column", f"{order.capitalize()} column".lower(), "pillar"))


FAMILY = Family("column", build, held_out=({"order": "ionic", "surface": "twisted"},))
