"""Ladders: straight, tapered or leaning ones with rungs, and step ladders that stand alone."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import both_sides, box, leg, rod, round_leg, union


def build(draw: Draw) -> Shape:
    """Draw one ladder; lengths are in centimetres."""
    form = draw.pick("form", ("straight", "leaning", "step", "double"))
    rungs = draw.count("rungs", 3, 6) if form == "step" else draw.count("rungs", 4, 9)
    rail = draw.pick("rail", ("square", "round"))
    pitch, width = draw.between(24, 31), draw.between(34, 46)
    if form in ("step", "double"):
        solid = _standing(draw, form, rungs, rail, (pitch, width))
        noun = "step ladder" if form == "step" else "double ladder"
        return Shape(solid, ("ladder", noun), {"legs": 4})
    height = pitch * (rungs + 0.4)
    narrow = draw.between(0.55, 0.8) if draw.chance("tapered", 0.35) else 1.0
    size = max(0.03 * height, 4.5)
    foot, top = np.array([width / 2, 0, 0]), np.array([narrow * width / 2, 0, height])
    parts = [both_sides(_rail(rail, foot, top, size))]
    for number in range(rungs):
        share = (number + 0.7) / (rungs + 0.4)
        x = float(foot[0] + (top[0] - foot[0]) * share)
        parts.append(_rung(rail, x, 0.0, share * height, size=size))
    solid = union(parts)
    nouns = ("ladder",) if narrow == 1.0 else ("ladder", "tapered ladder")
    if form == "leaning":
        solid = solid.rotate((-draw.between(10, 20), 0, 0)).trim_by_plane((0, 0, 1), 0.5 * size)
        solid = solid.translate((0, 0, -0.5 * size))
        nouns = ("ladder", "leaning ladder")
    return Shape(solid, nouns)


def _rail(kind: str, foot: np.ndarray, top: np.ndarray, size: float) -> Manifold:
    if kind == "square":
        return leg(foot, top, size)
    return round_leg(foot, top, 0.56 * size)


def _rung(rail: str, x: float, y: float, z: float, *, size: float) -> Manifold:
    """Return a round rung between square or round rails, from -x to x."""
    return rod((-x, y, z), (x, y, z), (0.4 if rail == "square" else 0.38) * size)


def _standing(draw: Draw, form: str, rungs: int, rail: str, sides: tuple[float, float]) -> Manifold:
    """Return two pairs of rails that meet at the top, with treads or rungs."""
    pitch, width = sides
    height = pitch * (rungs + 0.8)
    size, reach = max(0.032 * height, 4.6), draw.between(0.24, 0.32) * height
    narrow, gap = draw.between(0.7, 0.95), 0.6 * size
    front = (np.array([width / 2, -reach, 0]), np.array([narrow * width / 2, -gap, height]))
    rear = (front[0] * (1, -1, 1), front[1] * (1, -1, 1))
    parts = [both_sides(_rail(rail, *front, size) + _rail(rail, *rear, size))]
    top = (narrow * width + 2.2 * size, 4.5 * size, 1.2 * size)
    parts.append(box(top, (0, 0, height - 0.6 * size), 0.4 * size))
    for number in range(rungs):
        share = (number + 0.9) / (rungs + 0.8)
        at = front[0] + (front[1] - front[0]) * share
        if form == "step":
            tread = (2 * at[0], draw.between(2.4, 2.6) * size, 0.8 * size)
            parts.append(box(tread, (0, at[1], at[2]), 0.2 * size))
        else:
            parts.append(_rung(rail, at[0], at[1], at[2], size=size))
            parts.append(_rung(rail, at[0], -at[1], at[2], size=size))
    if form == "step":
        for share in (0.25, 0.6):
            at = rear[0] + (rear[1] - rear[0]) * share
            parts.append(rod((-at[0], at[1], at[2]), (at[0], at[1], at[2]), 0.4 * size))
    return union(parts)


FAMILY = Family(
    "ladder", build, held_out=({"form": "straight", "rungs": 6}, {"form": "step", "rail": "round"})
)
