"""Trays: rectangular, oval or round, with a low rim, holes or bows to hold them by."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import outline_of
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import both_sides, minus, tube


def build(draw: Draw) -> Shape:
    """Draw one tray; lengths are in centimetres."""
    form = draw.pick("form", ("rectangular", "rectangular", "oval", "round"))
    grips = ("slots", "bows", "ears", "none") if form == "rectangular" else ("bows", "ears")
    grip = draw.pick("grip", grips)
    width, ratio = draw.between(34, 44), draw.between(0.56, 0.72)
    height, wall = draw.between(3, 4.2), draw.between(1.0, 1.4)
    if grip == "slots":
        height += 2.2
    shape = outline_of(form, width, ratio * width, draw.between(0.05, 0.2))
    flare = draw.between(1.0, 1.08)
    outer = shape.extrude(height, scale_top=(flare, flare))
    inner = shape.offset(-wall).extrude(height, scale_top=(flare, flare)).translate((0, 0, wall))
    solid = minus(outer, [inner])
    deep = {"rectangular": ratio, "oval": ratio, "round": 1.0}[form] * width
    if grip == "slots":
        slot = rectangle(9, 1.8, 0.85).extrude(9).rotate((90, 0, 90))
        solid = minus(solid, [both_sides(slot.translate((width / 2 - 4.5, 0, 0.62 * height)))])
    elif grip == "ears":
        tab = rectangle(8, 0.36 * deep, 2.5) - rectangle(2.2, 0.2 * deep, 1).translate((2.1, 0))
        ear = tab.translate((flare * width / 2, 0)) - shape.scale((0.96 * flare, 0.96 * flare))
        solid += both_sides(ear.extrude(1.1).translate((0, 0, height - 1.4)))
    elif grip == "bows":
        span = min(0.22 * deep, 6)
        edge = 0.5 * flare * width - 0.4 * wall
        if form != "rectangular":
            edge *= np.sqrt(1 - (2 * span / (flare * deep)) ** 2)
            edge -= 0.2
        angles = np.linspace(-90, 90, 9) * np.pi / 180
        reach = 0.5 * flare * width + 3 - edge if form != "rectangular" else 3.2
        path = np.stack([edge + reach * np.cos(angles) ** 0.7, span * np.sin(angles),
                         height - 0.8 + 0 * angles], axis=1)  # fmt: skip
        solid += both_sides(tube(path, 0.75))
    claims: dict[str, str | int] = {"holes": 0 if grip == "none" else 2}
    if grip == "none":
        claims["body"] = form
    return Shape(solid, ("tray", "serving tray"), claims)


FAMILY = Family("tray", build, held_out=({"form": "oval", "grip": "bows"},))
