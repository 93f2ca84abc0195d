"""Bananas: single ones and bunches of three to five, angular or round; bent, ends up."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, filled
from caddis.data.families.nature_parts import lofted
from caddis.data.families.solids import union


def build(draw: Draw) -> Shape:
    """Draw one banana or a bunch; lengths are in centimetres."""
    form = draw.pick("form", ("single", "single", "bunch"))
    section = draw.pick("section", ("angular", "round"))
    thick, bend = draw.between(1.5, 2.0), draw.between(75, 125)
    if form == "single":
        solid = _banana(thick, bend, 10.0, section, draw.between(0.9, 1.15))
        solid = solid.rotate((0, 0, draw.between(-15, 15)))
        low = solid.bounding_box()[2]
        solid = solid.translate((0, 0, -low - 0.15)).trim_by_plane((0, 0, 1), 0)
        return Shape(solid, ("banana",))
    count = draw.count("count", 3, 5)
    parts = []
    for number in range(count):
        turn = (number - (count - 1) / 2) * 22.0
        one = _banana(thick, bend, 10.0, section, 1.0)
        high = one.bounding_box()
        one = one.translate((-high[0] - 0.5, 0, 0)).rotate((0, 0, turn)).translate((-9, 0, 0))
        parts.append(one)
    top = max(part.bounding_box()[5] for part in parts)
    joint = blob((-8.0, 0, top - 0.9), (1.5, 1.3, 1.2))
    solid = filled(union([*parts, joint]))
    solid = solid.translate((0, 0, -solid.bounding_box()[2] - 0.1)).trim_by_plane((0, 0, 1), 0)
    return Shape(solid, ("bananas", "bunch of bananas"))


def _banana(thick: float, bend: float, radius: float, section: str, size: float) -> Manifold:
    """Return a banana in the xz plane whose ends point up."""
    angle = np.radians(np.linspace(-90 - bend / 2 - 8, -90 + bend / 2, 17))
    share = np.linspace(0, 1, 17)
    widths = thick * np.interp(
        share,
        [0, 0.07, 0.12, 0.28, 0.5, 0.75, 0.92, 1.0],
        [0.32, 0.27, 0.4, 0.9, 1.0, 0.9, 0.5, 0.24],
    )
    corners = 5 if section == "angular" else 14
    turn = 2 * np.pi * np.arange(corners) / corners
    rings = []
    for a, w in zip(angle, widths, strict=True):
        out = radius + w * np.cos(turn)
        rings.append(np.stack([out * np.cos(a), w * np.sin(turn), out * np.sin(a)], axis=1))
    return lofted(size * np.array(rings))


FAMILY = Family("fruit", build, held_out=({"form": "bunch", "section": "round"},))
