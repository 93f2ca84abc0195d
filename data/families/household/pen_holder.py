"""Pen holders: a round, square or hexagonal cup, or a drilled block, with pencils in it."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import box, cylinder, minus, slab, union


def build(draw: Draw) -> Shape:
    """Draw one pen holder; lengths are in centimetres."""
    form = draw.pick("form", ("round", "square", "hexagonal", "block"))
    return _block(draw) if form == "block" else _cup(draw, form)


def _cup(draw: Draw, form: str) -> Shape:
    """Draw a cup; its pencils lean against the wall."""
    height, half, wall = draw.between(8.5, 11), draw.between(3.4, 4.6), draw.between(0.35, 0.55)
    outline = {
        "round": outlines.circle(half),
        "square": outlines.rectangle(1.8 * half, 1.8 * half, 0.5),
        "hexagonal": outlines.regular(6, 1.08 * half),
    }[form]
    cavity = outline.offset(-wall).extrude(height).translate((0, 0, 1.5 * wall))
    parts = [minus(slab(outline, height, bevel=0.2 * wall), [cavity])]
    if draw.chance("band", 0.4):
        hoop = outline.offset(0.35) - outline.offset(-0.4 * wall)
        ring = hoop.extrude(0.1 * height)
        parts += [ring.translate((0, 0, share * height)) for share in (0.08, 0.82)]
    inside = 0.8 * half - wall
    count = draw.count("number", 3, 6)
    for number in range(count):
        angle = 360.0 * number / count + draw.between(-12, 12)
        lean = np.degrees(np.arctan2(0.75 * inside, height))
        pencil = _pencil(draw.between(1.3, 1.7) * height, number % 3 == 2)
        pencil = pencil.rotate((0, float(lean), 0)).translate((0.25 * inside, 0, wall))
        parts.append(pencil.rotate((0, 0, angle)))
    nouns = ("pen holder", "pencil cup", "pencil holder")
    return Shape(union(parts), nouns)


def _block(draw: Draw) -> Shape:
    """Draw a block with one or two rows of bores, a pencil in most of them."""
    columns, rows = draw.count("columns", 3, 5), draw.count("rows", 1, 2)
    step, bore = draw.between(2.0, 2.5), draw.between(0.68, 0.8)
    low, high = draw.between(4.5, 6), draw.between(2.0, 3.5) * (rows - 1)
    size = (step * columns + 1, step * rows + 1)
    body = box((*size, low), (0, 0, 0), 0.5)
    if rows == 2:
        back = (size[0], size[1] / 2, low + high)
        body += box(back, (0, size[1] / 4, 0), 0.5)
    bores, pencils = [], []
    for row in range(rows):
        top = low + (high if row else 0)
        for column in range(columns):
            x = (column - (columns - 1) / 2) * step
            y = (row - (rows - 1) / 2) * (step + 0.5)
            bores.append(cylinder(bore, top, (x, y, 1.2)))
            if (row + 2 * column) % 4 != 3:
                pencil = _pencil(top * draw.between(0.4, 0.7) + 8, (column + row) % 3 == 2)
                pencils.append(pencil.translate((x, y, 1.0)))
    body = minus(body, bores)
    nouns = ("pen holder", "pencil block", "pencil holder")
    return Shape(union([body, *pencils]), nouns, {"holes": 0})


def _pencil(length: float, blunt: bool) -> Manifold:
    """Return an upright hexagonal pencil, its point up, or a round pen with a cap."""
    if blunt:
        cap = slab(outlines.circle(0.56, 20), 0.32 * length, (0, 0, 0.68 * length), bevel=0.15)
        return cap + outlines.circle(0.44, 20).extrude(0.8 * length)
    shaft = outlines.regular(6, 0.52).extrude(length - 1.8)
    tip = outlines.regular(6, 0.1).extrude(0.1).translate((0, 0, length - 0.1))
    return shaft + Manifold.batch_hull(
        [outlines.regular(6, 0.52).extrude(0.05).translate((0, 0, length - 1.85)), tip]
    )


FAMILY = Family("pen_holder", build, held_out=({"form": "hexagonal", "band": True},))
