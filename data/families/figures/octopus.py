"""Octopuses: a round or tall head on eight arms, curled up at their ends, waving or hanging."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb, pair, standing
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import around, rod, tube


def build(draw: Draw) -> Shape:
    """Draw one octopus; lengths are in centimetres."""
    form = draw.pick("head", ("round", "tall", "leaning"))
    arms = draw.pick("arms", ("curled up", "wavy", "hanging"))
    wide = draw.between(2.3, 3.0)
    tall = wide * {"round": draw.between(0.9, 1.05), "tall": 1.4, "leaning": 1.3}[form]
    thick, reach = draw.between(0.62, 0.85), draw.between(4.6, 6.4)
    arm, lift = _arm(draw, arms, reach, thick, wide)
    head = blob((0, 0, 0.75 * tall), (wide, wide, tall), 36)
    if form == "leaning":
        head = head.rotate((-24, 0, 0)).translate((0, 0, 0.1 * tall))
    eye_z = lift + (0.5 if form != "leaning" else 0.42) * tall
    front = (-0.62 if form == "leaning" else -0.84) * wide
    eye = draw.between(0.24, 0.32) * wide
    parts = [
        head.translate((0, 0, lift)),
        around(arm, 8, 22.5),
        pair(0.45 * wide, front, eye_z, eye),
        pair(0.47 * wide, front - 0.9 * eye, eye_z + 0.05, 0.45 * eye),
        blob((0, 0, lift), (1.0 * wide, 1.0 * wide, 1.1)),
    ]
    mouth = draw.pick("mouth", ("round", "none"))
    if mouth == "round":
        ring = rod(
            (0, front + 0.24 * wide, eye_z - 1.4 * eye),
            (0, front - 0.32 * wide, eye_z - 1.5 * eye),
            0.16 * wide,
        )
        parts.append(ring - blob((0, front - 0.36 * wide, eye_z - 1.5 * eye), 0.1 * wide, 16))
    if draw.chance("hat", 0.2):
        top = lift + 1.68 * tall
        if form != "leaning":
            parts += [
                limb((0, 0, top), (0, 0, top + 0.1), 1.0),
                Manifold.cylinder(0.4, 1.5, 1.5, 32).translate((0, 0, top)),
                Manifold.cylinder(1.8, 1.0, 1.0, 32).translate((0, 0, top)),
            ]
    return Shape(standing(parts), ("octopus", f"octopus with {arms} arms"))


def _arm(draw: Draw, arms: str, reach: float, thick: float, wide: float) -> tuple[Manifold, float]:
    """Return an arm along +x, and the height at which the head sits."""
    if arms == "hanging":
        lift = draw.between(2.6, 3.6)
        path = [
            (0.5 * wide, 0, lift),
            (1.05 * wide, 0, 0.75 * lift),
            (1.15 * wide, 0, 0.3 * lift),
            (1.5 * wide, 0, 0.2),
        ]
        return tube(smooth(path, 2), thick, 0.55 * thick), lift
    if arms == "wavy":
        along = np.linspace(0.4 * wide, reach + 1.2, 8)
        sway = draw.between(0.45, 0.7)
        side = sway * np.sin(2.4 * np.pi * np.linspace(0, 1, 8)) * np.linspace(0, 1.2, 8)
        drop = 0.35 + 1.0 * np.exp(-np.linspace(0, 5, 8))
        return tube(np.stack([along, side, drop], axis=1), 1.1 * thick, 0.45 * thick), 1.3
    curl = draw.between(0.9, 1.3)
    angle = np.linspace(-90, draw.between(110, 170), 6)
    x = reach - 0.6 + curl * np.cos(np.radians(angle))
    z = 0.35 + curl + curl * np.sin(np.radians(angle))
    start = [(0.4 * wide, 0, 1.5), (wide + 0.6, 0, 0.5)]
    path = [*start, *np.stack([x, 0 * x, z], axis=1)]
    return tube(np.array(path), 1.15 * thick, 0.5 * thick), 1.3


FAMILY = Family("octopus", build, held_out=({"head": "tall", "arms": "wavy"},))
