"""Excavators: on tracks or wheels, with a bent boom, an arm and a toothed bucket in front."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, circle, polygon
from caddis.data.families.solids import both_sides, box, cylinder, minus, union
from caddis.data.families.vehicles_parts import block, cabin, side_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one excavator; lengths are in decimetres."""
    base, tool = (
        draw.pick("base", ("tracks", "wheels")),
        draw.pick("pose", ("dig", "reach", "lift")),
    )
    length, width = draw.between(30, 36), draw.between(24, 28)
    if base == "tracks":
        high, wide = draw.between(7.5, 9), draw.between(5.5, 7)
        parts = [_track(length, high, wide, width / 2 - wide / 2)]
        parts.append(box((width - wide, 0.6 * length, 4.5), (0, 0, 0.3 * high)))
    else:
        radius = draw.between(4.5, 5.5)
        high = 2 * radius
        parts = [wheels(radius, 5, width / 2 - 2.5, (-0.32 * length, 0.32 * length)),
                 box((0.5 * width, 0.9 * length, 5), (0, 0, radius - 1.5), 0.8)]  # fmt: skip
    deck = high + 1.5
    parts.append(cylinder(0.3 * width, 4.5, (0, 0, deck - 4)))
    tall, tail = draw.between(9, 11), 0.62 * length
    parts += [box((0.94 * width, tail + 8, 3), (0, 0.5 * (tail - 8), deck), 0.8),
              block((0.1 * length, tail, 0.94 * width, deck + 2.5),
                    (0.12 * length, tail - 1.5, 0.9 * width, deck + tall), 3)]  # fmt: skip
    seat = 0.42 * width
    house = cabin((-9, 6, seat, deck + 2.5), (-6.5, 6, seat - 1.2, deck + 20),
                  0.7, 1, 1.5, rounding=1, rise=(0.32, 0.9))  # fmt: skip
    parts.append(house.translate((0.26 * width, 0, 0)))
    parts.append(cylinder(1.2, 6, (-0.3 * width, 0.42 * length, deck + tall - 1)))
    parts.append(_boom(draw, tool, deck + 4).translate((-0.14 * width, 0, 0)))
    claims = {"wheels": 4} if base == "wheels" else {}
    return Shape(union(parts), ("excavator", "digger"), claims)


def _track(length: float, high: float, wide: float, middle: float) -> Manifold:
    """Return a pair of tracks with treads and sunk middles."""
    r = high / 2
    path = [(-length / 2 + r, r), (length / 2 - r, r)]
    belt = side_view(band(path, high), wide)
    places = np.linspace(r - length / 2, length / 2 - r, 13)
    plates = [box((wide, 1.3, high + 0.9), (0, float(y), -0.45)) for y in places]
    cut = side_view(band(path, 0.6 * high), 1.6, 0.0, wide / 2)
    rounds = [side_view(circle(0.22 * high, 20).translate((y, r)), 1.4, 0.0, wide / 2 - 0.4)
              for y in np.linspace(path[0][0], path[1][0], 5)]  # fmt: skip
    one = union([minus(union([belt, *plates]), [cut]), *rounds])
    return both_sides(one.translate((middle, 0, 0.45)))


def _boom(draw: Draw, pose: str, foot: float) -> Manifold:
    """Return the boom, the arm and the bucket, in the plane x = 0; they reach towards -y."""
    knee_y, knee_z = {"dig": (-22, 30), "reach": (-20, 31), "lift": (-17, 33)}[pose]
    elbow = {"dig": (-37, 26), "reach": (-41, 28), "lift": (-37, 43)}[pose]
    wrist = {"dig": (-33, 5), "reach": (-56, 11), "lift": (-55, 30)}[pose]
    turn = {"dig": -50.0, "reach": -35.0, "lift": 5.0}[pose]
    thick, size = draw.between(3.6, 4.6), draw.between(8, 10)
    start, knee, end, hand = (np.array([p[0], p[1] + foot]) for p in
                              ((-3, 0), (knee_y, knee_z - 6), (elbow[0], elbow[1] - 6),
                               (wrist[0], wrist[1] - 6)))  # fmt: skip
    hand[1] = max(float(hand[1]), 1.3 * size + 1)
    boom = band([start, knee], 1.25 * thick) + band([knee, end], 1.1 * thick)
    arm = band([end + (end - hand) * 0.16, end, hand], 0.85 * thick)
    middle, bracket = 0.5 * (start + knee), 0.6 * knee + 0.4 * end
    pin, back = bracket + np.array([0, 3.6]), end + (end - hand) * 0.16
    ram = band([start + np.array([-4, -1]), middle + np.array([-2.5, -1])], 2.0)
    upper = band([bracket, pin, back], 1.8)
    side = polygon([(0, 1.5), (2.5, 0), (2.2, -0.55 * size), (-0.2 * size, -size),
                    (-0.75 * size, -0.95 * size), (-0.95 * size, -0.55 * size)])  # fmt: skip
    inside = side.offset(-1.3)
    inside = CrossSection.batch_hull([inside, inside.translate((-0.6 * size, 0.8 * size))])
    wide = draw.between(10, 14)
    shell = minus(side_view(side, wide), [side_view(inside, wide - 2.6)])
    teeth = [side_view(polygon([(-0.8 * size, -0.93 * size), (-0.9 * size, -0.62 * size),
                                (-1.22 * size, -0.66 * size)]), 1.7, 0.0, x)
             for x in np.linspace(-wide / 2 + 0.9, wide / 2 - 0.9, 4)]  # fmt: skip
    bucket = (
        union([shell, *teeth])
        .mirror((0, 1, 0))
        .rotate((turn, 0, 0))
        .translate((0, hand[0], hand[1]))
    )
    return union([side_view(boom, 0.95 * thick), side_view(arm, 0.85 * thick),
                  side_view(ram, 2.2), side_view(upper, 2.0), bucket])  # fmt: skip


FAMILY = Family("excavator", build, held_out=({"base": "wheels", "pose": "lift"},))
