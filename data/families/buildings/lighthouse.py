"""Lighthouses: a round or octagonal tower on a plinth, on a rock or beside a cottage."""

from __future__ import annotations

import numpy as np

from data.families.buildings_parts import arched, gable_roof, gable_wall, upright
from data.families.family import Draw, Family, Shape
from data.families.outlines import smooth
from data.families.solids import around, ball, box, cylinder, minus, rod, turned, union


def build(draw: Draw) -> Shape:
    """Draw one lighthouse; lengths are in metres."""
    body = draw.pick("body", ("tapered", "curved", "octagonal"))
    base = draw.pick("base", ("plinth", "rock", "cottage"))
    height, foot = draw.between(16, 26), draw.between(2.8, 3.9)
    head = foot * draw.between(0.52, 0.68)
    sides = 8 if body == "octagonal" else 40
    middle = 0.42 if body == "curved" else 0.5
    waist = foot + (head - foot) * (0.66 if body == "curved" else 0.5)
    curve = smooth([(foot, 0), (waist, middle * height), (head, height)], 8)
    parts = [turned([(0, 0), *curve, (0, height)], sides)]
    if draw.chance("stripes", 0.6):
        count = draw.count("bands", 2, 4)
        for number in range(count):
            low, high = (number + 0.55) / (count + 0.4), (number + 1.05) / (count + 0.4)
            levels = np.linspace(low, high, 5) * height
            radii = np.interp(levels, curve[:, 1], curve[:, 0]) + 0.22
            ring = np.stack([radii, levels], axis=1)
            parts.append(turned([(0, levels[0]), *ring, (0, levels[-1])], sides))
    deck, lamp, room = head + 1.1, 0.72 * head, draw.between(2.2, 3)
    parts += [turned([(0, height - 1), (head, height - 1), (deck, height), (deck, height + 0.45),
                      (0, height + 0.45)], sides),
              cylinder(lamp, room + 0.6, (0, 0, height)),
              cylinder(1.15 * lamp, 0.6, (0, 0, height + 0.4))]  # fmt: skip
    rail = turned([(deck - 0.5, height + 1.3), (deck - 0.05, height + 1.3),
                   (deck - 0.05, height + 1.75), (deck - 0.5, height + 1.75)], sides)  # fmt: skip
    reach = deck - 0.28 if sides > 8 else 0.93 * deck - 0.26
    post = rod((0, -reach, height + 0.2), (0, -reach, height + 1.5), 0.28)
    bar = box((0.4, 0.4, room), (0, -lamp, height + 0.4))
    parts += [rail, around(post, 12 if sides > 8 else 8), around(bar, 8)]
    roof = height + room + 0.3
    if draw.pick("roof", ("cone", "dome")) == "cone":
        parts.append(cylinder(1.4 * lamp, draw.between(1.2, 1.8) * lamp, (0, 0, roof), 0.3))
        tip = roof + 1.2 * lamp
    else:
        dome = ball(1.25 * lamp, (0, 0, roof)).trim_by_plane((0, 0, 1), roof)
        parts += [dome, cylinder(1.4 * lamp, 0.4, (0, 0, roof))]
        tip = roof + 1.1 * lamp
    parts += [rod((0, 0, tip - 0.3), (0, 0, tip + 1.6), 0.3), ball(0.5, (0, 0, tip + 1.1))]
    cuts = [upright(arched(1.6, 2.8), 1.2, (0, -foot, 0.7))]
    for share in (0.35, 0.58, 0.8):
        y = float(np.interp(share * height, curve[:, 1], curve[:, 0]))
        cuts.append(upright(arched(0.9, 1.6), 1.3, (0, -y, share * height)))
    tower = minus(union(parts), cuts)
    if base == "rock":
        lump = ball(1.0, (0, 0, 0.3), (2.1 * foot, 1.8 * foot, draw.between(2.2, 3.2)))
        small = ball(1.0, (1.3 * foot, -0.7 * foot, 0), (1.2 * foot, foot, 1.9))
        rock = (lump + small).trim_by_plane((0, 0, 1), -1.0)
        tower = union([tower, rock]).translate((0, 0, 1))
    elif base == "cottage":
        wide, long, wall = 4.6, draw.between(5, 7.5), 2.8
        house = upright(gable_wall(wide, wall + 0.1, 2.0), long)
        house += gable_roof(wide, 2.0, long + 0.8, 0.4, 0.5, (0, 0, wall))
        door = box((1.2, 0.7, 2), (0.1 * long, -wide / 2, 0.2))
        panes = [box((0.9, 0.7, 0.9), (x * long, -wide / 2, 1.1)) for x in (-0.12, 0.33)]
        house = minus(house.rotate((0, 0, 90)), [door, *panes])
        tower += house.translate((0.8 * foot + long / 2, 0.4, 0))
    else:
        tower += cylinder(1.3 * foot, 0.8)
    return Shape(tower, ("lighthouse",))


FAMILY = Family("lighthouse", build, held_out=({"body": "octagonal", "base": "rock"},))
