"""Donuts: plain, glazed with a dripping edge, sprinkled or ridged rings; some are bitten."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.outlines import Points
from caddis.data.families.solids import minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one donut that lies flat; lengths are in centimetres."""
    form = draw.pick("form", ("plain", "glazed", "sprinkled", "ridged"))
    state = draw.pick("state", ("whole", "whole", "bitten"))
    middle, thick = draw.between(2.9, 3.6), draw.between(1.35, 1.9)
    flat = draw.between(0.8, 0.95)
    angle = np.linspace(0, 2 * np.pi, 25)[:-1]
    ring = [(middle + thick * np.cos(a), flat * thick * np.sin(a)) for a in angle]
    body = turned(ring, 56)
    if form == "ridged":
        body = _ridged(draw, ring, middle)
    parts = [body]
    if form in ("glazed", "sprinkled"):
        parts.append(_glaze(draw, middle, thick, flat))
    if form == "sprinkled":
        parts += _sprinkles(draw, middle, thick, flat)
    solid = union(parts)
    if state == "bitten":
        turn = draw.between(-2.4, -0.6)
        bites = []
        for step in (-0.3, 0.02, 0.32):
            out = middle + 1.05 * thick
            at = (out * np.cos(turn + step), out * np.sin(turn + step), 0)
            bites.append(blob(at, (0.85 * thick, 0.85 * thick, 2 * thick), 24))
        solid = max(minus(solid, bites).decompose(), key=lambda part: float(part.volume()))
    low = solid.bounding_box()[2] + 0.12 * thick
    solid = solid.translate((0, 0, -low)).trim_by_plane((0, 0, 1), 0)
    solid = max(solid.decompose(), key=lambda part: float(part.volume()))
    nouns = ("donut", "bitten donut") if state == "bitten" else ("donut", f"{form} donut")
    return Shape(solid, nouns, {"holes": 1} if state == "whole" else {})


def _ridged(draw: Draw, ring: list[tuple[float, float]], middle: float) -> Manifold:
    """Return a ring with grooves that wind around it, as of a cruller."""
    ridges, twist = draw.count("ridges", 9, 14), draw.between(0.5, 1.5)

    def pressed(points: Points) -> Points:
        x, y, z = points.T
        around = np.arctan2(y, x)
        out = np.hypot(x, y) - middle
        inside = np.arctan2(z, out)
        grown = 1 - 0.2 * np.abs(np.sin(0.5 * (ridges * around + round(twist) * inside)))
        radius = middle + out * grown
        return np.stack([radius * np.cos(around), radius * np.sin(around), z * grown], axis=1)

    return turned(ring, 8 * ridges).warp_batch(pressed)


def _glaze(draw: Draw, middle: float, thick: float, flat: float) -> Manifold:
    """Return a coat over the upper side whose outer and inner edge hang in waves."""
    grown, waves = 1.08 * thick, draw.count("waves", 7, 10)
    side = [
        (middle + grown * np.cos(a), flat * grown * np.sin(a))
        for a in np.radians(np.linspace(-4, 184, 13))
    ]
    coat = turned([*side, (middle, 0.3 * flat * thick)], 8 * waves)
    phase, deep = draw.between(0, 6.28), draw.between(0.18, 0.34) * thick

    def dripping(points: Points) -> Points:
        x, y, z = points.T
        around = np.arctan2(y, x)
        edge = np.clip(1 - z / (0.7 * flat * thick), 0, 1)
        rim = np.abs(np.hypot(x, y) - middle) / grown
        drop = edge * rim * deep * (0.5 + np.cos(waves * around + phase) + 0.4 * np.cos(3 * around))
        return np.stack([x, y, z - drop], axis=1)

    return coat.warp_batch(dripping)


def _sprinkles(draw: Draw, middle: float, thick: float, flat: float) -> list[Manifold]:
    found = []
    for number in range(draw.count("sprinkles", 14, 24)):
        around, tilt = 2.4 * number + draw.between(-0.3, 0.3), np.radians(draw.between(45, 135))
        out = middle + 1.06 * thick * np.cos(tilt)
        at = np.array(
            [out * np.cos(around), out * np.sin(around), 1.06 * flat * thick * np.sin(tilt)]
        )
        turn = draw.between(0, 3.14)
        half = 0.26 * np.array([np.cos(turn), np.sin(turn), 0])
        found.append(limb(at - half, at + half, 0.17, segments=8))
    return found


FAMILY = Family("donut", build, held_out=({"form": "ridged", "state": "bitten"},))
