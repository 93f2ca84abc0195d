"""Pans: frying pans, saucepans, woks and griddles with a long handle at the right."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rectangle, rounded
from caddis.data.families.solids import ball, box, cylinder, minus, slab, tube, union
from caddis.data.families.vessels_parts import curve_of, handle, hollow

_WALLS = {
    "frying": ((0.78, 0), (0.88, 0.3), (0.94, 0.6), (1, 1)),
    "saucepan": ((0.94, 0), (1, 0.1), (1, 0.5), (1, 1)),
    "wok": ((0.25, 0), (0.6, 0.2), (0.84, 0.5), (1, 1)),
}
_NOUNS = {
    "frying": ("frying pan", "pan", "skillet"), "saucepan": ("saucepan", "pan", "pot"),
    "wok": ("wok", "pan"), "griddle": ("grill pan", "pan", "griddle"),
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one pan; lengths are in centimetres."""
    form = draw.pick("form", (*_WALLS, "griddle"))
    radius, wall = draw.between(9.5, 13.5), draw.between(0.75, 1.0)
    height = {"saucepan": draw.between(0.9, 1.2), "wok": draw.between(0.5, 0.62)}.get(
        form, draw.between(0.32, 0.44)
    ) * radius  # fmt: skip
    if form == "griddle":
        shape = rectangle(2 * radius, 2 * radius, 0.25 * radius)
        outer = shape.extrude(height, scale_top=(1.06, 1.06))
        inner = shape.offset(-wall).extrude(height, scale_top=(1.06, 1.06)).translate((0, 0, wall))
    else:
        outer, inner = hollow(curve_of(_WALLS[form], radius, height), wall)
    grip = draw.pick("grip", ("flat", "round"))
    rise = draw.between(0.1, 0.26)
    long = draw.between(1.3, 1.7) * radius
    parts = [outer, _grip(grip, radius, long, height, rise)]
    if form == "wok" or draw.chance("second_handle", 0.2):
        angles = np.linspace(-np.pi / 2, np.pi / 2, 9)
        path = np.stack([-0.97 * radius - 2.6 * np.cos(angles), 3 * np.sin(angles),
                         height - 0.9 + 0 * angles], axis=1)  # fmt: skip
        parts.append(tube(path, 0.7))
    if form == "saucepan" and draw.chance("lid", 0.4):
        solid = union([*parts, _lid(radius, height)])
        return Shape(solid, ("saucepan", "saucepan with a lid", "pan"), {"open": False})
    solid = minus(union(parts), [inner])
    if form == "griddle":
        ridges = [box((0.9, 1.8 * radius, 0.9), (x, 0, wall - 0.1))
                  for x in np.linspace(-0.72, 0.72, 7) * radius]  # fmt: skip
        solid = union([solid, *ridges])
    return Shape(solid, _NOUNS[form], {"open": True})


def _grip(style: str, radius: float, long: float, height: float, rise: float) -> Manifold:
    """Return a long handle that slopes up from the rim at +x."""
    level = height - 1.5
    if style == "round":
        ends = [(radius - 0.3, level), (radius + 0.3 * long, level + 0.4 * rise * long),
                (radius + long, level + rise * long)]  # fmt: skip
        return handle(np.array(ends), 1.9)
    wide = rounded(polygon([(0, -1.1), (long, -1.7), (long, 1.7), (0, 1.1)]), 1.05)
    flat = slab(wide - circle(0.75, 20).translate((long - 1.8, 0)), 1.1)
    return flat.rotate((0, -np.degrees(np.arctan(rise)), 0)).translate((radius - 0.5, 0, level))


def _lid(radius: float, height: float) -> Manifold:
    """Return a lid with a knob on top."""
    dome = ball(radius + 0.3, (0, 0, height - 0.2), (1, 1, 0.25))
    dome = dome.trim_by_plane((0, 0, 1), height - 0.3)
    top = height + 0.24 * radius
    return union([dome, cylinder(0.7, 1.5, (0, 0, top - 0.4)),
                  cylinder(1.7, 0.9, (0, 0, top + 0.7), 1.4)])  # fmt: skip


FAMILY = Family("pan", build, held_out=({"form": "frying", "grip": "round"},))
