"""Barns: a gambrel, gabled or round roof, cross-braced doors, with or without a silo."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection

from caddis.data.families.buildings_parts import upright, window
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, polygon, rectangle
from caddis.data.families.solids import arc, ball, box, cylinder, minus, union


def _door(width: float, height: float, bar: float) -> CrossSection:
    """Return the sunken panes of a door with a frame and two diagonals."""
    inner = rectangle(width - 2 * bar, height - 2 * bar)
    x, z = width / 2, height / 2
    braces = band([(-x, -z), (x, z)], bar) + band([(-x, z), (x, -z)], bar)
    return (inner - braces).translate((0, height / 2))


def build(draw: Draw) -> Shape:
    """Draw one barn; lengths are in metres. The great doors are at the front."""
    roof = draw.pick("roof", ("gambrel", "gable", "round"))
    width, length, wall = draw.between(8, 11), draw.between(9, 16), draw.between(3.4, 4.8)
    half, thick, out = width / 2, draw.between(0.4, 0.6), draw.between(0.3, 0.6)
    if roof == "gambrel":
        knee, rise = draw.between(0.62, 0.72), draw.between(0.4, 0.5) * width
        line = np.array([(half, 0), (knee * half, 0.66 * rise), (0, rise),
                         (-knee * half, 0.66 * rise), (-half, 0)])  # fmt: skip
    elif roof == "gable":
        rise = draw.between(0.4, 0.55) * width
        line = np.array([(half, 0), (0, rise), (-half, 0)])
    else:
        rise = draw.between(0.42, 0.55) * width
        line = arc(1.0, 0, 180, 15, (half, rise))
    grow = np.array([(half + out) / half, (rise + thick) / rise])
    gable = polygon([(-half, -wall), (half, -wall), *line]).translate((0, wall))
    shell = polygon([*(line * grow), *(line[::-1] * (1, 0.97) - (0, 0.12))]).translate((0, wall))
    parts = [upright(gable, length), upright(shell, length + 2 * out)]
    front = -length / 2
    door, high = draw.between(1.7, 2.1), min(wall - 0.3, 3.6)
    frame = rectangle(2 * door + 0.7, high + 0.3).translate((0, high / 2 + 0.15))
    parts.append(upright(frame, 0.5, (0, front, 0)))
    leaf = _door(door, high - 0.1, 0.3)
    cuts = [upright(leaf, 0.5, (x * 0.52 * door, front - 0.25, 0.08)) for x in (-1, 1)]
    loft = draw.chance("loft door", 0.7)
    if loft:
        panel = _door(1.9, 1.8, 0.27)
        parts.append(upright(rectangle(1.9, 1.8), 0.4, (0, front, wall + 0.36 * rise)))
        cuts.append(upright(panel, 0.4, (0, front - 0.2, wall + 0.36 * rise - 0.9)))
    cuts += [window(0.95, 1.2, 0.3, (side * 0.75 * half, front, 1.5)) for side in (-1, 1)]
    silo = draw.chance("silo", 0.45)
    for turn in (-90, 90):
        free = (-0.3, 0) if silo and turn == 90 else (-0.3, 0, 0.3)  # the silo hides one window
        cuts += [window(1.4, 1.2, 0.3, (y * length, -half, 1.6), 0.28).rotate((0, 0, turn))
                 for y in free]  # fmt: skip
    if draw.chance("cupola", 0.35):
        top = wall + rise
        parts += [box((1.4, 1.4, 1.9), (0, 0, top - 0.4)),
                  cylinder(1.35, 1.1, (0, 0, top + 1.4), 0.12)]  # fmt: skip
    whole = minus(union(parts), cuts)
    if silo:
        radius, tall = draw.between(1.7, 2.3), wall + rise * draw.between(1.0, 1.5)
        at = (half + 0.85 * radius, 0.3 * length, 0)
        whole += cylinder(radius, tall, at) + ball(radius * 1.02, (at[0], at[1], tall))
        whole += union(cylinder(1.07 * radius, 0.35, (at[0], at[1], share * tall))
                       for share in (0.25, 0.5, 0.75, 0.98))  # fmt: skip
    return Shape(whole, ("barn", "barn with a silo") if silo else ("barn",))


FAMILY = Family("barn", build, held_out=({"roof": "gambrel", "silo": True},))
