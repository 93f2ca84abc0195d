"""Wall hooks: a plate with screw holes and one, two or three hooks that bend upwards."""

from __future__ import annotations

import numpy as np

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import ball, cylinder, minus, slab, tube, union


def build(draw: Draw) -> Shape:
    """Draw one hook, the plate at the back; lengths are in centimetres."""
    plate = draw.pick("plate", ("round", "rectangular", "oval"))
    hooks = draw.count("hooks", 1, 3)
    width = draw.between(3, 5) if hooks == 1 else draw.between(3.2, 4.2) * hooks
    height, thick = draw.between(5, 9), draw.between(0.5, 0.8)
    if plate == "round" and hooks == 1:
        width = height
    outline = {
        "round": outlines.oval(width, height)
        if hooks == 1
        else outlines.rectangle(width, height, height / 2),
        "rectangular": outlines.rectangle(width, height, 0.6),
        "oval": outlines.oval(1.15 * width, height),
    }[plate]
    back = slab(outline, thick, bevel=0.15 * thick).rotate((90, 0, 0))  # its front is y = -thick
    drills = [
        cylinder(0.28, 4, (0, 0, -2)).rotate((90, 0, 0)).translate((0, 0, sign * 0.36 * height))
        for sign in (-1, 1)
    ]
    solid = minus(back, drills)
    reach, radius = draw.between(2.4, 4.2), draw.between(0.4, 0.6)
    drop = 0.14 * height
    bend = outlines.smooth(
        [
            (0.1, -0.2 * height),
            (0.55 * reach, -0.2 * height - drop),
            (reach, -0.08 * height),
            (1.02 * reach, 0.16 * height),
        ],
        4,
    )
    knob = draw.chance("knob")
    for number in range(hooks):
        x = (number - (hooks - 1) / 2) * width / hooks
        path = np.stack([np.full(len(bend), x), -bend[:, 0], bend[:, 1] + 0.12 * height], axis=1)
        parts = [solid, tube(path, radius)]
        if knob:
            parts.append(ball(1.7 * radius, tuple(path[-1])))
        solid = union(parts)
    nouns = {
        1: ("wall hook", "hook"),
        2: ("double hook", "wall hook"),
        3: ("hook rail", "coat hooks"),
    }
    return Shape(solid, nouns[hooks], {"holes": 2})


FAMILY = Family("hook", build, held_out=({"plate": "round", "hooks": 2},))
