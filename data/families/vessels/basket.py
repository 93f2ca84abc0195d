"""Baskets: round or oval, woven or coiled, with a bow handle, two ears or none."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points
from caddis.data.families.solids import arc, both_sides, minus, turned
from caddis.data.families.vessels_parts import handle, hollow, loop


def build(draw: Draw) -> Shape:
    """Draw one basket; lengths are in centimetres."""
    shape = draw.pick("shape", ("round", "oval"))
    weave = draw.pick("weave", ("woven", "coiled"))
    grip = draw.pick("handle", ("bow", "ears", "none"))
    height, radius = draw.between(11, 20), draw.between(11, 14)
    foot, wall = draw.between(0.68, 0.9) * radius, 1.3
    rows = draw.count("rows", 6, 8)
    row = height / rows
    bulge = 0.75 if weave == "woven" else 0.3 * row
    outer = _wall(np.linspace(foot, radius, rows + 1), row, bulge, weave)
    _, inner = hollow([(foot, 0), (radius, height)], wall)
    rim = arc(0.95, 0, 315, 8) + np.array((radius - 0.3, height))
    body = minus(outer + turned(rim), [inner])
    stretch = draw.between(1.35, 1.6) if shape == "oval" else 1.0
    body = body.scale((stretch, 1, 1))
    holes = {"bow": 1, "ears": 2, "none": 0}[grip]
    edge = stretch * radius - 0.3
    if grip == "bow":
        angles = np.linspace(0, np.pi, 19)
        rise = draw.between(0.9, 1.25) * radius + 0.2 * edge
        bow = np.stack([edge * np.cos(angles), height - 0.6 + rise * np.sin(angles)], axis=1)
        body += handle(bow, 1.3, draw.between(2.2, 3.2))
    elif grip == "ears":
        ear = loop((-3.2, height - 0.3), (3.2, height - 0.3), 0.0, 12)
        ear[:, 1] += 4.2 * np.sin(np.linspace(0, np.pi, 12))
        ring = handle(ear, 1.5).rotate((0, 0, 90)).translate((edge, 0, 0))
        body += both_sides(ring)
    claims: dict[str, str | int | bool] = {"open": True, "holes": holes}
    if grip == "bow":
        claims["handles"] = 1
    elif weave == "coiled":
        claims["body"] = shape
    return Shape(body, ("basket", "wicker basket" if weave == "woven" else "coiled basket"), claims)


def _wall(ends: Points, row: float, bulge: float, weave: str) -> Manifold:
    """Return the solid body; each row bulges out all around, or alternately over and under."""
    foot, rows = float(ends[0]), len(ends) - 1
    profile = [(0.0, 0.0), (foot, 0.0)]
    for n in range(rows):
        for share in (0.25, 0.5, 0.75):
            wide = ends[n] + (ends[n + 1] - ends[n]) * share
            out = bulge * np.sin(np.pi * share) if weave == "coiled" else 0.0
            profile.append((wide + out, (n + share) * row))
        profile.append((ends[n + 1], (n + 1) * row))
    body = turned([*profile, (0, rows * row)], 48)
    if weave == "coiled":
        return body

    def move(points: Points) -> Points:
        angle = np.arctan2(points[:, 1], points[:, 0])
        over = np.cos(12 * angle + np.pi * np.floor(points[:, 2] / row + 1e-6))
        out = bulge * over * np.abs(np.sin(np.pi * points[:, 2] / row))
        size = np.hypot(points[:, 0], points[:, 1])
        factor = 1 + np.where(size > 0.5 * foot, out / np.maximum(size, 1.0), 0.0)
        return np.asarray(points * np.stack([factor, factor, 1 + 0 * factor], axis=1))

    return body.warp_batch(move)


FAMILY = Family("basket", build, held_out=({"shape": "oval", "handle": "ears"},))
