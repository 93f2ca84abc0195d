"""Propellers, facing the front: slim aircraft blades or wide ship blades around a hub."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.outlines import Points, circle
from caddis.data.families.solids import around, ball, cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one propeller of radius 10; it is built lying down and stood up at the end."""
    form = draw.pick("form", ("aircraft", "ship", "fan"))
    blades = draw.count("blades", 2, 6) if form == "aircraft" else draw.count("blades", 3, 6)
    if form == "aircraft":
        hub, wide, pitch, twist = draw.between(1.2, 1.7), draw.between(0.8, 1.15), 48.0, 30.0
    elif form == "ship":
        hub, pitch, twist = draw.between(1.8, 2.5), draw.between(38, 52), 15.0
        wide = draw.between(2.7, 3.4) * (1.0 if blades < 5 else 0.8)
    else:
        hub, pitch, twist = draw.between(2.4, 3.2), draw.between(30, 42), 12.0
        wide = draw.between(1.7, 2.4) * (1.0 if blades < 5 else 0.85)
    blade = _blade(form, hub, wide, pitch, twist)
    high = 2.4 * hub if form != "fan" else 1.3 * hub
    parts = [around(blade, blades, 90)]
    bored = draw.chance("bored", 0.5)
    if form == "aircraft" and not bored:
        parts += [cylinder(hub, 0.9 * high, (0, 0, -0.5 * high)),
                  ball(hub, (0, 0, 0.39 * high), (1, 1, draw.between(1.2, 2)))]  # fmt: skip
    else:
        parts.append(turned([
            (0, -0.5 * high), (0.9 * hub, -0.5 * high), (hub, -0.35 * high), (hub, 0.2 * high),
            (0.75 * hub, 0.5 * high), (0, 0.5 * high),
        ]))  # fmt: skip
    solid = union(parts)
    if bored:
        solid = minus(solid, [cylinder(0.42 * hub, 3 * high, (0, 0, -1.5 * high))])
    nouns = {"aircraft": ("propeller", "airplane propeller"),
             "ship": ("propeller", "ship propeller", "screw propeller"),
             "fan": ("fan", "fan propeller", "fan blades")}[form]  # fmt: skip
    return Shape(upright(solid), nouns, {"holes": int(bored)})


def _blade(form: str, hub: float, wide: float, pitch: float, twist: float) -> Manifold:
    """Return one blade along +x: a straight bar, shaped and twisted by moving its points."""
    start = 0.5 * hub
    profile = {  # share of the length, half width
        "aircraft": ([0, 0.25, 0.5, 0.8, 0.94, 1], [0.75, 0.85, 1, 0.85, 0.65, 0.3]),
        "ship": ([0, 0.2, 0.45, 0.7, 0.9, 1], [0.4, 0.62, 0.95, 1, 0.7, 0.25]),
        "fan": ([0, 0.3, 0.6, 0.85, 0.95, 1], [0.5, 0.75, 1, 1, 0.85, 0.55]),
    }[form]

    def shaped(points: Points) -> Points:
        side, flat, share = points.T
        half = wide * np.interp(share, *profile)
        across, thick = side * half, flat * np.maximum(0.24, 0.42 * (1 - 0.6 * share))
        angle = np.radians(pitch - twist * share)
        y = across * np.cos(angle) - thick * np.sin(angle)
        z = across * np.sin(angle) + thick * np.cos(angle)
        return np.stack([start + (10 - start) * share, y, z], axis=1)

    return circle(1, 20).extrude(1.0, 16).warp_batch(shaped)


FAMILY = Family("propeller", build, held_out=({"form": "ship", "blades": 4},))
