"""Forks: three or four tines, a neck and a handle that is plain, wide or waisted."""

from __future__ import annotations

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import slab


def build(draw: Draw) -> Shape:
    """Draw one fork that lies along x, its tines to the right; lengths are in centimetres."""
    tines = draw.count("tines", 2, 4)
    form = draw.pick("handle", ("plain", "wide", "waisted"))
    length, width = draw.between(9, 13), draw.between(2.2, 3.0)
    tine, long = width / (2 * tines - 1), draw.between(3.5, 5.0)
    thick = draw.between(0.45, 0.7)
    root = outlines.oval(3.2, width) + outlines.rectangle(1.2, width).translate((0.6, 0))
    shape = root ^ outlines.rectangle(2.8, width).translate((-0.2, 0))
    for number in range(tines):
        y = (2 * number + 0.5) * tine + tine / 2 - width / 2 - tine / 2
        shape += outlines.band([(0.8, y), (long, y)], tine)
    end = {"plain": 0.9, "wide": 1.5, "waisted": 1.3}[form]
    waist = 0.55 if form == "waisted" else 0.7
    handle = outlines.polygon(
        [
            (-1.0, 0.4),
            (-2.2, 0.32),
            (-0.55 * length, waist / 2),
            (-length, end / 2),
            (-length, -end / 2),
            (-0.55 * length, -waist / 2),
            (-2.2, -0.32),
            (-1.0, -0.4),
        ]
    )
    shape += handle + outlines.circle(end / 2, 24).translate((-length, 0))
    nouns = ("fork",) if tines > 2 else ("carving fork", "fork")
    return Shape(slab(shape, thick), nouns, {"holes": 0})


FAMILY = Family("fork", build, held_out=({"tines": 3, "handle": "wide"},))
