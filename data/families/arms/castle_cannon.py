"""Cannons: field guns on two spoked or solid wheels and ship's guns on four small ones."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.arms_parts import carriage_wheel
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import filled, fin
from caddis.data.families.solids import both_sides, box, cylinder, minus, rod, turned, union


def build(draw: Draw) -> Shape:
    """Draw one cannon that aims to the front; lengths are in decimetres."""
    kind = draw.pick("kind", ("field cannon", "ship's cannon"))
    spoked = draw.pick("wheels", ("spoked", "spoked", "solid")) == "spoked"
    radius, aim = draw.between(1.3, 1.7), draw.between(3, 16)
    if kind == "field cannon":
        long, wheel = draw.between(13, 17), draw.between(3.6, 4.6)
        pivot, parts = wheel + 1.2, _field(draw, spoked, wheel, radius)
    else:
        long, pivot = draw.between(11, 14), 4.2
        parts = _naval(spoked, long, radius)
    lift = (0, 0, pivot)
    parts.append(_barrel(draw, long, radius).rotate((90 - aim, 0, 0)).translate(lift))
    parts.append(rod((-2.0 * radius, 0, pivot), (2.0 * radius, 0, pivot), 0.5))
    bore = cylinder(0.62 * radius, long, (0, 0, 0.15 * long))
    solid = minus(union(parts), [bore.rotate((90 - aim, 0, 0)).translate(lift)])
    return Shape(filled(solid), ("cannon", kind))


def _barrel(draw: Draw, long: float, radius: float) -> Manifold:
    """Return a barrel that points up, with its trunnions at the origin, bands and a rear knob."""
    back, end = -0.4 * long, 0.6 * long
    rings = draw.count("bands", 1, 3)
    profile = [(0.0, back - 1.6), (0.5, back - 1.5), (0.62, back - 1.0), (0.4, back - 0.5),
               (1.1 * radius, back - 0.1)]  # fmt: skip
    for place in np.linspace(0, 0.8, rings + 1):
        z = back + 0.3 + place * long
        wide = radius * (1.3 - 0.42 * place)
        profile += [(wide, z), (wide + 0.22, z + 0.05), (wide + 0.22, z + 0.6), (wide, z + 0.65)]
    mouth = [(0.9, -1.6), (1.2, -0.7), (1.2, -0.2), (1.0, 0.0), (0.0, 0.0)]
    return turned([*profile, *[(r * radius, end + z) for r, z in mouth]], 36)


def _field(draw: Draw, spoked: bool, wheel_r: float, radius: float) -> list[Manifold]:
    """Return two wheels on an axle and a trail that rests on the floor."""
    x, tail = 1.9 * radius + 0.6, draw.between(8, 10.5)
    wheel = carriage_wheel(wheel_r, 0.5, spoked).translate((x, 0, wheel_r))
    side = [(-2.2, wheel_r - 0.5), (-1.8, wheel_r + 1.5), (1.5, wheel_r + 1.5), (tail, 1.0),
            (tail, 0), (tail - 1.5, 0)]  # fmt: skip
    cheek = fin(side, 0.8).translate((1.25 * radius, 0, 0))
    bar = 0.75 * tail
    return [
        both_sides(wheel), rod((-x, 0, wheel_r), (x, 0, wheel_r), 0.55), both_sides(cheek),
        rod((-1.4 * radius, bar, 1.5), (1.4 * radius, bar, 1.5), 0.5),
        box((2.6 * radius, 1.2, 1.0), (0, tail - 1.0, 0.0)),
    ]  # fmt: skip


def _naval(spoked: bool, long: float, radius: float) -> list[Manifold]:
    """Return a stepped carriage on four small wheels."""
    front, back = -0.3 * long, 0.42 * long
    steps = [(front - 1, 1.2), (front - 1, 4.2), (0.08 * long, 4.4), (0.08 * long, 3.4),
             (0.22 * long, 3.4), (0.22 * long, 2.5), (back + 1, 2.5), (back + 1, 1.2)]  # fmt: skip
    parts = [both_sides(fin(steps, 0.9).translate((1.35 * radius, 0, 0))),
             box((3.0 * radius, back - front, 0.9), (0, (front + back) / 2, 1.4))]  # fmt: skip
    x, wheel = 1.9 * radius, carriage_wheel(1.25, 0.45, spoked)
    for y in (front + 0.3, back - 0.3):
        parts += [rod((-x, y, 1.25), (x, y, 1.25), 0.5), both_sides(wheel.translate((x, y, 1.25)))]
    return parts


FAMILY = Family("cannon", build, held_out=({"kind": "ship's cannon", "wheels": "solid"},))
