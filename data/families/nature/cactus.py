"""Cacti: ribbed columns with bent arms, round barrels and flat prickly pears; potted or not."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob
from caddis.data.families.nature_parts import grooved
from caddis.data.families.solids import cylinder, tube, turned, union


def build(draw: Draw) -> Shape:
    """Draw one cactus; lengths are in centimetres."""
    form = draw.pick("form", ("column", "column", "barrel", "prickly pear"))
    pot = draw.pick("pot", ("pot", "ground", "none"))
    radius = draw.between(2.2, 3.0)
    if form == "column":
        plant, foot = _column(draw, radius), radius
    elif form == "barrel":
        plant, foot = _barrel(draw, 1.5 * radius), 1.2 * radius
    else:
        plant, foot = _pear(draw, radius), 0.8 * radius
    if draw.chance("flower", 0.4):
        high = plant.bounding_box()[5]
        petals = [
            blob((0.5 * np.cos(a), 0.5 * np.sin(a), high + 0.1), 0.55, 12)
            for a in np.arange(6) * 1.047
        ]
        plant = (
            union([plant, *petals, blob((0, 0, high - 0.1), 0.7, 12)])
            if form != "prickly pear"
            else plant
        )
    if pot == "pot":
        wide, tall = foot + draw.between(0.8, 1.6), draw.between(4.0, 6.0)
        body = turned(
            [
                (0, -tall),
                (0.75 * wide, -tall),
                (wide, -0.9),
                (1.2 * wide, -0.9),
                (1.2 * wide, 0.6),
                (1.02 * wide, 0.6),
                (1.0 * wide, 0.1),
                (0, 0.1),
            ]
        )
        plant += body
    elif pot == "ground":
        plant += blob((0, 0, -0.4), (2.4 * foot, 2.2 * foot, 1.2), 32).trim_by_plane(
            (0, 0, 1), -0.6
        )
    plant = plant.translate((0, 0, -plant.bounding_box()[2]))
    noun = {"column": "cactus", "barrel": "barrel cactus", "prickly pear": "prickly pear cactus"}[
        form
    ]
    nouns = ("potted cactus", "cactus") if pot == "pot" else ("cactus", noun)
    return Shape(plant, nouns)


def _column(draw: Draw, radius: float) -> Manifold:
    tall, ribs = draw.between(14, 20), draw.count("ribs", 8, 11)
    dome = [
        (radius * np.cos(a), tall - radius + radius * np.sin(a)) for a in np.linspace(0, 1.5, 6)
    ]
    column = grooved(
        [(0, -0.3), (0.9 * radius, -0.3), (radius, 0.25 * tall), *dome, (0, tall)], ribs, 0.14
    )
    parts = [column]
    arms = draw.count("arms", 1, 3)
    for number in range(arms):
        turn = (0.0, 180.0, draw.between(70, 110))[number]
        reach, rise = draw.between(2.0, 3.0) + radius, draw.between(3, 6)
        z, thick = draw.between(0.3, 0.55) * tall, draw.between(0.55, 0.72) * radius
        path = [(0, 0, z), (reach - 0.8, 0, z + 0.1), (reach, 0, z + 1.0), (reach, 0, z + rise)]
        parts.append(tube(np.array(path), thick).rotate((0, 0, turn)))
    return union(parts)


def _barrel(draw: Draw, radius: float) -> Manifold:
    tall, ribs = draw.between(1.4, 2.0) * radius, draw.count("ribs", 9, 12)
    angle = np.linspace(-1.25, 1.5, 12)
    side = np.stack([radius * np.cos(angle), tall / 2 + tall / 2 * np.sin(angle)], axis=1)
    body = grooved([(0, float(side[0, 1])), *side, (0, tall)], ribs, 0.2)
    spots = []
    for rib in range(ribs):  # spines on the ribs
        turn = 2 * np.pi * rib / ribs
        for share in (4, 6, 8):
            r, z = side[share]
            spots.append(blob((r * np.cos(turn), r * np.sin(turn), z), 0.09 * radius, 8))
    return union([body.translate((0, 0, 0)), *spots]).translate((0, 0, -0.06 * tall))


def _pear(draw: Draw, radius: float) -> Manifold:
    """Return flat oval pads that grow from each other."""
    size = 1.5 * radius
    pad = blob((0, 0, 0.95 * size), (0.72 * size, 0.26 * size, size), 32)
    ears = draw.count("ears", 2, 3)
    parts = [pad.translate((0, 0, -0.25))]
    for number in range(ears):
        lean = (-42, 40, 4)[number] + draw.between(-8, 8)
        small = draw.between(0.62, 0.8)
        one = pad
        if draw.chance(f"fruit_{number}", 0.5):
            one = pad + blob((0, 0, 1.98 * size), (0.24 * size, 0.24 * size, 0.32 * size), 16)
        one = one.scale((small, small, small)).rotate((0, lean, draw.between(-25, 25)))
        turn = np.radians(lean)
        parts.append(
            one.translate((0.5 * size * np.sin(turn), 0, (0.9 + 0.72 * np.cos(turn)) * size))
        )
    return union([*parts, cylinder(0.34 * size, 0.6, (0, 0, -0.4))])


FAMILY = Family("cactus", build, held_out=({"form": "barrel", "pot": "ground"},))
