"""Street lamps: an old post with a lantern, globes, or a modern mast with one or two arms."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.buildings_parts import bar, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, regular
from caddis.data.families.solids import around, ball, both_sides, box, cylinder, rod, turned, union


def _post(draw: Draw, height: float, radius: float) -> Manifold:
    """Return a cast-iron post on a moulded foot."""
    r, h = radius, height
    foot = draw.between(2.2, 3.2) * r
    base = draw.pick("foot", ("round", "octagonal"))
    profile = [(0, 0), (foot, 0), (foot, 0.05 * h), (0.75 * foot, 0.07 * h), (0.7 * foot, 0.19 * h),
               (0.85 * foot, 0.2 * h), (0.85 * foot, 0.22 * h), (1.1 * r, 0.25 * h),
               (r, 0.6 * h), (1.7 * r, 0.61 * h), (1.7 * r, 0.63 * h), (r, 0.64 * h),
               (0.85 * r, h), (0, h)]  # fmt: skip
    return turned(profile, 8 if base == "octagonal" else 28)


def _lantern(size: float, sides: int) -> Manifold:
    """Return a lantern that widens upwards, standing on z = 0."""
    low, high = 0.62 * size, 1.9 * size
    frame = regular(sides, low).extrude(high, scale_top=(size / low, size / low))
    glass = regular(sides, 0.86 * low).extrude(high, scale_top=(size / low, size / low))
    panes = frame - regular(sides, 2 * size).extrude(0.76 * high).translate((0, 0, 0.12 * high))
    post = bar((0, -0.95 * low, 0.1 * high), (0, -0.95 * size, 0.95 * high), 0.2 * size)
    roof = regular(sides, 1.18 * size).extrude(0.8 * size, scale_top=(0.25, 0.25))
    knob = ball(0.26 * size, (0, 0, high + 0.9 * size))
    return union([panes, glass, around(post, sides, 180 / sides), knob,
                  cylinder(0.5 * size, 0.4 * size, (0, 0, -0.25 * size), 0.62 * size),
                  roof.translate((0, 0, high - 0.05))])  # fmt: skip


def _modern(draw: Draw, height: float, arms: int) -> Manifold:
    """Return a mast with curved or straight arms that reach along x."""
    radius, reach = draw.between(1.3, 1.7), draw.between(10, 16)
    if draw.chance("curved", 0.6):
        t = np.linspace(0, 0.5 * np.pi, 10)
        path = [(reach * (1 - np.cos(a)), height + 0.55 * reach * np.sin(a)) for a in t]
    else:
        path = [(0.0, height), (reach, height + draw.between(0, 4))]
    path = [(0.0, 0.8 * height), *path]
    end = path[-1]
    arm = upright(band(path, 2 * 0.85 * radius), 1.6 * radius)
    long, wide = draw.between(7, 10), draw.between(3.4, 4.6)
    if draw.chance("round heads", 0.4):
        head = turned([(0, -0.2), (0.5 * long, -0.2), (0.5 * long, 0.5), (0.25 * long, 1.6),
                       (0.9, 2.8), (0, 2.8)], 28)  # fmt: skip
        head = head.translate((end[0] + 1, 0, end[1] - 1.6))
    else:
        low = box((long, wide, 0.8), (end[0] + 0.3 * long, 0, end[1] - 1.5), 0.8)
        top = box((0.7 * long, 0.6 * wide, 0.8), (end[0] + 0.25 * long, 0, end[1] + 0.3), 0.5)
        head = Manifold.batch_hull([low, top])
    side = arm + head
    mast = cylinder(1.25 * radius, 0.85 * height, (0, 0, 0), 0.9 * radius)
    foot = turned([(0, 0), (2.6 * radius, 0), (2.6 * radius, 1.2), (1.7 * radius, 2),
                   (1.5 * radius, 0.14 * height), (0, 0.14 * height)], 28)  # fmt: skip
    return union([mast, foot, both_sides(side) if arms == 2 else side])


def build(draw: Draw) -> Shape:
    """Draw one street lamp; lengths are in decimetres."""
    style = draw.pick("style", ("lantern", "globes", "mast"))
    height = draw.between(34, 48)
    if style == "mast":
        arms = draw.count("arms", 1, 2)
        return Shape(_modern(draw, 1.15 * height, arms), ("street lamp", "street light"))
    radius = draw.between(1.1, 1.5)
    parts = [_post(draw, height, radius)]
    heads = draw.count("lamps", 1, 3)
    if style == "lantern":
        size, sides = draw.between(3.2, 4.4), 4 if draw.chance("square lantern", 0.5) else 6
        head = _lantern(size, sides)
        if heads == 1:
            parts.append(head.translate((0, 0, height)))
            arm = rod((0, 0, 0), (4, 0, 0), 0.7) + ball(0.95, (4.1, 0, 0))
            parts.append(both_sides(arm.translate((0, 0, 0.8 * height))))
    else:
        size = draw.between(2.8, 3.8)
        head = ball(size, (0, 0, 0.9 * size)) + cylinder(0.6 * size, 0.9, (0, 0, -0.3))
        parts.append(head.translate((0, 0, height)))
    if heads > 1:
        reach, level = draw.between(2.2, 2.8) * size, height - draw.between(2, 5)
        t = np.linspace(0, np.pi, 9)
        bow = [(0.5 * reach * (1 - np.cos(a)), level - 0.45 * reach * np.sin(a)) for a in t]
        arm = upright(band([(0, level), *bow], 1.4), 1.4)
        side = arm + head.translate((reach, 0, level + 0.1))
        parts += [side.rotate((0, 0, 360 / heads * n + (0 if heads == 2 else 90)))
                  for n in range(heads)]  # fmt: skip
    return Shape(union(parts), ("street lamp", "lamp post", "old street lamp"))


FAMILY = Family("street_lamp", build, held_out=({"style": "globes", "lamps": 3},
                                                {"arms": 2, "foot": "octagonal"}))  # fmt: skip
