"""Lighthouses: a tall tapered tower with a gallery and a lantern, on a rock or by a cottage."""

from __future__ import annotations

from caddis.data.families.buildings_parts import arched, gable_roof, gable_wall, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import around, ball, box, cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one lighthouse; lengths are in metres."""
    shaft = draw.pick("shaft", ("round", "octagonal"))
    base = draw.pick("base", ("plain", "rock", "cottage"))
    dome = draw.pick("dome", ("dome", "cone"))
    sides = 48 if shaft == "round" else 8
    height, radius = draw.between(15, 24), draw.between(2.4, 3.4)
    top, waist = radius * draw.between(0.5, 0.68), draw.between(0.35, 0.5)
    curve = smooth([(radius, 0), (waist * radius + (1 - waist) * top, 0.45 * height),
                    (top, height)], 6)  # fmt: skip
    gallery = top * draw.between(1.5, 1.75)
    head = [(gallery, height + 0.7), (gallery, height + 1.3), (0, height + 1.3)]
    parts = [turned([(0, 0), *curve, *head], sides).rotate((0, 0, 180 / sides))]
    if shaft == "round":
        for share in (0.2, 0.4, 0.6, 0.8)[: draw.count("bands", 0, 4)]:
            wide = radius + (top - radius) * share + 0.05
            parts.append(cylinder(wide + 0.25, 0.06 * height, (0, 0, share * height), wide + 0.2))
    floor, tall = height + 1.2, draw.between(2.2, 3.2)
    rail = minus(cylinder(gallery, 0.45), [cylinder(gallery - 0.45, 2, (0, 0, -1))])
    parts.append(rail.translate((0, 0, floor + 1.0)))
    parts.append(around(box((0.42, 0.42, 1.3), (gallery - 0.23, 0, floor - 0.1)), 8))
    lantern = 0.78 * top
    parts += [cylinder(0.55 * lantern, tall + 0.4, (0, 0, floor - 0.1)),
              cylinder(lantern, 0.8, (0, 0, floor - 0.1)),
              around(box((0.4, 0.4, tall + 0.2), (0.88 * lantern, 0, floor)), 6)]  # fmt: skip
    roof = floor + tall
    if dome == "dome":
        parts += [cylinder(1.3 * lantern, 0.4, (0, 0, roof)),
                  minus(ball(1.15 * lantern, (0, 0, roof + 0.3), (1, 1, 0.9)),
                        [box((9, 9, 9), (0, 0, roof - 8.9))])]  # fmt: skip
    else:
        parts.append(cylinder(1.4 * lantern, 1.9 * lantern, (0, 0, roof), 0.25))
    parts += [cylinder(0.22, 2.0 * lantern + 0.5, (0, 0, roof)),
              ball(0.42, (0, 0, roof + 2.0 * lantern + 0.6))]  # fmt: skip
    cuts = [upright(arched(1.3, 2.4), 1.4, (0, -radius, 0.4))]
    for share in (0.3, 0.52, 0.72):
        at = radius + (top - radius) * share - 0.2
        cuts.append(upright(arched(0.75, 1.4), 1.2, (0, -at, share * height)))
    whole = minus(union(parts), cuts)
    if base == "rock":
        rock = cylinder(2.1 * radius, 1.0, (0, 0, -1.4), 1.9 * radius)
        rock += cylinder(1.7 * radius, 1.5, (0, 0, -1.4), 1.4 * radius)
        whole += rock.translate((0, 0, 0)) + box((1.4, 2.5 * radius, 0.8), (0, -0.7 * radius, -1))
    elif base == "cottage":
        wide, long, rise = draw.between(4, 5.5), draw.between(5, 7), draw.between(2, 3)
        house = upright(gable_wall(wide, 3.2, rise), long)
        house += gable_roof(wide, rise, long + 1, 0.45, 0.5, at=(0, 0, 3.05))
        door = upright(arched(1.2, 2.1), 0.8, (0, -long / 2, 0.1))
        whole += minus(house, [door]).translate((0.75 * radius + 0.5 * wide, 0.4, 0))
        whole += box((radius + wide + 4, long + 2, 0.6), (0.5 * (radius + wide) - 0.4, 0.2, -0.5))
    lowest = whole.bounding_box()[2]
    return Shape(whole.translate((0, 0, -lowest)), ("lighthouse",))


FAMILY = Family("lighthouse", build, held_out=({"shaft": "octagonal", "base": "rock"},))
