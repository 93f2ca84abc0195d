"""Carts: a hand cart with two wheels, a farm wagon with four, a covered wagon with a hood."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import both_sides, box, minus, rod, union
from caddis.data.families.vehicles_parts import block, front_view, side_view


def build(draw: Draw) -> Shape:
    """Draw one cart; lengths are in decimetres."""
    style = draw.pick("style", ("hand cart", "wagon", "covered wagon"))
    sides = draw.pick("sides", ("boards", "railing"))
    if style == "covered wagon":
        sides = "boards"
    length = draw.between(19, 25) if style == "hand cart" else draw.between(27, 36)
    width, wall = draw.between(13, 16), 0.9
    big = draw.between(4.8, 6.2) + (1.5 if style == "hand cart" else 0)
    small = big if style == "hand cart" else big * draw.between(0.75, 1.0)
    floor, tall = big + 0.9, draw.between(4, 7)
    spokes = draw.count("spokes", 6, 10)
    half = length / 2
    parts = [box((width, length, 1.2), (0, 0, floor - 0.1))]
    if sides == "boards":
        flare = 0.0 if style == "covered wagon" else draw.between(0, 2.5)
        shell = block((-half, half, width, floor),
                      (-half - 0.4 * flare, half + 0.4 * flare, width + flare,
                      floor + tall))  # fmt: skip
        hollow = block((-half + wall, half - wall, width - 2 * wall, floor + 1),
                       (-half - 0.4 * flare + wall, half + 0.4 * flare - wall,
                        width + flare - 2 * wall, floor + tall + 0.1))  # fmt: skip
        parts = [minus(shell, [hollow])]
    else:
        edge = width / 2 - 0.5
        for y in np.linspace(-half + 0.5, half - 0.5, 5):
            parts.append(both_sides(box((1.3, 1.3, tall), (edge, y, floor))))
        for z in (0.45 * tall, 0.9 * tall):
            rail = both_sides(box((1.25, length, 1.25), (edge, 0, floor + z)))
            ends = both_sides(box((width, 1.25, 1.25), (0, half - 0.5, floor + z)), 1)
            parts += [rail, ends]
    track = width / 2 + 1.6
    places = (
        [(0.0, big)] if style == "hand cart" else [(-0.32 * length, small), (0.3 * length, big)]
    )
    for y, radius in places:
        wheel = _wheel(radius, spokes).translate((track, y, radius))
        parts += [both_sides(wheel), rod((-track, y, radius), (track, y, radius), 0.8)]
        parts.append(box((0.5 * width, 1.8, floor - radius + 0.8), (0, y, radius - 0.4)))
    if style == "hand cart":
        reach = draw.between(13, 19)
        shaft = rod(
            (0.36 * width, 0.2 * length, floor), (0.3 * width, -half - reach, floor + 1), 0.65
        )
        bar = rod((-0.3 * width - 0.6, -half - reach + 0.6, floor + 1),
                  (0.3 * width + 0.6, -half - reach + 0.6, floor + 1), 0.65)  # fmt: skip
        parts += [both_sides(shaft), bar]
    else:
        reach = draw.between(9, 14)
        parts.append(rod((0, -0.2 * length, floor), (0, -half - reach, floor - 2.5), 0.75))
        parts.append(
            rod((-4, -half - reach + 0.8, floor - 2.4), (4, -half - reach + 0.8, floor - 2.4), 0.7)
        )
    if style == "covered wagon":
        parts.append(_hood(draw, length, width, floor + tall))
    nouns = {"hand cart": ("cart", "hand cart"), "wagon": ("cart", "wagon", "farm wagon"),
             "covered wagon": ("covered wagon", "wagon", "cart")}[style]  # fmt: skip
    return Shape(union(parts), nouns)


def _wheel(radius: float, spokes: int) -> Manifold:
    """Return a spoked wooden wheel around the x axis."""
    ring = circle(radius, 40) - circle(0.8 * radius, 40)
    for angle in 360.0 / spokes * np.arange(spokes):
        ring += (
            rectangle(0.88 * radius, 1.2).translate((0.44 * radius, 0)).rotate(90 + float(angle))
        )
    hub = side_view(circle(0.2 * radius, 20), 2.4, 0.2)
    return side_view(ring, 1.4) + hub


def _hood(draw: Draw, length: float, width: float, base: float) -> Manifold:
    """Return a round canvas hood on hoops, open at both ends."""
    wide, rise = 0.53 * width, draw.between(0.5, 0.8) * width
    outer = circle(1, 40).scale((wide, rise)) + rectangle(2 * wide, 1.6).translate((0, -0.7))
    inner = circle(1, 40).scale((wide - 1.1, rise - 1.1)) + rectangle(2 * wide - 2.2, 9).translate(
        (0, -4.5)
    )
    shape = (outer - inner) ^ rectangle(99, 99).translate((0, 48.2))
    whole = front_view(shape, -0.53 * length, 0.53 * length)
    hoop = (outer.offset(0.5) - inner) ^ rectangle(99, 99).translate((0, 48.2))
    hoops = [front_view(hoop, y * length - 0.5, y * length + 0.5) for y in (-0.5, -0.17, 0.17, 0.5)]
    return union([whole, *hoops]).translate((0, 0, base - 0.1))


FAMILY = Family("cart", build, held_out=({"style": "wagon", "sides": "railing"},))
