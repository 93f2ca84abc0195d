"""Door stops: a plain, stepped, ribbed or curved wedge, some with a ring to pull it out."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rounded, smooth
from caddis.data.families.solids import box, slab, union


def build(draw: Draw) -> Shape:
    """Draw one wedge along x, its thin end at the left; lengths are in centimetres."""
    form = draw.pick("form", ("plain", "stepped", "ribbed", "curved"))
    end = draw.pick("end", ("plain", "heel", "ring"))
    length, width = draw.between(9, 14), draw.between(3, 5)
    height, toe = draw.between(2.4, 4), draw.between(0.35, 0.5)
    if form == "stepped":
        steps = draw.count("steps", 8, 12)
        top = []
        for number in range(steps):
            level = toe + (height - toe) * (number + 1) / steps
            top += [(length * number / steps, level), (length * (number + 1) / steps, level)]
    elif form == "curved":
        knots = [(0, toe), (0.35, 0.3 * height), (0.75, 0.75 * height), (1, height)]
        top = [tuple(point) for point in smooth(np.array(knots) * (length, 1), 5)]
    else:
        top = [(0.0, toe), (length, height)]
    side = polygon([(0, 0), *top, (length, 0)])
    parts = [_upright(side, width)]
    if form == "ribbed":
        for share in np.linspace(0.12, 0.88, draw.count("ribs", 5, 8)):
            level = toe + (height - toe) * share
            parts.append(box((0.5, 0.86 * width, 0.75), (share * length, 0, level - 0.35), 0.2))
    if end == "heel":
        heel = rounded(polygon([(length - 0.2, 0), (length + 1.4, 0), (length + 1.4, height + 1.6),
                                (length - 0.2, height + 1.6)]), 0.6)  # fmt: skip
        parts.append(_upright(heel, 1.1 * width))
    elif end == "ring":
        hoop = circle(0.42 * width) - circle(0.22 * width)
        parts.append(slab(hoop, 0.9, (length + 0.34 * width, 0, 0)))
    return Shape(
        union(parts), ("door stop", "door wedge", "wedge"), {"holes": 1 if end == "ring" else 0}
    )


def _upright(side: CrossSection, width: float) -> Manifold:
    """Extrude a side view in (x, z) along y, centred at y = 0."""
    return side.extrude(width).rotate((90, 0, 0)).translate((0, width / 2, 0))


FAMILY = Family("door_stop", build, held_out=({"form": "stepped", "end": "ring"},))
