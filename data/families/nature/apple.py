"""Apples: round, flat or tall, with a stem, often a leaf; whole or with a bite taken out."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.nature_parts import leaf_blade
from caddis.data.families.outlines import Points, smooth
from caddis.data.families.solids import minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one apple; lengths are in centimetres."""
    form = draw.pick("form", ("round", "flat", "tall"))
    state = draw.pick("state", ("whole", "whole", "bitten"))
    radius = draw.between(3.6, 4.4)
    tall = radius * {"round": 1.75, "flat": 1.45, "tall": 2.05}[form] * draw.between(0.95, 1.05)
    narrow, dip = draw.between(0.5, 0.62), draw.between(0.14, 0.2) * tall
    half = [(0, 0.07 * tall), (0.2 * radius, 0.02 * tall), (narrow * radius, 0.03 * tall),
            (0.86 * radius, 0.3 * tall), (radius, 0.62 * tall), (0.84 * radius, 0.9 * tall),
            (0.5 * radius, tall), (0.2 * radius, tall - 0.4 * dip), (0, tall - dip)]  # fmt: skip
    lobes = draw.between(0.02, 0.05)

    def lobed(points: Points) -> Points:
        """Form the five bumps of the lower end."""
        x, y, z = points.T
        wave = np.cos(5 * np.arctan2(y, x)) * (1 - z / tall)
        return np.stack(
            [x * (1 + lobes * wave), y * (1 + lobes * wave), z - 0.5 * lobes * radius * wave],
            axis=1,
        )

    body = turned(smooth(half, 5), 48).warp_batch(lobed)
    if state == "bitten":
        at, size = (
            np.array([draw.between(0.3, 0.6) * radius, -0.9 * radius, 0.55 * tall]),
            0.45 * radius,
        )
        bites = [
            blob(at + np.array([0.0, 0.0, rise * radius]), size, 28) for rise in (-0.42, 0.05, 0.5)
        ]
        body = minus(body, bites)
    lean, length = draw.between(-0.8, 0.8), draw.between(1.3, 2.4)
    top = (lean, 0, tall + length - dip)
    parts = [body, limb((0, 0, tall - dip - 0.6), top, 0.3, 0.36, 16)]
    leaf = draw.chance("leaf", 0.6)
    if leaf:
        blade = leaf_blade(draw.between(2.8, 4.0), draw.between(1.5, 2.1), 0.8, 0.7)
        start = (0.5 * lean, 0, tall - dip + 0.5 * length)
        parts.append(blade.rotate((0, -18, draw.between(-60, 20))).translate(start))
    solid = union(parts)
    solid = solid.translate((0, 0, -solid.bounding_box()[2] - 0.08)).trim_by_plane((0, 0, 1), 0)
    nouns = (
        ("bitten apple", "apple")
        if state == "bitten"
        else ("apple", "apple with a leaf" if leaf else "fruit")
    )
    return Shape(solid, nouns)


FAMILY = Family("fruit", build, held_out=({"form": "tall", "state": "bitten"},))
