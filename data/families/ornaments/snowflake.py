"""Snowflakes, standing: six arms with side branches, a hexagon or a star in the middle."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, OpType

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of, upright
from caddis.data.families.outlines import band, circle, regular, star


def build(draw: Draw) -> Shape:
    """Draw one snowflake of radius 10 that faces the front."""
    middle = draw.pick("middle", ("plain", "hexagon", "star", "ring"))
    tip = draw.pick("tip", ("plain", "diamond", "disc"))
    branches = draw.count("branches", 1, 4)
    wide = draw.between(0.8, 1.3)
    if branches == 4:
        wide = 0.8
    thick = draw.between(0.9, 1.8)
    angle = np.radians(draw.between(48, 62))
    parts = [band([(0, 0), (0, 9.2)], wide)]
    longest = draw.between(2.2, 3.4)
    for place in np.linspace(7.6 if branches > 1 else 6.0, 4.2 if branches > 1 else 6.0, branches):
        reach = longest * (0.65 + 0.35 * (8 - place) / 4)
        ends = [(side * reach * np.sin(angle), place + reach * np.cos(angle)) for side in (-1, 1)]
        parts += [band([(0, place), end], 0.85 * wide) for end in ends]
    if tip == "diamond":
        parts.append(regular(4, 1.5).rotate(45).translate((0, 9.4)))
    elif tip == "disc":
        parts.append(circle(1.1, 24).translate((0, 9.4)))
    arm = CrossSection.batch_boolean(parts, OpType.Add)
    outline = ring_of(arm.rotate(-90), 6, 0)
    size = draw.between(2.2, 3.2)
    if middle == "hexagon":
        outline += regular(6, size)
    elif middle == "star":
        outline += star(6, 1.25 * size, 0.7 * size)
    elif middle == "ring":
        outline += circle(size + 0.45) - circle(size - 0.45)
    solid = upright(outline.extrude(thick))
    return Shape(solid, ("snowflake", "snow crystal", "snowflake ornament"))


FAMILY = Family(
    "snowflake", build,
    held_out=({"middle": "star", "branches": 2}, {"middle": "ring", "tip": "disc"}),
)  # fmt: skip
