"""Airplanes: airliners, jet fighters, propeller planes and biplanes."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, oval, polygon
from caddis.data.families.solids import ball, both_sides, box, rod, turned, union
from caddis.data.families.vehicles_parts import front_view, plate, side_view


def build(draw: Draw) -> Shape:
    """Draw one airplane; lengths are in decimetres."""
    style = draw.pick("style", ("airliner", "fighter", "propeller", "biplane"))
    tail = draw.pick("tail", ("low", "high"))
    length, radius = draw.between(46, 60), draw.between(2.8, 3.8)
    nose = draw.between(1.6, 3.2) * radius if style in ("airliner", "fighter") else 2.0
    if style == "fighter":
        nose *= 2.2
    shares = np.linspace(0, 1, 8)
    front = [(radius * max(np.sqrt(1 - s**2), 0.1), -length / 2 + nose * (1 - s)) for s in shares]
    if style in ("propeller", "biplane"):
        front = [(radius, -length / 2 + 2.5), (0.8 * radius, -length / 2 + 0.6), (0.5, -length / 2)]
    end = (0.75 if style == "fighter" else 0.32) * radius
    profile = [(0, -length / 2), *front[::-1], (radius, 0.08 * length), (end, length / 2),
               (0, length / 2)]  # fmt: skip
    parts = [turned(profile, 32).rotate((-90, 0, 0))]
    span = length * draw.between(0.42, 0.52) * (0.75 if style == "fighter" else 1.0)
    parts.append(_wings(draw, style, length, radius, span))
    fin_top = draw.between(0.2, 0.27) * length
    back = length / 2
    fin = [(0.28 * length, 0), (back, 0), (back + 1.5, fin_top), (back - 4.5, fin_top)]
    parts.append(side_view(polygon(fin), 1.5))
    level = 0.2 if tail == "low" else fin_top - 0.8
    half = draw.between(0.15, 0.2) * length
    stabiliser = [(0, back - 7.5), (half, back - 2.5), (half, back + 1), (0, back)]
    parts.append(both_sides(plate(stabiliser, 1.4, level)))
    if style in ("propeller", "biplane"):
        parts.append(_propeller(draw, -length / 2, 1.7 * radius))
        wheel_y, bottom = -0.26 * length, -1.75 * radius
        wheel = side_view(circle(0.6 * radius, 28), 1.6, 0.3)
        parts.append(both_sides(wheel.translate((1.05 * radius, wheel_y, bottom))))
        parts.append(both_sides(rod((1.05 * radius, wheel_y, bottom), (0, wheel_y, 0), 0.7)))
        parts.append(rod((-radius, wheel_y, bottom), (radius, wheel_y, bottom), 0.75))
    if style != "airliner":
        parts.append(ball(0.72 * radius, (0, -0.12 * length, 0.75 * radius), (1, 2.4, 1)))
    solid = union(parts)
    solid = solid.translate((0, 0, -solid.bounding_box()[2]))
    kind = {"fighter": "jet fighter", "propeller": "propeller plane"}.get(style, style)
    return Shape(solid, ("airplane", kind))


def _wings(draw: Draw, style: str, length: float, radius: float, span: float) -> Manifold:
    chord = length * draw.between(0.15, 0.2)
    if style == "fighter":
        delta = [
            (0, -0.2 * length),
            (span, 0.26 * length),
            (span, 0.34 * length),
            (0, 0.38 * length),
        ]
        return both_sides(plate(delta, 1.6, -0.2 * radius))
    if style == "biplane":
        wing = box((2 * span, chord, 1.6), (0, -0.2 * length, -0.8 * radius), 0.7)
        top = wing.translate((0, -1, 2.9 * radius))
        z = (-0.8 * radius + 0.8, 2.1 * radius + 0.8)
        struts = [rod((x, -0.2 * length + y, z[0]), (x, -0.2 * length - 1 + y, z[1]), 0.75)
                  for x in (0.35 * radius, 0.75 * span)
                  for y in (-0.3 * chord, 0.3 * chord)]  # fmt: skip
        return union([wing, top, both_sides(union(struts))])
    if style == "propeller":
        high = draw.pick("wing", ("low", "high")) == "high"
        shape = [(0, -0.24 * length), (span, -0.21 * length), (span, -0.21 * length + 0.75 * chord),
                 (0, -0.24 * length + chord)]  # fmt: skip
        return both_sides(plate(shape, 1.6, (0.72 if high else -0.6) * radius))
    sweep = draw.between(0.12, 0.24) * length
    shape = [(0, -0.15 * length), (span, -0.15 * length + sweep + 0.6 * chord),
             (span, -0.15 * length + sweep + 1.0 * chord),
             (0, -0.1 * length + 1.2 * chord)]  # fmt: skip
    wing = plate(shape, 1.5, -0.5 * radius)
    engine = front_view(circle(0.5 * radius, 28), 0, 8, 0.5)
    engines = []
    for share in (0.36, 0.64)[: draw.count("engines a side", 1, 2)]:
        y = -0.15 * length + share * (sweep + 0.6 * chord)
        engines.append(engine.translate((share * span, y - 3, -0.5 * radius - 0.38 * radius)))
    return both_sides(union([wing, *engines]))


def _propeller(draw: Draw, nose: float, reach: float) -> Manifold:
    blades = draw.count("blades", 2, 4)
    blade = oval(1.9, 1.1 * reach).translate((0, 0.5 * reach))
    discs = union(front_view(blade.rotate(360.0 * n / blades + 25), nose - 1.9, nose - 0.6)
                  for n in range(blades))  # fmt: skip
    return discs + ball(1.2, (0, nose - 0.8, 0), (1, 1.9, 1))


FAMILY = Family("airplane", build, held_out=({"style": "airliner", "tail": "high"},))
