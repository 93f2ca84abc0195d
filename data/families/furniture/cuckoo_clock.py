"""Cuckoo clocks: a little house with a bird in its door, a face, a pendulum and two weights."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import clock_face, small_ball, upright
from caddis.data.families.outlines import band, circle, oval, polygon, rectangle, rounded
from caddis.data.families.solids import both_sides, rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one cuckoo clock; the radius of its face is 11."""
    thick, weights = draw.between(3, 5), draw.pick("weights", ("cones", "rods", "balls"))
    trim = draw.pick("trim", ("plain", "scalloped", "leaf"))
    wide, deep, wall = draw.between(26, 30), draw.between(11, 15), draw.between(30, 34)
    drop, rise = draw.between(16, 24), draw.between(15, 19)
    house = polygon([(-wide / 2, 0), (wide / 2, 0), (wide / 2, wall), (0, wall + rise),
                     (-wide / 2, wall)])  # fmt: skip
    eave = np.array([wide / 2 + 5, wall - 5 * rise / (wide / 2)])
    roof = band([eave * (-1, 1), (0, wall + rise), eave], 3)
    y = deep / 2 - 1.5
    hole = slab(rounded(rectangle(7, 9), 3), 3).rotate((90, 0, 0))
    hatch = hole.translate((0, 0.5, wall + 0.32 * rise))
    bird = small_ball(2.1, (0, -3.4, wall + 0.36 * rise)) + rod(
        (0, 1, wall + 0.3 * rise), (0, -3.4, wall + 0.36 * rise), 1.4
    )
    weight = (
        rod((0, 0, 2), (0, 0, -drop), 0.95)
        + {
            "cones": small_ball(2.6, (0, 0, -drop), (1, 1, 2.1)),
            "rods": rod((0, 0, 1 - drop), (0, 0, -drop - 10), 2),
            "balls": small_ball(3.1, (0, 0, -drop)),
        }[weights]
    )
    hang = both_sides(weight.translate((0.27 * wide, 0, 0)))
    swing = rod((0, 0, 2), (0, 0, -0.6 * drop), 0.95) + upright(circle(3.6, 32), 2).translate(
        (0, 0, -0.6 * drop)
    )
    face = clock_face(draw, "round", thick)
    crest = bird
    if trim == "scalloped":
        for share in np.linspace(-1, 1, 9):
            at = (share * eave[0], wall + rise - abs(share) * (wall + rise - eave[1]) - 1.6)
            roof += circle(2.3, 20).translate(at)
    elif trim == "leaf":
        leaf = oval(5, 13).translate((0, 6.5))
        crest = union(upright(leaf.rotate(angle), 3) for angle in (-64, -22, 22, 64))
        crest = crest.translate((0, y - deep / 2 - 2.6, wall + rise - 1))
    whole = union([face.translate((0, 0, 13.5)), upright(house, deep).translate((0, y, 0)),
                   upright(roof, deep + 7).translate((0, y - 1, 0)), hatch, bird,
                   (hang + swing).translate((0, y, 0)), crest])  # fmt: skip
    whole = whole.translate((0, 0, -whole.bounding_box()[2]))
    return Shape(whole, ("clock", "cuckoo clock"))


FAMILY = Family("clock", build, held_out=({"trim": "leaf", "weights": "balls"},))
