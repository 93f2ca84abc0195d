"""Stools: a round, square or oval seat on three or four legs, with or without stretchers."""

from __future__ import annotations

import numpy as np

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import around, rod, round_leg, slab, union


def build(draw: Draw) -> Shape:
    """Draw one stool; lengths are in centimetres."""
    seat = draw.pick("seat", ("round", "square", "hexagonal"))
    legs = draw.count("legs", 3, 4)
    height, half = draw.between(30, 55), draw.between(14, 22)
    thick, radius = draw.between(2.5, 6), draw.between(1.3, 2.6)
    spread = draw.between(0.95, 1.35)
    outline = {
        "round": outlines.circle(half),
        "square": outlines.rectangle(2 * half, 2 * half, 0.15 * half),
        "hexagonal": outlines.regular(6, 1.08 * half, 0.1 * half),
    }[seat]
    plate = slab(outline, thick, (0, 0, height - thick), bevel=0.25 * thick)
    top = np.array([0.62 * half, 0, height - 0.5 * thick])
    foot = np.array([spread * half, 0, 0])
    first = 45.0 if legs == 4 else 90.0  # three legs: one at the back
    parts = [plate, around(round_leg(foot, top, 0.8 * radius, radius), legs, first)]
    if draw.chance("stretchers", 0.4):
        share = draw.between(0.3, 0.5)
        corner = foot + (top - foot) * share
        parts.append(around(rod((0, 0, corner[2]), corner, 0.6 * radius), legs, first))
    return Shape(union(parts), ("stool",), {"top": seat, "legs": legs, "back": False})


FAMILY = Family("stool", build, held_out=({"seat": "round", "legs": 3},))
