"""Keys: a round, square or trefoil bow, a shank, and a bit with notches."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one key that lies along x, its bow to the left; lengths are in centimetres."""
    bow = draw.pick("bow", ("round", "square", "trefoil"))
    kind = draw.pick("kind", ("door", "old"))
    length, size = draw.between(4.5, 6.5), draw.between(1.0, 1.4)
    thick = 0.5
    outline = {
        "round": outlines.circle(size) - outlines.circle(0.5 * size),
        "square": outlines.rectangle(2 * size, 2 * size, 0.3) - outlines.circle(0.45 * size),
        "trefoil": _trefoil(size),
    }[bow]
    parts = [slab(outline, thick, (-0.9 * size, 0, -thick / 2))]
    if kind == "door":
        notches = draw.count("notches", 3, 6)
        blade = outlines.rectangle(length, 0.9).translate((length / 2 - 0.15, 0))
        for number in range(notches):
            x = 0.3 * length + (number + 0.5) * 0.62 * length / notches
            deep = draw.between(0.15, 0.42)
            blade -= outlines.regular(4, 0.3 * length / notches).translate((x, 0.65 - deep))
        parts.append(slab(blade, 0.8 * thick, (0, 0, -0.4 * thick)))
    else:
        parts.append(rod((-0.2, 0, 0), (length, 0, 0), 0.28))
        bit = outlines.rectangle(1.1, 1.4).translate((length - 0.75, -0.85))
        bit -= outlines.rectangle(0.25, 0.7).translate((length - 0.75, -1.4))
        parts.append(slab(bit, 0.8 * thick, (0, 0, -0.4 * thick)))
    nouns = {"door": ("key", "door key"), "old": ("old key", "key")}
    return Shape(union(parts), nouns[kind])


def _trefoil(size: float) -> CrossSection:
    shape = outlines.circle(0.35 * size)
    for angle in np.radians((60, 180, 300)):
        at = (0.62 * size * np.cos(angle), 0.62 * size * np.sin(angle))
        shape += outlines.circle(0.55 * size, 32).translate(at)
    for angle in np.radians((60, 180, 300)):
        at = (0.66 * size * np.cos(angle), 0.66 * size * np.sin(angle))
        shape -= outlines.circle(0.25 * size, 24).translate(at)
    return shape


FAMILY = Family("key", build, held_out=({"bow": "trefoil", "kind": "door"},))
