"""Shields: round, kite or heater shaped, with a rim, a boss or a cross, standing upright."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import slab, union


def build(draw: Draw) -> Shape:
    """Draw one shield, its front towards -y; lengths are in decimetres."""
    form = draw.pick("form", ("round", "heater", "kite"))
    sign = draw.pick("sign", ("boss", "cross", "band"))
    size, thick = draw.between(2.6, 3.4), draw.between(0.28, 0.4)
    outline = _outline(form, size)
    face = slab(outline, thick)
    rim = slab(outline - outline.offset(-0.25), thick + 0.2)
    parts = [face, rim]
    if sign == "boss":
        middle = 0.1 * size if form != "round" else 0.0
        dome = Manifold.sphere(0.3 * size, 32).scale((1, 1, 0.7)).translate((0, middle, thick))
        parts.append(dome.trim_by_plane((0, 0, 1), 0.05))
        for number in range(8):
            angle = 2 * np.pi * number / 8
            rivet = Manifold.sphere(0.12, 12).translate(
                (0.45 * size * np.cos(angle), middle + 0.45 * size * np.sin(angle), thick)
            )
            parts.append(rivet)
    else:
        marks = [outlines.rectangle(0.22 * size, 4 * size)]
        if sign == "cross":
            marks.append(outlines.rectangle(4 * size, 0.22 * size).translate((0, 0.2 * size)))
        else:
            marks = [outlines.rectangle(0.3 * size, 5 * size).rotate(40)]
        parts += [slab(mark ^ outline, thick + 0.15) for mark in marks]
    solid = union(parts).rotate((90, 0, 0))
    return Shape(solid, ("shield", f"{form} shield"), {"holes": 0})


def _outline(form: str, size: float) -> CrossSection:
    if form == "round":
        return outlines.circle(size)
    tip = 1.35 if form == "heater" else 1.9
    right = outlines.smooth(
        [
            (0.9 * size, 0.9 * size),
            (0.88 * size, 0.1 * size),
            (0.5 * size, -0.45 * tip * size),
            (0.02, -tip * size),
        ],
        6,
    )
    top = [(-0.9 * size, 0.9 * size), (0, (1.0 if form == "heater" else 1.15) * size)]
    left = [(-x, y) for x, y in right[::-1]]
    return outlines.polygon([*right, *left, *top[1:]])


FAMILY = Family("shield", build, held_out=({"form": "kite", "sign": "cross"},))
