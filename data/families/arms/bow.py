"""Bows, lying along x: plain arcs, recurved ones and longbows, strung, some with an arrow."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.outlines import polygon, smooth
from caddis.data.families.solids import both_sides, box, tube, union


def build(draw: Draw) -> Shape:
    """Draw one bow; lengths are in centimetres."""
    form = draw.pick("form", ("longbow", "recurve bow", "short bow"))
    arrow = draw.chance("arrow", 0.5)
    half = {
        "longbow": draw.between(52, 62),
        "recurve bow": draw.between(42, 52),
        "short bow": draw.between(30, 36),
    }[form]
    depth = draw.between(0.26, 0.36) * half
    if form == "recurve bow":
        path = [
            (0, depth),
            (0.35 * half, 0.97 * depth),
            (0.72 * half, 0.45 * depth),
            (0.93 * half, 0.02 * depth),
            (half, 0.22 * depth),
        ]
        hook = (0.9 * half, 0.08 * depth)
    else:
        path = [(0, depth), (0.4 * half, 0.86 * depth), (0.75 * half, 0.5 * depth), (half, 0)]
        hook = (0.985 * half, 0.02 * depth)
    thick = 0.045 * half + draw.between(0.2, 0.6)
    points = smooth(path, 4 if form == "recurve bow" else 3)
    curve = np.stack([points[:, 0], points[:, 1], 0 * points[:, 0]], axis=1)
    parts = [
        both_sides(tube(curve, thick, 0.6 * thick)),
        limb((-0.14 * half, depth, 0), (0.14 * half, depth, 0), 1.4 * thick),
    ]
    line = 0.022 * half + 0.25
    drawn = arrow and draw.chance("drawn", 0.6)
    pull = -draw.between(0.25, 0.4) * half if drawn else hook[1]
    parts.append(both_sides(limb((0, pull, 0), (hook[0], hook[1], 0), line, segments=12)))
    if arrow:
        parts.append(_arrow(draw, pull, depth, half))
    wraps = draw.count("wraps", 0, 3)
    for number in range(wraps):
        x = (0.2 + 0.07 * number) * half
        y = float(np.interp(x, points[:, 0], points[:, 1]))
        parts.append(both_sides(blob((x, y, 0), 1.3 * thick, 16)))
    solid = union(parts).rotate((0, 0, 180))
    floor = -0.8 * line if not arrow else -0.9 * line
    solid = solid.translate((0, 0, -floor)).trim_by_plane((0, 0, 1), 0)
    nouns = ("bow and arrow", "bow", form) if arrow else ("bow", form)
    return Shape(solid, nouns, {} if arrow else {"holes": 1})


def _arrow(draw: Draw, start: float, depth: float, half: float) -> Manifold:
    """Return an arrow along +y from the string through the grip."""
    shaft, head = 0.03 * half + 0.2, draw.between(0.1, 0.15) * half
    tip = depth + draw.between(0.25, 0.45) * half
    parts = [limb((0, start - 0.02 * half, 0), (0, tip, 0), shaft, segments=12)]
    point = polygon(
        [(-0.6 * head, -0.3 * head), (0, 0), (0.6 * head, -0.3 * head), (0, 1.5 * head)]
    )
    parts.append(point.extrude(2 * shaft).translate((0, tip, -shaft)))
    wide = 0.11 * half
    feather = polygon([(0, 0), (wide, -0.06 * half), (wide, 0.1 * half), (0, 0.2 * half)])
    vane = feather.extrude(1.4 * shaft).translate((0, start + 0.03 * half, -0.7 * shaft))
    return union(
        [*parts, both_sides(vane), box((3 * shaft, 3 * shaft, 2 * shaft), (0, start, -shaft))]
    )


FAMILY = Family("bow", build, held_out=({"form": "short bow", "arrow": False},))
