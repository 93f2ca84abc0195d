"""Stairs: a solid flight, an open flight on a slanted underside, or a spiral about a pole."""

from __future__ import annotations

import numpy as np

from caddis.data.families.buildings_parts import upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import polygon
from caddis.data.families.solids import box, cylinder, rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one flight of stairs, rising towards +y; lengths are in centimetres."""
    style = draw.pick("style", ("solid", "slanted", "spiral"))
    rise, going = draw.between(16, 20), draw.between(25, 32)
    width = draw.between(60, 130)
    if style == "spiral":
        steps = draw.count("steps", 8, 14)
        radius, pole, turn = draw.between(75, 100), draw.between(8, 12), draw.between(24, 32)
        angles = np.radians(np.linspace(0, 1.08 * turn, 5))
        fan = [(0, -pole / 2), *zip(radius * np.cos(angles), radius * np.sin(angles), strict=True)]
        tread = slab(polygon(fan), 0.4 * rise)
        thick = 0.4 * rise
        parts = [cylinder(pole, (steps + 1.5) * rise), cylinder(3 * pole, 0.3 * rise)]
        parts += [
            tread.rotate((0, 0, turn * number - 90)).translate((0, 0, (number + 1) * rise - thick))
            for number in range(steps)
        ]
        return Shape(union(parts), ("spiral staircase", "stairs"))
    steps = draw.count("steps", 3, 10)
    corners = [(0.0, 0.0)]
    for number in range(steps):
        corners += [
            (number * going, (number + 1) * rise),
            ((number + 1) * going, (number + 1) * rise),
        ]
    run, top = steps * going, steps * rise
    if style == "solid":
        corners.append((run, 0))
    else:
        corners += [(run, top - 1.9 * rise), (1.0 * going, 0)]
    flight = upright(polygon(corners), width).rotate((0, 0, 90))
    parts = [flight.translate((0, -run / 2, 0))]
    sides = draw.count("rails", 0, 2)
    for side in (-1, 1)[:sides]:
        x, high = side * (width / 2 - 4), draw.between(75, 85)
        low = np.array([x, 0.5 * going - run / 2, rise + high])
        end = np.array([x, run / 2 - 0.5 * going, top + high])
        parts += [rod(low, end, 4.5)]
        posts = range(0, steps, 2) if steps % 2 else [*range(0, steps - 1, 2), steps - 1]
        for number in posts:
            y = (number + 0.5) * going - run / 2
            up = (number + 1) * rise
            parts.append(box((7, 7, high + 3), (x, y, up - 2)))
    nouns = ("stairs", "staircase") if steps > 3 else ("steps", "stairs")
    return Shape(union(parts), nouns, {"steps": steps})


FAMILY = Family("stairs", build, held_out=({"style": "slanted", "rails": 2},))
