"""Pipe elbows: bent by 45, 90 or 180 degrees, with plain, collared or flanged ends."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of
from caddis.data.families.outlines import circle
from caddis.data.families.solids import cylinder, minus, slab, union


def build(draw: Draw) -> Shape:
    """Draw one elbow of pipe radius 5; it stands on one end (a U-bend on both)."""
    turn = {"half": 45.0, "right": 90.0, "u": 180.0}[draw.pick("bend", ("half", "right", "u"))]
    ends = draw.pick("ends", ("plain", "collar", "flange"))
    wall, bend = draw.between(0.9, 1.4), draw.between(7, 13)
    if turn == 180.0:
        bend += 4
    straight = draw.between(3, 10)
    outer = _bent(5, bend, turn, straight)
    bolts = 0
    if ends == "collar":
        collar = cylinder(draw.between(6.2, 7), draw.between(3, 4.5))
        outer += _at_ends(collar, bend, turn, straight)
    elif ends == "flange":
        bolts, wide = draw.count("bolts", 4, 6), draw.between(8.6, 9.6)
        plate = circle(wide) - ring_of(circle(0.8, 20), bolts, 0.5 * (wide + 5.2), 45)
        outer += _at_ends(slab(plate, draw.between(1.5, 2.2)), bend, turn, straight)
    solid = minus(outer, [_bent(5 - wall, bend, turn, straight + 0.5)])
    noun = "u-bend" if turn == 180.0 else "elbow fitting"
    claims: dict[str, int] = {"holes": 1 + 2 * bolts}
    return Shape(solid, ("pipe elbow" if turn < 180.0 else "pipe bend", noun, "pipe"), claims)


def _bent(radius: float, bend: float, turn: float, straight: float) -> Manifold:
    """Return a bent bar that rises from -straight at the origin and bends towards +x."""
    ring = circle(radius, 32).translate((bend, 0)).revolve(round(turn / 9), turn)
    arm = cylinder(radius, straight + 0.2, (0, 0, -straight))
    curve = ring.rotate((90, 0, 0)).mirror((1, 0, 0)).translate((bend, 0, 0))
    return union([arm, curve, _moved(arm, bend, turn)])


def _at_ends(part: Manifold, bend: float, turn: float, straight: float) -> Manifold:
    """Put a part that grows upwards from z = 0 on both ends of the elbow."""
    low = part.translate((0, 0, -straight))
    return low + _moved(low, bend, turn)


def _moved(low: Manifold, bend: float, turn: float) -> Manifold:
    """Move a part from the lower end to the other end."""
    angle = np.radians(turn)
    there = (bend * (1 - np.cos(angle)), 0, bend * np.sin(angle))
    return low.mirror((0, 0, 1)).rotate((0, turn, 0)).translate(there)


FAMILY = Family("pipe", build, held_out=({"bend": "right", "ends": "flange"},))
