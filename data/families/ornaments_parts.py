"""Parts shared by the families of ornaments: emblems, raised rims and bases."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw
from caddis.data.families.glyphs_parts import brush, glyph
from caddis.data.families.outlines import Points, circle, polygon, rectangle, rounded, star
from caddis.data.families.solids import box, cylinder

EMBLEMS = ("star", "heart", "crown", "cross", "moon", "number")


def cushion(outline: CrossSection, thick: float, bevel: float, inset: float) -> Manifold:
    """Extrude a star-shaped outline; both rims slope inwards by the share `inset` of its size."""
    rim = outline.extrude(bevel, 0, 0, (1 - inset, 1 - inset))
    middle = outline.extrude(thick - 2 * bevel + 0.02).translate((0, 0, bevel - 0.01))
    return (
        middle
        + rim.translate((0, 0, thick - bevel))
        + rim.mirror((0, 0, 1)).translate((0, 0, bevel))
    )


def puffed(outline: CrossSection, thick: float, roundness: float = 1.0) -> Manifold:
    """Return a pillow over a star-shaped outline; a lower `roundness` makes its rim steeper."""

    def bulged(points: Points) -> Points:
        x, y, share = points.T
        angle = np.radians(84 * (2 * share - 1))
        slim = np.cos(angle) ** roundness
        return np.stack([x * slim, y * slim, thick / 2 * (1 + np.sin(angle))], axis=1)

    return outline.extrude(1.0, 12).warp_batch(bulged)


def heart(size: float) -> CrossSection:
    """Return a heart, about `size` high and wide, its tip towards -y."""
    angle = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    x = 16 * np.sin(angle) ** 3
    y = 13 * np.cos(angle) - 5 * np.cos(2 * angle) - 2 * np.cos(3 * angle) - np.cos(4 * angle)
    return polygon(np.stack([x, y + 2.5], axis=1) * size / 31)


def crescent(radius: float, hollow: float, shift: float) -> CrossSection:
    """Return a moon open to the right; `hollow` and `shift` are shares of the radius."""
    moon = circle(radius, 72) - circle(hollow * radius, 72).translate((shift * radius, 0))
    return rounded(moon, 0.03 * radius)


def emblem(draw: Draw, size: float) -> CrossSection:
    """Choose an emblem for a coin or a medal, about `size` high."""
    kind = draw.pick("emblem", EMBLEMS)
    half = size / 2
    if kind == "star":
        return star(5, 1.1 * half, 0.48 * half)
    if kind == "heart":
        return heart(size)
    if kind == "moon":
        return crescent(half, 0.8, 0.42)
    if kind == "cross":
        return rectangle(size, 0.3 * size, 0.05 * size) + rectangle(0.3 * size, size, 0.05 * size)
    if kind == "number":
        sign = str(draw.count("number", 0, 9))
        return glyph(sign, brush("round", 0.2)).scale((0.85 * size, 0.85 * size))
    crown = [(-1, -0.7), (1, -0.7), (1.1, 0.6), (0.5, 0), (0, 0.9), (-0.5, 0), (-1.1, 0.6)]
    return polygon(np.array(crown) * half)


def base(draw: Draw, width: float, depth: float, high: float) -> Manifold:
    """Return a base, a box or an oval disc, from -`high` to a little above z = 0."""
    if draw.pick("base", ("box", "oval")) == "box":
        return box((width, depth, high), (0, 0, -0.94 * high), 0.1 * depth)
    return cylinder(0.5, high, (0, 0, -0.94 * high), 0.46).scale((1.1 * width, 1.3 * depth, 1))
