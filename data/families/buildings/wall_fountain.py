"""Wall fountains: water falls from a lion's mask on a wall into a basin."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.buildings_parts import upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import arc, around, ball, box, minus, tube, union


def build(draw: Draw) -> Shape:
    """Draw one wall fountain; lengths are in decimetres."""
    top = draw.pick("top", ("round", "pointed", "straight"))
    front = draw.pick("basin", ("round", "rectangular"))
    half, high, deep = draw.between(6, 8), draw.between(16, 22), draw.between(5, 7.5)
    if top == "round":
        head = arc(half, 0, 180, 21, (1, draw.between(0.4, 0.9)))
    else:
        rise = 0.6 * half if top == "pointed" else 0.0
        head = np.array([(half, 0.0), (0.0, rise), (-half, 0.0)])
    head += np.array([0, 0.72 * high])
    plate = CrossSection([np.array([(-half, 0), (half, 0), *head])])
    parts = [upright(plate, 2.4, (0, 1.0, 0)),
             upright(plate.offset(0.7), 1.2, (0, 1.6, 0)).trim_by_plane((0, 0, 1), 0)]  # fmt: skip
    back = rectangle(2.1 * half, 1).translate((0, 0.5))
    bow = circle(0.6 * half).scale((1.5, 1)).translate((0, 2 - deep))
    if front == "rectangular":
        bow = rectangle(2 * half, deep).translate((0, -deep / 2))
    basin = CrossSection.batch_hull([back, bow])
    low = draw.between(4, 5.5)
    tub = minus(basin.extrude(low), [basin.offset(-1.2).extrude(low).translate((0, 0, 1.2))])
    spout = 0.58 * high
    bead = Manifold.sphere(0.7, 14)
    mane = around(bead.translate((0, -2.0, 0)), 10).rotate((90, 0, 0))
    mask = [ball(2.1, (0, -0.4, spout), (1, 0.7, 1.1)), bead.translate((0.8, -1.7, spout + 0.7)),
            bead.translate((-0.8, -1.7, spout + 0.7)), bead.translate((0, -1.9, spout - 0.1)),
            mane.translate((0, -0.2, spout))]  # fmt: skip
    t = np.linspace(0, 1, 7)
    water = np.stack([0 * t, -0.6 - 3.2 * t, (spout - 1.2) * (1 - t**2) + 0.9 * t**2], axis=1)
    plinth = box((2.4 * half, deep + 2.4, 0.9), (0, -0.5 * deep + 0.7, 0))
    solid = union([*parts, tub, *mask, tube(water, 0.7), plinth])
    return Shape(solid, ("wall fountain", "fountain"))


FAMILY = Family("fountain", build, held_out=({"top": "pointed", "basin": "rectangular"},))
