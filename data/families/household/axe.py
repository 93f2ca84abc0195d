"""Axes: hatchet, felling axe, bearded axe or double axe on a straight or curved handle."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, polygon, rectangle, rounded, smooth
from caddis.data.families.solids import box, slab

_HALVES = {
    "hatchet": ((-2.2, 1), (2.2, 1), (2.4, -2), (3.4, -6), (1, -6.7), (-1.4, -6.5), (-3.4, -5.6),
                (-2.2, -2.5)),
    "felling": ((-2, 1), (2, 1), (2.2, -2), (4, -7), (2, -7.9), (0, -8.1), (-2, -7.9), (-4, -7),
                (-2.2, -2)),
    "bearded": ((-1.6, 1), (1.8, 1), (2, -2), (4, -6.6), (1.5, -7.6), (-2, -7.5), (-6.2, -6.2),
                (-5.2, -4.4), (-2.6, -3.6), (-1.6, -1.6)),
    "double": ((-2, 0), (2, 0), (2, -1.8), (5, -6), (2.6, -7.6), (0, -8.1), (-2.6, -7.6), (-5, -6),
               (-2, -1.8)),
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one axe that lies along x, head at the right, edge to the front; centimetres."""
    head = draw.pick("head", tuple(_HALVES))
    handle = draw.pick("handle", ("straight", "curved"))
    length = draw.between(17, 22) if head == "hatchet" else draw.between(22, 30)
    wide = draw.between(0.85, 1.2)
    bit = polygon(np.array(_HALVES[head]) * (draw.between(1.15, 1.45), draw.between(1.05, 1.25)))
    bend = 0.05 * length if handle == "curved" else 0.0
    knots = [(-1, 1.3), (-0.9, 0.9), (-0.62, -0.5), (-0.3, 0.4), (0, 0), (0.11, 0)]
    line = smooth(np.array(knots) * (length, bend), 4)
    stick = band(line, 2.0 * wide) + band(line[:4], 2.7 * wide)
    thick = draw.between(1.7, 2.2)
    solid = slab(stick, thick, (0, 0, -thick / 2))
    back = 1.15 * thick
    blade = _bit(bit, back)
    if head == "double":
        blade += blade.mirror((0, 1, 0))
    elif head == "hatchet" or draw.chance("poll", 0.6):
        blade += box((3.8, 2.2, 1.3 * back), (0, 1.6, -0.65 * back), 0.4)
    eye = slab(rounded(rectangle(4.4, 3.4), 0.5), 1.5 * back, (0, 0, -0.75 * back), 0.2)
    nouns = {
        "hatchet": ("hatchet", "axe"), "felling": ("axe", "felling axe"),
        "bearded": ("axe", "battle axe"), "double": ("double axe", "axe", "battle axe"),
    }  # fmt: skip
    return Shape(solid + blade + eye, nouns[head], {"holes": 0})


def _bit(outline: CrossSection, back: float) -> Manifold:
    """Return one half of the head, thick at the handle and thin at its edge."""
    wedge = polygon([(-10.5, 0.35), (2, 0.62 * back), (2, -0.62 * back), (-10.5, -0.35)])
    side = wedge.extrude(30).rotate((90, 0, 90)).translate((-15, 0, 0))
    return outline.extrude(9).translate((0, 0, -4.5)) ^ side


FAMILY = Family("axe", build, held_out=({"head": "double", "handle": "curved"},))
