"""Sailing boats: a dinghy or a yacht with one mast, or a square-rigged ship with two or three."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import polygon
from caddis.data.families.solids import minus, rod, union
from caddis.data.families.vehicles_parts import boat_hull, cabin, plan, side_view


def build(draw: Draw) -> Shape:
    """Draw one sailing boat; lengths are in decimetres."""
    rig = draw.pick("rig", ("dinghy", "sloop", "ship"))
    stern = draw.pick("stern", ("square", "pointed"))
    length = draw.between(46, 60)
    width, height = length * draw.between(0.27, 0.36), length * draw.between(0.13, 0.19)
    outline = plan(length, width, 0.7 if stern == "square" else 0.0, draw.between(0.5, 1))
    sheer = height * draw.between(0.15, 0.5) * (0.5 if rig == "sloop" else 1.0)
    hull = boat_hull(outline, height, 0.45, sheer)
    parts = []
    if rig == "dinghy":
        inside = boat_hull(outline.offset(-1.3), height, 0.5, sheer)
        hull = minus(hull, [inside.translate((0, 0, z * height)) for z in (0.3, 0.5, 0.8)])
        parts.append(rod((-0.4 * width, 0.16 * length, 0.75 * height),
                         (0.4 * width, 0.16 * length, 0.75 * height), 1.3))  # fmt: skip
    elif rig == "sloop":
        parts.append(cabin(
            (-0.16 * length, 0.2 * length, 0.55 * width, height - 1.5),
            (-0.1 * length, 0.18 * length, 0.45 * width, height + draw.between(4, 5.5)),
            0.6, 2, 1.2, rounding=1, rise=(0.6, 0.9), ends="front",
        ))  # fmt: skip
    else:
        castle = boat_hull(outline.scale((0.98, 0.98)), 1.5 * height, 0.7, sheer)
        keep = Manifold.cube((2 * width, 0.27 * length, 4 * height)).translate(
            (-width, 0.23 * length, 0.4 * height))  # fmt: skip
        parts += [castle ^ keep, rod((0, -0.4 * length, height),
                                     (0, -0.7 * length, 1.9 * height), 0.9, 0.6)]  # fmt: skip
    parts.append(hull)
    if rig == "ship":
        masts = draw.count("masts", 2, 3)
        places = np.linspace(-0.27, 0.3, masts) * length
        for number, y in enumerate(places):
            top = length * (0.78 if number == masts // 2 else 0.66)
            parts.append(_square_rig(float(y), height, top, 1.25 * width))
    else:
        top = length * draw.between(0.95, 1.25)
        parts.append(_fore_and_aft(draw, length, height, top))
    nouns = {"dinghy": ("sailing boat", "sailboat", "sailing dinghy"),
             "sloop": ("sailing boat", "sailboat", "yacht"),
             "ship": ("sailing ship", "ship", "tall ship")}[rig]  # fmt: skip
    return Shape(union(parts), nouns)


def _fore_and_aft(draw: Draw, length: float, deck: float, top: float) -> Manifold:
    """Return a mast with a boom, a mainsail behind it and perhaps a jib before it."""
    mast, boom = -0.12 * length, deck + 5.5
    parts = [rod((0, mast, 0.2 * deck), (0, mast, top), 1.0, 0.75),
             rod((0, mast, boom), (0, 0.42 * length, boom), 0.85)]  # fmt: skip
    belly = draw.between(0.04, 0.1) * length
    sail = [(mast, boom), (0.4 * length, boom), (0.33 * length, boom + 0.25 * (top - boom)),
            (mast + 0.14 * length, boom + 0.72 * (top - boom)), (mast, top - 1)]  # fmt: skip
    parts.append(side_view(polygon(sail), 1.1))
    if draw.chance("jib", 0.65):
        jib = [(mast + 0.3, deck + 1), (-0.47 * length, deck + 0.5), (mast + 0.3, 0.85 * top)]
        jib.insert(1, (mast - 0.1 * length, deck + 0.5 + 0.3 * belly))
        parts.append(side_view(polygon(jib), 1.1))
    return union(parts)


def _square_rig(mast: float, deck: float, top: float, width: float) -> Manifold:
    """Return a mast with two bellied square sails, widest at the bottom."""
    parts = [rod((0, mast, 0.2 * deck), (0, mast, top), 1.0, 0.8)]
    rise = (top - deck - 5) / 2
    for number in range(2):
        low, wide = deck + 4 + number * rise, width * (1 - 0.25 * number)
        bow = 0.16 * rise + 1.2
        curve = [(mast - bow * np.sin(np.pi * s), low + s * 0.88 * rise)
                 for s in np.linspace(0, 1, 9)]  # fmt: skip
        back = [(y + 1.3, z) for y, z in curve[::-1]]
        sail = side_view(polygon([*curve, *back]), wide)
        parts += [sail, rod((-0.53 * wide, mast + 0.4, curve[-1][1]),
                            (0.53 * wide, mast + 0.4, curve[-1][1]), 0.8)]  # fmt: skip
        parts.append(rod((0, mast - bow, low + 0.44 * rise), (0, mast, low + 0.44 * rise), 0.7))
    return union(parts)


FAMILY = Family("boat", build, held_out=({"rig": "dinghy", "stern": "pointed"},))
