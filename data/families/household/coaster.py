"""Coasters: round, square or hexagonal, with a rim and a pattern, alone or stacked in a holder."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, OpType

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import outline_of
from caddis.data.families.outlines import circle, rectangle, regular, star
from caddis.data.families.solids import around, box, minus, slab, union


def build(draw: Draw) -> Shape:
    """Draw one coaster or a holder full of them; lengths are in centimetres."""
    form = draw.pick("form", ("round", "square", "hexagonal"))
    pattern = draw.pick("pattern", ("rings", "star", "cells", "stripes"))
    width, thick = draw.between(9, 11), draw.between(0.7, 1.0)
    outline = outline_of(form, width, width, 0.1)
    field = outline.offset(-0.55)
    motif = _pattern(pattern, width) ^ field.offset(-0.3)
    sunk = field.extrude(1).translate((0, 0, thick - 0.3))
    top = minus(slab(outline, thick, (0, 0, 0), 0.12), [sunk])
    top += motif.extrude(0.4).translate((0, 0, thick - 0.45))
    if not draw.chance("stack", 0.35):
        return Shape(top, ("coaster", f"{form} coaster"), {"holes": 0})
    count = draw.count("stacked", 4, 6)
    parts = [slab(outline.offset(0.7), 0.8, (0, 0, 0), 0.15)]
    step = thick + 0.2
    for number in range(count):
        one = top if number == count - 1 else slab(outline, thick, (0, 0, 0), 0.12)
        parts.append(one.translate((0, 0, 0.6 + number * step)))
        parts.append(slab(outline.offset(-0.25), 0.6, (0, 0, 0.3 + number * step)))
    tall = 0.6 + draw.between(0.9, 1.15) * count * step
    post = box((1.0, 2.6, tall), (0, 0, 0.1), 0.3)
    sides = 4 if form == "square" else 3
    first, inner = (0, 0.5) if form == "square" else (90, 0.5 if form == "round" else 0.433)
    parts.append(around(post.translate((inner * width + 0.3, 0, 0)), sides, first))
    return Shape(union(parts), ("coaster set", "stack of coasters", "coasters"), {})


def _pattern(name: str, width: float) -> CrossSection:
    """Return the raised lines of the middle."""
    if name == "rings":
        radii = np.array([0.1, 0.24, 0.38]) * width
        rings = [circle(r + 0.25) - circle(r - 0.25) for r in radii]
        return CrossSection.batch_boolean(rings, OpType.Add)
    if name == "star":
        return star(8, 0.4 * width, 0.2 * width) - circle(0.1 * width)
    if name == "stripes":
        places = np.linspace(-0.45, 0.45, 8) * width
        lines = [rectangle(2 * width, 0.45).translate((0, y)) for y in places]
        return CrossSection.batch_boolean(lines, OpType.Add).rotate(45)
    cell = 0.115 * width
    cells = [
        regular(6, 0.86 * cell).translate((1.5 * q * cell, np.sqrt(3) * (r + q / 2) * cell))
        for q in range(-4, 5)
        for r in range(-5, 6)
    ]
    return CrossSection.batch_boolean(cells, OpType.Add)


FAMILY = Family("coaster", build, held_out=({"form": "square", "pattern": "star"},))
