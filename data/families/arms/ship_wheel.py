"""Ship's wheels, facing the front: a rim with spokes that end in handles; some on a stand."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import around, box, cylinder, rod, turned, union


def build(draw: Draw) -> Shape:
    """Draw one wheel; lengths are in centimetres."""
    spokes = draw.count("spokes", 6, 10)
    handles = draw.pick("handles", ("turned", "knobs"))
    stand = draw.pick("stand", ("none", "none", "post"))
    radius, wide = draw.between(20, 26), draw.between(2.6, 4.2)
    thick = draw.between(1.5, 2.2)
    rim = turned(
        [
            (radius - wide, -thick),
            (radius, -thick),
            (radius + 0.3, -0.5 * thick),
            (radius + 0.3, 0.5 * thick),
            (radius, thick),
            (radius - wide, thick),
        ],
        64,
    )
    parts = [rim]
    if draw.chance("double_rim", 0.5):
        inner = radius - 1.0 * wide
        parts.append(
            turned(
                [
                    (inner + 0.3 * wide, -1.4 * thick),
                    (inner + 0.7 * wide, -1.4 * thick),
                    (inner + 0.7 * wide, 1.4 * thick),
                    (inner + 0.3 * wide, 1.4 * thick),
                ],
                64,
            )
        )
    hub = draw.between(0.2, 0.27) * radius
    parts += [
        cylinder(hub, 3.2 * thick, (0, 0, -1.6 * thick)),
        cylinder(0.5 * hub, 5 * thick, (0, 0, -2.4 * thick)),
    ]
    length, bar = draw.between(7, 10), draw.between(0.95, 1.3)
    if handles == "turned":
        side = [
            (0, -radius - 0.5),
            (bar, -radius - 0.5),
            (bar, 0.05 * length),
            (1.5 * bar, 0.45 * length),
            (1.1 * bar, 0.85 * length),
            (0.6 * bar, length),
            (0, length),
        ]
    else:
        turn = np.linspace(-1.0, 1.5, 8)
        side = [
            (0, -radius - 0.5),
            (bar, -radius - 0.5),
            (bar, 0.45 * length),
            *[(1.9 * bar * np.cos(a), 0.72 * length + 1.9 * bar * np.sin(a)) for a in turn],
            (0, 0.72 * length + 1.9 * bar),
        ]
    spoke = turned([(r, z + radius) for r, z in side], 14).rotate((0, 90, 0))
    parts.append(around(spoke, spokes, 90.0 + (180.0 / spokes if stand == "post" else 0.0)))
    solid = union(parts).rotate((90, 0, 0))
    reach = radius + length
    if stand == "post":
        drop = -reach - draw.between(3, 8)
        post = [
            box((0.6 * radius, 7, 2.5), (0, 3.2 * thick + 2.5, drop), 0.8),
            box((0.3 * radius, 4.0, -drop + 0.3 * radius), (0, 2.4 * thick + 2.6, drop + 1), 0.8),
            rod((0, 0, 0), (0, 2.4 * thick + 3, 0), 0.5 * hub),
            box((1.5 * radius, 1.0 * radius, 2.2), (0, 2.4 * thick, drop - 1.5), 0.8),
        ]
        solid = union([solid, *post])
    solid = solid.translate((0, 0, -solid.bounding_box()[2]))
    nouns = (
        ("ship's wheel", "steering wheel of a ship")
        if stand == "none"
        else ("ship's wheel on a stand", "ship's wheel")
    )
    return Shape(solid, nouns, {"holes": spokes})


FAMILY = Family(
    "ship_wheel",
    build,
    held_out=({"spokes": 7, "handles": "knobs"}, {"spokes": 9, "handles": "turned"}),
)
