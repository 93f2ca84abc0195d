"""Dumbbells and barbells, lying along x: hexagonal, round, ball or plate weights; kettlebells."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, regular, smooth
from caddis.data.families.solids import ball, both_sides, cylinder, slab, turned


def build(draw: Draw) -> Shape:
    """Draw one dumbbell; its weights have a radius of about 4."""
    form = draw.pick("form", ("hexagonal", "round", "ball", "plates", "barbell"))
    grip = draw.pick("grip", ("straight", "bellied"))
    radius, half = draw.between(3.2, 4.6), draw.between(3.6, 4.6)
    thin = draw.between(0.75, 1.05)
    if form == "barbell":
        half, thin, radius = draw.between(12, 16), draw.between(0.8, 1.0), draw.between(4.6, 6.2)
    middle = thin * (1.45 if grip == "bellied" and form != "barbell" else 1.0)
    curve = smooth([(thin, -half - 0.5), (middle, 0), (thin, half + 0.5)], 8)
    bar = turned([(0, -half - 0.5), *curve, (0, half + 0.5)], 24)
    if form in ("hexagonal", "round"):
        long = draw.between(3, 5)
        outline = regular(6, radius) if form == "hexagonal" else circle(radius)
        weight = slab(outline, long, (0, 0, half), bevel=draw.between(0.4, 0.9))
    elif form == "ball":
        weight = ball(0.92 * radius, (0, 0, half + 0.8 * radius))
    else:
        weight = _plates(draw, radius, half, thin, 2 if form == "barbell" else 1)
    solid = (bar + both_sides(weight, 2)).rotate((0, 90, 0))
    if form == "hexagonal":
        solid = solid.rotate((90, 0, 0))
    solid = solid.translate((0, 0, -solid.bounding_box()[2]))
    nouns = {"hexagonal": ("dumbbell", "hex dumbbell"), "round": ("dumbbell", "hand weight"),
             "ball": ("dumbbell", "round-head dumbbell"), "plates": ("dumbbell", "plate dumbbell"),
             "barbell": ("barbell", "weight bar")}[form]  # fmt: skip
    return Shape(solid, nouns, {"holes": 0})


def _plates(draw: Draw, radius: float, half: float, thin: float, extra: int) -> Manifold:
    """Put discs of shrinking size and a collar on one end of the bar."""
    count = draw.count("plates", 2, 3)
    parts = cylinder(1.7 * thin, 0.7, (0, 0, half - 0.6))
    place = half
    for size in np.linspace(1.0, draw.between(0.55, 0.7), count):
        thick = draw.between(0.9, 1.4)
        parts += slab(circle(radius * float(size)), thick, (0, 0, place), bevel=0.2)
        parts += cylinder(1.5 * thin, 0.5, (0, 0, place + thick - 0.2))
        place += thick + 0.15
    parts += cylinder(1.9 * thin, 0.9, (0, 0, place))
    return parts + cylinder(1.15 * thin, extra * 1.2 + 0.9, (0, 0, place))


FAMILY = Family("dumbbell", build, held_out=({"form": "ball", "grip": "bellied"},))
