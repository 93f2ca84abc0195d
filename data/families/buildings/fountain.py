"""Fountains: a basin with bowls above each other, or with a ring of jets."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle, regular, smooth
from caddis.data.families.solids import around, ball, cylinder, minus, tube, turned, union


def _bowl(radius: float, deep: float, stem: float) -> Manifold:
    """Return a bowl on a stem; its stem's foot is at z = 0 and its rim at `stem` + `deep`."""
    r, h, wall = radius, stem + deep, 0.14 * radius + 0.3
    outer = smooth([(0.3 * r, stem), (0.75 * r, stem + 0.3 * deep), (r, h)], 4)
    inner = smooth(
        [(r - wall, h), (0.68 * r - 0.2, stem + 0.6 * deep), (0.0, stem + 0.5 * deep)], 4
    )
    foot = smooth(
        [(0.42 * r, -0.3), (0.2 * r, 0.35 * stem), (0.16 * r, 0.75 * stem), (0.3 * r, stem)], 4
    )
    return turned([(0, -0.3), *foot, *outer[1:], *inner], 40)


def _basin(draw: Draw, half: float) -> tuple[Manifold, float]:
    """Return the basin on the ground and the height of its inner floor."""
    plan = draw.pick("plan", ("round", "octagonal", "square", "quatrefoil"))
    if plan == "quatrefoil":
        lobe = circle(0.55 * half, 32).translate((0.5 * half, 0))
        outline = CrossSection.square((half, half), center=True)
        for n in range(4):
            outline += lobe.rotate(90 * n)
    else:
        outline = {"round": circle(half), "octagonal": regular(8, half),
                   "square": rectangle(1.8 * half, 1.8 * half)}[plan]  # fmt: skip
    high, wall = draw.between(3, 4.5), draw.between(0.09, 0.13) * half
    rim = outline.offset(0.5).extrude(0.8).translate((0, 0, high - 0.7))
    hollow = outline.offset(-wall).extrude(high).translate((0, 0, 1.2))
    parts = [outline.extrude(high), rim]
    if draw.chance("step", 0.5):
        parts.append(outline.offset(1.4).extrude(0.9))
    return minus(union(parts), [hollow]), 1.2


def _jets(radius: float, rise: float, fall: float, count: int, thick: float) -> Manifold:
    """Return jets of water from the origin: up by `rise`, out to `radius`, down to -`fall`."""
    t = np.linspace(0, 1, 8)
    speed = 2 * rise + 2 * np.sqrt(rise * (rise + fall))
    path = np.stack([radius * t, 0 * t, speed * t - (speed + fall) * t**2], axis=1)
    return around(tube(path, thick), count, 90)


def build(draw: Draw) -> Shape:
    """Draw one fountain; lengths are in decimetres."""
    style = draw.pick("style", ("tiers", "jets"))
    half = draw.between(11, 15)
    basin, z = _basin(draw, half)
    parts = [basin]
    if style == "tiers":
        radius = half * draw.between(0.5, 0.62)
        for tier in range(draw.count("tiers", 1, 3)):
            stem = (draw.between(5, 7) if tier == 0 else draw.between(3.5, 4.5)) * (1 - 0.1 * tier)
            deep = 0.34 * radius
            parts.append(_bowl(radius, deep, stem).translate((0, 0, z)))
            z += stem + 0.55 * deep
            radius *= draw.between(0.55, 0.66)
        top = draw.pick("top", ("ball", "pineapple", "spout"))
        parts.append(cylinder(0.34 * radius + 0.4, 2.6, (0, 0, z - 0.3), 0.3 * radius + 0.3))
        if top == "spout":
            parts.append(_jets(1.1 * radius + 0.6, 1.6, 2.4, 4, 0.5).translate((0, 0, z + 2)))
        else:
            tall = 1.0 if top == "ball" else 1.6
            size = 0.45 * radius + 0.6
            parts.append(ball(size, (0, 0, z + 2.0 + 0.8 * size * tall), (1, 1, tall)))
    else:
        tall = draw.between(4, 7)
        parts.append(turned([(0, z - 0.2), (0.2 * half, z - 0.2), (0.18 * half, z + 0.3 * tall),
                             (0.11 * half, z + 0.5 * tall), (0.13 * half, z + tall),
                             (0, z + tall)]))  # fmt: skip
        count = draw.count("jets", 5, 8)
        parts.append(
            _jets(0.7 * half, 0.4 * half, tall, count, 0.55).translate((0, 0, z + tall - 0.3))
        )
        column = turned([(0, -0.5), (0.9, -0.5), (0.75, 0.5 * half), (1.3, 0.62 * half),
                         (0.5, 0.8 * half), (0, 0.8 * half)], 24)  # fmt: skip
        parts.append(column.translate((0, 0, z + tall)))
    return Shape(union(parts), ("fountain", "garden fountain"))


FAMILY = Family("fountain", build, held_out=({"plan": "octagonal", "style": "jets"},
                                             {"plan": "square", "tiers": 2}))  # fmt: skip
