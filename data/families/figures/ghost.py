"""Ghosts: a sheet with a wavy hem, a short arcade ghost, and one with a curled tail."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb, pair
from caddis.data.families.outlines import Points, smooth
from caddis.data.families.solids import both_sides, cylinder, minus, turned


def build(draw: Draw) -> Shape:
    """Draw one ghost; lengths are in centimetres."""
    form = draw.pick("form", ("sheet", "arcade", "tailed"))
    mouth = draw.pick("mouth", ("round", "smiling", "none"))
    radius, height = draw.between(3.0, 4.0), draw.between(8.5, 12.5)
    if form == "arcade":
        height = draw.between(2.1, 2.5) * radius
    waves, depth = draw.count("waves", 6, 9), draw.between(0.1, 0.17)
    if form == "tailed":
        height = draw.between(3.0, 3.7) * radius
    foot = {"sheet": draw.between(1.15, 1.45), "arcade": 1.0, "tailed": 0.22}[form]
    low = {"sheet": 1.02, "arcade": 1.0, "tailed": 0.72}[form]
    crown = height - radius
    dome = [(radius * np.cos(a), crown + radius * np.sin(a)) for a in np.linspace(0, 1.57, 9)]
    side = smooth([(foot * radius, 0), (low * radius, 0.4 * crown), (radius, crown)], 8)
    bend, way = draw.between(0.5, 0.9) * radius, 1 if draw.chance("left") else -1

    def draped(points: Points) -> Points:
        x, y, z = points.T
        share = np.clip(1 - z / crown, 0, 1)
        if form == "tailed":
            return np.stack(
                [x + way * bend * share * np.sin(5.5 * share), y + bend * share**2, z], axis=1
            )
        fold = 1 + depth * share**1.5 * np.cos(waves * np.arctan2(y, x))
        return np.stack([x * fold, y * fold, z], axis=1)

    body = turned([(0, 0), *side[:-1], *dome[:-1], (0, height)], 72)
    eye_z = crown + draw.between(0.05, 0.25) * radius
    tall = draw.between(0.2, 0.3) * radius
    holes = [pair(0.36 * radius, -0.92 * radius, eye_z, (0.19 * radius, 0.3 * radius, tall))]
    mouth_z, front = eye_z - 0.62 * radius, -radius
    if mouth == "round":
        holes.append(blob((0, front, mouth_z), (0.2 * radius, 0.3 * radius, 0.27 * radius)))
    elif mouth == "smiling":
        grin = blob((0, front, mouth_z + 0.1), (0.4 * radius, 0.25 * radius, 0.3 * radius))
        holes.append(grin.trim_by_plane((0, 0, -1), -mouth_z - 0.05 * radius))
    if form != "arcade" or draw.chance("arms", 0.3):
        lift = draw.between(-0.3, 0.7) * radius
        shoulder, hand = np.array([0.75, 0, 0]), np.array([1.5, -0.45, 0])
        base = np.array([0, 0, eye_z - 0.75 * radius])
        end = radius * hand + base + np.array([0, 0, lift])
        body += both_sides(limb(radius * shoulder + base, end, 0.34 * radius, 0.2 * radius))
    body = body.warp_batch(draped)
    if form == "tailed":
        body += cylinder(
            0.75 * radius, 0.07 * height, (-0.5 * way * bend, 0.8 * bend, -0.04 * height)
        )
    body = minus(body, holes)
    body = body.translate((0, 0, -body.bounding_box()[2]))
    kind = {"sheet": "sheet ghost", "arcade": "small ghost", "tailed": "floating ghost"}[form]
    return Shape(body, ("ghost", kind), {})


FAMILY = Family("ghost", build, held_out=({"form": "sheet", "mouth": "smiling"},))
