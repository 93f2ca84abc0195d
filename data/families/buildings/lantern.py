"""Lanterns: a candle lantern with a ring, or a ribbed paper lantern."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.buildings_parts import upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, circle, regular, smooth
from caddis.data.families.solids import arc, around, cylinder, turned, union


def _outline(plan: str, size: float) -> CrossSection:
    return circle(size) if plan == "round" else regular(4 if plan == "square" else 6, size)


def _candle_lantern(draw: Draw, plan: str) -> Manifold:
    half, high = draw.between(4.5, 6), draw.between(9, 14)
    sides = {"square": 4, "hexagonal": 6, "round": 32}[plan]
    bar = draw.between(0.85, 1.1)
    shape = _outline(plan, half)
    step = 360 / (4 if plan == "round" else sides)
    reach = half - (0.55 * bar if plan == "round" else bar)
    first = 45.0 if plan == "round" else step / 2
    post = cylinder(0.62 * bar, high + 1, (0, -reach, 1.2))
    posts = around(post, round(360 / step), first)
    parts = [shape.offset(0.8).extrude(1.2), shape.offset(0.2).extrude(1.1).translate((0, 0, 1.0)),
             posts, shape.offset(0.7).extrude(1.1).translate((0, 0, high + 1.8))]  # fmt: skip
    if draw.chance("crossbars", 0.5):
        ring = shape.offset(-0.1) - shape.offset(-1.1 * bar)
        parts.append(ring.extrude(bar).translate((0, 0, 1.8 + 0.5 * high)))
    roof, z = draw.between(3, 5.5), high + 2.8
    cap = draw.pick("cap", ("pyramid", "stepped", "bell"))
    if cap == "pyramid":
        parts.append(shape.extrude(roof, scale_top=(0.25, 0.25)).translate((0, 0, z)))
    elif cap == "stepped":
        upper, lid = shape.scale((0.48, 0.48)), shape.scale((0.62, 0.62))
        parts += [shape.extrude(0.5 * roof, scale_top=(0.6, 0.6)).translate((0, 0, z)),
                  upper.extrude(0.6 * roof).translate((0, 0, z + 0.4 * roof)),
                  lid.extrude(0.7).translate((0, 0, z + roof - 0.3))]  # fmt: skip
        roof += 0.3
    else:
        scales = smooth([(1, 0), (0.72, 0.4), (0.4, 0.62), (0.22, 1)], 3)
        rings = [shape.scale((s, s)).extrude(0.02).translate((0, 0, z + roof * h))
                 for s, h in scales]  # fmt: skip
        parts += [Manifold.batch_hull([a, b]) for a, b in pairwise(rings)]
    top = z + roof
    parts += [cylinder(1.0, 1.6, (0, 0, top - 0.6))]
    loop = draw.between(2.0, 3.0)
    if draw.chance("wide handle", 0.4):
        wide = half * 0.8
        bow = arc(1.0, 0, 180, 19, (wide, 1.25 * (roof + loop)))
        handle = upright(band([(x, y + high + 2.2) for x, y in bow], 0.95), 0.95)
    else:
        handle = upright(
            band(arc(loop, -90, 270, 25) + np.array([0, top + loop + 0.6]), 0.95), 0.95
        )
    candle = turned([(0, 1.5), (1.7, 1.5), (1.7, 1.8 + 0.4 * high), (0.4, 2 + 0.4 * high),
                     (0.75, 3.0 + 0.4 * high), (0.2, 4.6 + 0.4 * high), (0, 4.6 + 0.4 * high)],
                    24)  # fmt: skip
    return union([*parts, handle, candle])


def _paper_lantern(draw: Draw) -> Manifold:
    half, high, ribs = draw.between(6, 8), draw.between(9, 18), draw.count("ribs", 7, 12)
    neck = 0.5 * half
    t = np.linspace(0, 1, 4 * ribs + 1)
    body = neck + (half - neck) * np.sin(np.pi * t) ** 0.7
    radii = body * (1 + 0.035 * np.cos(2 * np.pi * t * ribs))
    shell = np.stack([radii, 1.4 + high * t], axis=1)
    parts = [turned([(0, 1.4), *shell, (0, 1.4 + high)]), cylinder(1.05 * neck, 1.7),
             cylinder(1.05 * neck, 1.7, (0, 0, high + 1.1))]  # fmt: skip
    loop = draw.between(1.8, 2.6)
    parts.append(upright(band(arc(loop, -10, 190, 15) + np.array([0, high + 2.7]), 0.9), 0.9))
    whole = union(parts)
    if draw.chance("tassel", 0.6):
        tassel = turned([(0, -6), (1.5, -6), (0.8, -2.2), (1.1, -1.6), (0.7, -0.8), (0.6, 0.3),
                         (0, 0.3)], 20)  # fmt: skip
        whole = union([whole, tassel]).translate((0, 0, 6))
    return whole


def build(draw: Draw) -> Shape:
    """Draw one lantern; lengths are in centimetres."""
    style = draw.pick("style", ("candle", "candle", "paper"))
    if style == "paper":
        return Shape(_paper_lantern(draw), ("lantern", "paper lantern", "chinese lantern"))
    plan = draw.pick("plan", ("square", "hexagonal", "round"))
    return Shape(_candle_lantern(draw, plan), ("lantern", "candle lantern"))


FAMILY = Family("lantern", build, held_out=({"cap": "stepped", "plan": "square"},))
