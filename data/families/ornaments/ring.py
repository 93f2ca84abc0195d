"""Finger rings, standing: plain or twisted bands, rings with a gem, signet rings."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, oval, rectangle
from caddis.data.families.ropes_parts import twisted_ring
from caddis.data.families.solids import box, cylinder, minus, slab, turned


def build(draw: Draw) -> Shape:
    """Draw one ring of radius 10; its axis points to the front."""
    form = draw.pick("form", ("band", "gem", "signet", "twisted"))
    edge = draw.pick("edge", ("flat", "domed"))
    inner = 10 - draw.between(1.0, 1.6)
    wide = draw.between(2, 3.5) if form == "gem" else draw.between(3, 7)
    if form == "twisted":
        thick = draw.between(1.0, 1.9)
        rope = twisted_ring(10 - thick, thick, draw.count("strands", 2, 3),
                            draw.count("turns", 8, 18), draw.between(0.3, 0.5))  # fmt: skip
        return Shape(rope.rotate((90, 0, 0)), ("twisted ring", "rope ring", "ring"), {"holes": 1})
    bulge = 0.6 if edge == "domed" else 0.0
    outer = [(10 - bulge * (2 * s - 1) ** 2, wide * (s - 0.5)) for s in np.linspace(0, 1, 9)]
    ring = turned([(inner, wide / 2), (inner, -wide / 2), *outer], 72)
    hole = cylinder(inner, 40, (0, 0, -20)).rotate((90, 0, 0))
    stood = ring.rotate((90, 0, 0))
    if form == "band":
        if draw.chance("grooves", 0.4):
            deep = 9.6 - 0.16 * bulge
            cut = turned([(deep, -0.3), (12, -0.3), (12, 0.3), (deep, 0.3)], 72)
            ring = minus(ring, [cut.translate((0, 0, z * wide)) for z in (-0.2, 0.2)])
            stood = ring.rotate((90, 0, 0))
        return Shape(stood, ("ring", "wedding ring", "finger ring"), {"holes": 1})
    if form == "signet":
        size = draw.between(8, 11)
        face = {
            "oval": oval(size, 1.2 * size),
            "square": rectangle(size, size, 1.0),
            "round": circle(size / 2),
        }[draw.pick("face", ("oval", "square", "round"))]
        shoulder = box((14, wide, 1), (0, 0, 4.5))
        plate = face.extrude(1.4).translate((0, 0, 10.4))
        head = Manifold.batch_hull([plate, shoulder])
        head = minus(head, [slab(face.scale((0.75, 0.75)), 2, (0, 0, 11.3))])
        return Shape(minus(stood + head, [hole]), ("signet ring", "ring"), {"holes": 1})
    size = draw.between(2.6, 5)
    cut = draw.pick("gem", ("brilliant", "square", "oval"))
    gem = cylinder(0.25 * size, size, (0, 0, 9.2), size) + cylinder(
        size, 0.5 * size, (0, 0, 9.19 + size), 0.62 * size
    )
    if cut == "square":
        gem = Manifold.batch_hull([box((0.6 * size, 0.6 * size, 0.1), (0, 0, 9.2)),
            box((1.9 * size, 1.9 * size, 0.3), (0, 0, 9.2 + size)),
            box((1.2 * size, 1.2 * size, 0.1), (0, 0, 9.2 + 1.5 * size))])  # fmt: skip
    elif cut == "oval":
        gem = gem.scale((1.0, 1.35, 1.0))
    seat = cylinder(1.2, 2 + 0.2 * size, (0, 0, 9.0), 0.62 * size)
    solid = stood + minus(gem + seat, [hole])
    return Shape(solid, ("ring", "gemstone ring", "diamond ring"), {"holes": 1})


FAMILY = Family("ring", build, held_out=({"gem": "square", "edge": "domed"},))
