"""Trains: steam locomotives with two to four axles, a chimney, domes and a cab."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rectangle
from caddis.data.families.solids import both_sides, box, minus, rod, turned, union
from caddis.data.families.vehicles_parts import bead, cabin, front_view, side_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one steam locomotive; lengths are in decimetres."""
    pairs = draw.count("axles", 2, 4)
    chimney = draw.pick("chimney", ("straight", "funnel", "capped"))
    radius, width = draw.between(4.2, 5.5), draw.between(19, 23)
    gap = 2 * radius * draw.between(1.06, 1.2)
    boiler = draw.between(0.33, 0.4) * width
    front, rear = -0.5 * gap * pairs - 3, 0.5 * gap * pairs + draw.between(5, 8)
    cab = draw.between(10, 13)
    floor = 1.45 * radius
    middle = floor + 1.6 + boiler
    ceiling = middle + boiler + draw.between(3.5, 7)
    places = [front + 3 + gap * (n + 0.5) for n in range(pairs)]
    track = 0.36 * width
    parts = [wheels(radius, 2.8, track, places)]
    parts.append(box((0.55 * width, rear - front, 2.4), (0, (rear + front) / 2, floor - 2.6)))
    parts.append(box((width, rear - front + 1, 2), (0, (rear + front) / 2, floor - 0.4), 0.5))
    parts.append(front_view(circle(boiler, 32), front + 1, rear - 1, 0.8).translate((0, 0, middle)))
    bands = [front_view(circle(1.06 * boiler, 32), y, y + 1).translate((0, 0, middle))
             for y in np.linspace(front + 7, rear - cab - 3, 3)]  # fmt: skip
    parts += [*bands, bead(0.3 * boiler, (0, front + 1, middle), (1, 0.6, 1))]
    parts.append(box((1.5 * boiler, rear - front - 3, boiler + 1),
                     (0, (rear + front) / 2 + 0.5, floor)))  # fmt: skip
    parts.append(cabin((rear - cab, rear, width, floor), (rear - cab, rear, width, ceiling),
                       0.9, draw.count("panes", 1, 2), 1.7, rounding=0.6,
                           rise=(0.55, 0.88)))  # fmt: skip
    if draw.pick("roof", ("arched", "flat")) == "arched":
        cap = circle(0.75 * width).translate((0, -0.75 * width + 3.4)) ^ rectangle(
            width + 3, 8).translate((0, 4))  # fmt: skip
        cap ^= rectangle(width + 3, 20)
        parts.append(front_view(cap, rear - cab - 1.6, rear + 1.6)
                     .translate((0, 0, ceiling - 0.3)))  # fmt: skip
    parts.append(box((width + 2.6, cab + 3, 1.6), (0, rear - cab / 2, ceiling - 0.8), 0.5))
    top = middle + boiler
    parts.append(_chimney(chimney, draw.between(6, 10), 0.36 * boiler)
                 .translate((0, front + 5, top - 1.2)))  # fmt: skip
    for y in np.linspace(front + 5, rear - cab, draw.count("domes", 1, 2) + 2)[1:-1]:
        parts.append(rod((0, float(y), top - 1.2), (0, float(y), top + 1.4), 0.42 * boiler))
        parts.append(bead(0.42 * boiler, (0, float(y), top + 1.4), (1, 1, 0.9), 24))
    bar = box((1.2, places[-1] - places[0] + 2.6, 1.6),
              (track + 1.5, (places[0] + places[-1]) / 2, radius - 0.8), 0.4)  # fmt: skip
    parts.append(both_sides(bar))
    steam = front_view(circle(2.1, 20), front + 0.5, front + 7, 0.5)
    parts.append(both_sides(steam.translate((track + 1, 0, floor - 1.3))))
    plough = draw.pick("front", ("cowcatcher", "buffers"))
    if plough == "cowcatcher":
        wedge = [(front - 7.5, 0.8), (front + 1, 0.8), (front + 1, floor), (front - 1, floor)]
        parts.append(side_view(polygon(wedge), 0.8 * width, 0.4))
    else:
        parts.append(box((width, 1.8, 4.4), (0, front, floor - 3)))
        buffer = rod((0.32 * width, front, floor - 1), (0.32 * width, front - 3, floor - 1), 1)
        disc = front_view(circle(2, 24), front - 4, front - 2.8).translate(
            (0.32 * width, 0, floor - 1))  # fmt: skip
        parts.append(both_sides(buffer + disc))
    return Shape(union(parts), ("steam locomotive", "steam engine", "train"), {"wheels": 2 * pairs})


def _chimney(style: str, height: float, radius: float) -> Manifold:
    rim = {"straight": 1.0, "funnel": 2.0, "capped": 1.05}[style] * radius
    profile = [(0, 0), (radius, 0), (rim, height), (0, height)]
    if style == "capped":
        profile = [(0, 0), (radius, 0), (radius, height - 2), (1.5 * radius, height - 1.6),
                   (1.5 * radius, height), (0, height)]  # fmt: skip
    return minus(turned(profile, 24), [rod((0, 0, height - 2), (0, 0, height + 2), 0.62 * rim)])


FAMILY = Family("train", build, held_out=({"axles": 3, "front": "cowcatcher"},))
