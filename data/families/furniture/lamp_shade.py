"""Lamp shades: cones, drums, bells and panelled or scalloped shades on a ring with spokes."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import lamp_shade as shade
from caddis.data.families.outlines import circle, polygon, rectangle, regular, smooth
from caddis.data.families.solids import slab, union


def build(draw: Draw) -> Shape:
    """Draw one lamp shade; lengths are in centimetres."""
    form = draw.pick("form", ("cone", "drum", "bell"))
    outline = draw.pick("outline", ("round", "square", "hexagonal", "pleated"))
    radius, height = draw.between(13, 22), draw.between(15, 28)
    wall = 0.024 * max(2 * radius, height)
    top = {"cone": draw.between(0.35, 0.66), "drum": 1.0, "bell": draw.between(0.34, 0.48)}[form]
    sizes = [1.0, top]
    if form == "bell":
        curve = smooth([(1.0, 0.0), (0.7, 0.3), (1.12 * top, 0.7), (top, 1.0)], 8)
        sizes = [float(size) for size in np.interp(np.linspace(0, 1, 9), curve[:, 1], curve[:, 0])]
    edge = _outline(outline, radius)
    parts = [shade(edge, sizes, height, wall, 0.16 * radius)]
    if outline != "pleated" and draw.chance("rims", 0.6):
        for z, size in ((0.0, 1.0), (height - 1.2 * wall, top)):
            line = edge.scale((size, size))
            rim = line.offset(0.4 * wall) - line.offset(-0.9 * wall)
            parts.append(slab(rim, 1.2 * wall, (0, 0, z)))
    claims: dict[str, str | bool] = {}
    if outline != "pleated":
        claims["body"] = outline
    if form != "bell":
        claims["conical"] = form == "cone"
    nouns = ("lampshade", f"{outline} lampshade")
    return Shape(union(parts), nouns, claims)


def _outline(name: str, radius: float) -> CrossSection:
    if name == "square":
        return rectangle(1.8 * radius, 1.8 * radius, 0.1 * radius)
    if name == "hexagonal":
        return regular(6, 1.05 * radius)
    if name == "round":
        return circle(radius)
    angles = np.linspace(0, 2 * np.pi, 80, endpoint=False)
    swing = radius * (1 + 0.045 * np.cos(20 * angles))
    return polygon(np.stack([swing * np.cos(angles), swing * np.sin(angles)], axis=1))


FAMILY = Family(
    "lamp_shade", build,
    held_out=({"form": "drum", "outline": "hexagonal"}, {"form": "bell", "outline": "square"}),
)  # fmt: skip
