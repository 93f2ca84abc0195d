"""Coat hooks: a plate with a tall and a short prong, a three-armed hook, or a board of pegs."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import both_sides, cylinder, minus, rod, slab, tube, union


def build(draw: Draw) -> Shape:
    """Draw one coat hook, its plate at the back; lengths are in centimetres."""
    form = draw.pick("form", ("double", "triple", "pegs"))
    plate = draw.pick("plate", ("rectangular", "pill", "waisted"))
    thick = draw.between(0.6, 1.0)
    if form == "pegs":
        return _pegs(draw, plate, thick)
    height, width = draw.between(10, 14), draw.between(3.4, 4.6)
    solid = _drilled(plate, width, height, thick, upright=True)
    radius, reach = draw.between(0.5, 0.68), draw.between(5.0, 7.0)
    tip = draw.between(1.35, 1.8) * radius
    rise = draw.between(0.25, 0.45) * height
    middle = 0.5 * height
    upper = [(0.1, middle), (0.35 * reach, middle - 0.4), (0.8 * reach, middle + 0.3 * rise),
             (reach, middle + rise)]  # fmt: skip
    sunk = -0.28 * height
    short = draw.between(0.5, 0.66) * reach
    lower = [(0.1, middle - 0.3), (0.3 * short, middle + sunk), (0.75 * short, middle + sunk),
             (short, middle + 0.1 * sunk - 0.8)]  # fmt: skip
    parts = [solid, _prong(upper, radius, tip)]
    if form == "double":
        parts.append(_prong(lower, radius, tip))
        nouns = ("coat hook", "double coat hook", "hook")
    else:
        parts.append(both_sides(_prong(lower, radius, tip).rotate((0, 0, -42))))
        nouns = ("coat hook", "triple coat hook", "hook")
    return Shape(union(parts), nouns)


def _prong(points: list[tuple[float, float]], radius: float, tip: float) -> Manifold:
    """Return a prong with a ball at its end; its points are (distance from the wall, z)."""
    path = outlines.smooth(points, 4)
    way = np.stack([0 * path[:, 0], -path[:, 0], path[:, 1]], axis=1)
    return tube(way, 1.2 * radius, 0.9 * radius) + _knob(tip, tuple(way[-1]))


def _knob(radius: float, at: tuple[float, ...]) -> Manifold:
    """Return a ball with few faces."""
    return Manifold.sphere(radius, 24).translate(at)


def _drilled(plate: str, width: float, height: float, thick: float, upright: bool) -> Manifold:
    """Return a standing plate with a screw hole near both ends; its front is y = -thick."""
    short, long = (width, height) if upright else (height, width)
    if plate == "waisted":
        x = np.array([0.5, 0.5, 0.3, 0.5, 0.5]) * short
        z = np.array([-0.5, -0.4, 0.0, 0.4, 0.5]) * long
        side = outlines.smooth(np.stack([x, z], axis=1), 5)
        outline = outlines.rounded(outlines.polygon([*side, *(-side)]), 0.08 * short)
    else:
        outline = outlines.rectangle(short, long, (0.5 if plate == "pill" else 0.12) * short)
    drill = cylinder(0.08 * short, 4 * thick, (0, 0, -thick))
    holes = [drill.translate((0, sign * 0.4 * long, 0)) for sign in (-1, 1)]
    board = minus(slab(outline, thick, bevel=0 if plate == "waisted" else 0.25 * thick), holes)
    board = board if upright else board.rotate((0, 0, 90))
    return board.rotate((90, 0, 0)).translate((0, 0, height / 2))


def _pegs(draw: Draw, plate: str, thick: float) -> Shape:
    """Draw a board with slanted pegs in a row."""
    count = draw.count("pegs", 3, 5)
    step, height = draw.between(5.5, 7.5), draw.between(6.5, 9)
    width = step * count + draw.between(2, 5)
    thick *= 1.5
    parts = [_drilled(plate, width, height, thick, upright=False)]
    radius, reach = draw.between(0.85, 1.2), draw.between(6, 9)
    tip = draw.between(1.35, 1.7) * radius
    for number in range(count):
        x = (number - (count - 1) / 2) * step
        end = (x, -reach, 0.5 * height + 0.3 * reach)
        parts += [rod((x, -0.3 * thick, 0.5 * height), end, radius), _knob(tip, end)]
    return Shape(union(parts), ("coat rack", "peg rail", "coat hooks"), {"holes": 2})


FAMILY = Family("hook", build, held_out=({"form": "triple", "plate": "pill"},))
