"""Clocks: wall, alarm and mantel clocks with a face, marks and two hands."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import arched, clock_face, small_ball, upright
from caddis.data.families.outlines import band, circle, polygon
from caddis.data.families.solids import arc, both_sides, box, rod, union


def build(draw: Draw) -> Shape:
    """Draw one clock; the radius of its face is 10."""
    form = draw.pick("form", ("wall", "alarm", "mantel"))
    thick = draw.between(3, 6)
    shape = draw.pick("outline", ("round", "square", "hexagonal")) if form == "wall" else "round"
    face = clock_face(draw, shape, thick)
    if form == "wall":
        reach = 10.9 * np.cos(np.radians(30)) if shape == "hexagonal" else 10.9
        return Shape(face.translate((0, 0, reach)), ("clock", "wall clock"))
    solid = _alarm(draw, face, thick) if form == "alarm" else _mantel(draw, face, thick)
    return Shape(solid, ("clock", f"{form} clock"))


def _alarm(draw: Draw, face: Manifold, thick: float) -> Manifold:
    deep = 2 * thick + 3
    body = upright(circle(10.4), deep - 1).translate((0, deep / 2 - 1, 0))
    y, tilt = deep / 2 - thick / 2, draw.between(28, 38)
    foot = rod((0, 0, -8), (0, 0, -14.6), 1.3, 1.0) + small_ball(1.4, (0, 0, -14.4))
    bell = small_ball(4.4, stretch=(1, 1, 0.9)).trim_by_plane((0, 0, 1), 0) + rod(
        (0, 0, -4), (0, 0, 1), 1
    )
    bell = (bell + small_ball(1.1, (0, 0, 4.2))).translate((0, 0, 13))
    hammer = box((1.3, 1.3, 5), (0, 0, 9.8)) + box((3.2, 1.6, 1.8), (0, 0, 14.4))
    handle = upright(band(arc(8.0, 0, 180, 15, (1, 0.9)), 1.2), 1.4).translate((0, 0, 12.6))
    back = both_sides(foot.rotate((0, -26, 0)) + bell.rotate((0, tilt, 0))) + hammer
    if draw.chance("carrying handle", 0.4):
        back += handle
    whole = union([face, body, back.translate((0, y, 0))])
    return whole.translate((0, 0, -whole.bounding_box()[2]))


def _mantel(draw: Draw, face: Manifold, thick: float) -> Manifold:
    """Return a case with a hump, an arch or a gable over its face."""
    style, wide = draw.pick("case", ("hump", "arch", "gable")), draw.between(26, 30)
    if style == "hump":
        half = draw.between(21, 27)
        angles = np.linspace(-1, 1, 25)
        top = np.stack([half * angles, 7 + 17 * np.exp(-((2.3 * angles) ** 2))], axis=1)
        view = polygon([(-half, 0), (half, 0), *top[::-1]]) + circle(12).translate((0, 13))
    else:
        half = wide / 2
        view = arched(wide, 14, 13, 19 if style == "arch" else 3)
    deep = thick + draw.between(5, 8)
    case = upright(view, deep).translate((0, deep / 2 - 1.5, 1.5))
    plinth = box((2 * half + 5, deep + 5, 3), (0, deep / 2 - 1.5, 0), 0.8)
    return union([face.translate((0, 0, 14.2)), case, plinth])


FAMILY = Family(
    "clock",
    build,
    held_out=({"form": "alarm", "marks": "dots"}, {"case": "hump", "marks": "four"}),
)
