"""Floor lamps: a tall pole on a disc, three legs or bent feet under a shade, bowl, ball or bow."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import lamp_shade, outline_of, small_ball, upright
from caddis.data.families.outlines import band, circle, rectangle, smooth
from caddis.data.families.solids import around, ball, cylinder, round_leg, slab, tube, turned, union


def build(draw: Draw) -> Shape:
    """Draw one floor lamp; lengths are in centimetres."""
    head = draw.pick("head", ("cone", "drum", "hexagonal", "bowl", "ball", "bow"))
    foot = draw.pick("foot", ("disc", "tripod", "bent feet")) if head != "bow" else "disc"
    high, radius = draw.between(118, 158), draw.between(2.0, 2.6)
    top, bottom = _head(draw, head, high, radius)
    stand = _foot(draw, foot, high, radius, bottom)
    if head == "bow":
        stand = cylinder(draw.between(15, 20), 5).translate((0, 0.32 * high, 0))
    nouns = {"tripod": ("floor lamp", "tripod lamp"), "bent feet": ("floor lamp", "standard lamp"),
             "disc": ("floor lamp", "standing lamp")}[foot]  # fmt: skip
    if head == "bow":
        nouns = ("floor lamp", "arc lamp")
    claims: dict[str, int | bool] = {} if foot == "disc" else {"legs": 3}
    return Shape(union([top, stand]), nouns, claims)


def _head(draw: Draw, head: str, high: float, radius: float) -> tuple[Manifold, float]:
    """Return the upper part and the height at which the pole of the stand may end."""
    wide, tall = draw.between(42, 56), draw.between(26, 38)
    if head == "ball":
        return ball(0.42 * wide, (0, 0, high)), high
    if head == "bowl":
        curve = smooth([(0.1 * wide, 0), (0.34 * wide, 0.22 * tall), (0.55 * wide, 0.6 * tall)], 6)
        inner = [(r - 3, z + 2.4) for r, z in curve if r > 0.2 * wide]
        shell = turned([(0, 0), *curve, *inner[::-1], (0, inner[0][1])])
        return shell.translate((0, 0, high)), high + 2
    if head == "bow":
        back, front = 0.32 * high, -0.34 * high
        path = smooth([(back, 3), (back, 0.55 * high), (0.7 * back, 0.86 * high), (0, high),
                       (0.6 * front, 0.93 * high), (front, 0.76 * high)], 3)  # fmt: skip
        bow = tube([(0, y, z) for y, z in path], 2.4)
        low = smooth([(0.1 * wide, 0.0), (0.34 * wide, -5.0), (0.44 * wide, -0.6 * tall)], 5)
        dome = turned(
            [(0, 0), *low, (0.44 * wide - 3, -0.6 * tall), (0.3 * wide - 2, -8.0), (0, -6)]
        )
        return bow + dome.translate((0, front, 0.76 * high + 1)), high
    share = draw.between(0.45, 0.7) if head == "cone" else 1.0 if head == "drum" else 0.7
    edge = outline_of("hexagonal" if head == "hexagonal" else "round", wide, wide, 0.01)
    shade = lamp_shade(edge, [1.0, share], tall, 2.7).translate((0, 0, high - 0.4 * tall))
    end = high + 0.52 * tall
    return shade + small_ball(1.6 * radius, (0, 0, end)), end


def _foot(draw: Draw, foot: str, high: float, radius: float, end: float) -> Manifold:
    if foot == "tripod":
        reach, hub = draw.between(24, 34), draw.between(0.6, 0.78) * high
        leg = round_leg((0, reach, 0), (0, 1.2, hub), 1.9, 2.3)
        knot = slab(circle(5.5), 8, (0, 0, hub - 5), 1.5)
        parts = [around(leg, 3), knot, cylinder(radius, end - hub + 1, (0, 0, hub - 1))]
        if draw.chance("ring", 0.5):
            share = 0.3
            far = reach + (1.2 - reach) * share
            parts.append(slab(circle(far + 1.6) - circle(far - 1.6), 3, (0, 0, share * hub)))
        return union(parts)
    if foot == "bent feet":
        path = smooth([(0, 22), (9, 20), (19, 12), (27, 2)], 4)
        view = band(path, 5.5) ^ rectangle(90, 60).translate((0, 30))
        feet = around(upright(view, 5.5), 3, 30.0)
        curve = smooth([(4, 14), (4.6, 22), (2.6, 27), (3.6, 33), (radius, 38), (radius, end)], 3)
        return feet + turned([(0, 14), *curve, (0, end)], 24)
    plate = turned([(0, 0), *np.array([(1, 0), (1, 3), (0.9, 4.2), (0.2, 7)])
                    * (draw.between(15, 20), 1), (0, 7)])  # fmt: skip
    pole = cylinder(radius, end - 1, (0, 0, 1))
    if draw.chance("beads", 0.4):
        for z in (0.2, 0.48):
            pole += small_ball(2.1 * radius, (0, 0, z * high), (1, 1, 1.3))
    return plate + pole


FAMILY = Family(
    "floor_lamp", build,
    held_out=({"head": "cone", "foot": "tripod"}, {"head": "ball", "foot": "bent feet"}),
)  # fmt: skip
