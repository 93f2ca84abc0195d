"""Flying saucers: a disc with a dome, on three or four legs or on a beam of light."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import around, cylinder, rod, turned, union
from caddis.data.families.vehicles_parts import bead


def build(draw: Draw) -> Shape:
    """Draw one flying saucer; lengths are in metres."""
    style = draw.pick("style", ("lens", "ringed", "bell"))
    under = draw.pick("under", ("legs", "beam", "nothing"))
    radius = draw.between(18, 24)
    dome = radius * draw.between(0.34, 0.48)
    rise, belly = radius * draw.between(0.2, 0.32), radius * draw.between(0.2, 0.34)
    edge = draw.between(0.8, 1.4)
    if style == "lens":
        upper = smooth([(radius, edge), (0.72 * radius, 0.55 * rise), (dome, rise)], 6)
        lower = smooth([(0.3 * radius, -belly), (0.72 * radius, -0.6 * belly), (radius, -edge)], 6)
    elif style == "ringed":
        upper = np.array([(radius, edge), (0.92 * radius, 1.9 * edge), (0.8 * radius, 1.9 * edge),
                          (0.76 * radius, 1.1 * edge), (dome, rise)])  # fmt: skip
        lower = np.array([(0.34 * radius, -belly), (0.6 * radius, -0.75 * belly),
                          (0.66 * radius, -1.4 * edge),
                          (0.94 * radius, -1.4 * edge), (radius, -edge)])  # fmt: skip
    else:
        rise *= 1.7
        upper = smooth([(radius, edge), (0.86 * radius, 0.12 * rise), (0.6 * radius, 0.45 * rise),
                        (dome, rise)], 6)  # fmt: skip
        lower = smooth(
            [(0.5 * radius, -0.6 * belly), (0.8 * radius, -0.4 * belly), (radius, -edge)], 5
        )
    profile = [(0, lower[0][1]), *lower, *upper]
    tall = dome * draw.between(0.65, 1.05)
    angles = np.radians(np.linspace(4, 90, 9))
    bubble = [(0.93 * dome * np.cos(a), rise - 0.1 + tall * np.sin(a)) for a in angles]
    parts = [turned([*profile, *bubble[:-1], (0, bubble[-1][1])])]
    lights = draw.count("lights", 8, 14)
    place = (0.8 * radius, 0, float(np.interp(0.8 * radius, upper[::-1, 0], upper[::-1, 1])))
    parts.append(around(bead(min(1.7, 0.16 * radius), place, segments=12), lights))
    if draw.chance("aerial", 0.4):
        top = bubble[-1][1]
        parts += [rod((0, 0, top - 1), (0, 0, top + 5), 0.75), bead(1.6, (0, 0, top + 5.5))]
    low = float(lower[0][1])
    claims: dict[str, str | int | bool] = {}
    if under == "legs":
        legs = draw.count("legs", 3, 4)
        drop = draw.between(7, 11)
        start = (0.42 * radius, 0, low + 2.0)
        foot = (draw.between(0.62, 0.8) * radius, 0, low - drop + 0.8)
        pad = cylinder(2.3, 1.3, (foot[0], 0, low - drop))
        parts.append(around(rod(start, foot, 0.9) + pad, legs, 90.0 if legs == 3 else 45.0))
        claims["legs"] = legs
    elif under == "beam":
        drop, wide = draw.between(16, 24), draw.between(0.6, 0.85) * radius
        parts.append(cylinder(wide, drop, (0, 0, low - drop + 0.4), 0.28 * radius))
    else:
        parts.append(cylinder(0.24 * radius, 2.6, (0, 0, low - 1.6)))
    solid = union(parts)
    solid = solid.translate((0, 0, -solid.bounding_box()[2]))
    return Shape(solid, ("flying saucer", "ufo", "spaceship"), claims)


FAMILY = Family("spaceship", build, held_out=({"style": "bell", "under": "beam"},))
