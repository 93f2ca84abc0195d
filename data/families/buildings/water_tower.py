"""Water towers: a round tank on braced legs, a ball on a stem, or a concrete mushroom."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manifold3d import Manifold

from caddis.data.families.buildings_parts import bar
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, smooth
from caddis.data.families.solids import around, ball, box, cylinder, minus, round_leg, turned, union


def _on_legs(draw: Draw, legs: int) -> Manifold:
    tank = draw.pick("tank", ("wooden", "domed", "bellied"))
    half, high, lift = draw.between(4.5, 6.5), draw.between(6, 10), draw.between(9, 15)
    radius, spread = draw.between(0.45, 0.6), draw.between(1.02, 1.35)
    belly = {"wooden": 0.0, "domed": 0.55, "bellied": 0.8}[tank] * half
    foot, head = spread * half, (0.82 if tank == "wooden" else 0.97) * half
    top_z = lift + 0.8 + belly
    stilt = round_leg((0, -foot, 0), (0, -head, top_z), 1.1 * radius, radius)
    parts = [around(stilt, legs, 180 / legs)]
    turn = np.pi / legs * np.array([-1, 1]) - np.pi / 2
    levels = (0.25, 0.6, 0.96) if draw.chance("two storeys", 0.6) else (0.28, 0.94)
    spots = []
    for share in levels:
        r = foot + (head - foot) * share * lift / top_z
        spots.append([(r * np.cos(a), r * np.sin(a), share * lift) for a in turn])
    braces = [bar(spots[n][0], spots[n][1], 1.3 * radius) for n in range(1, len(levels))]
    for low, top in pairwise(spots):
        braces += [bar(low[0], top[1], 1.1 * radius), bar(low[1], top[0], 1.1 * radius)]
    parts.append(around(union(braces), legs))
    if draw.chance("pipe", 0.4):
        parts.append(cylinder(0.8, lift + 1))
    if tank == "wooden":
        parts += [
            cylinder(1.02 * half, 0.8, (0, 0, lift)),
            cylinder(half, high, (0, 0, lift + 0.5)),
        ]
        parts += [
            cylinder(1.04 * half, 0.45, (0, 0, lift + high * s)) for s in (0.25, 0.5, 0.75, 0.95)
        ]
        roof = draw.between(0.5, 0.9) * half
        parts.append(cylinder(1.13 * half, roof, (0, 0, lift + high + 0.4), 0.3))
    else:
        base = lift + belly
        curve = smooth([(0.5, 0), (0.75 * half, 0.35 * belly), (half, belly)])
        low = turned([(0, 0), (0.4, 0), *curve,
                      (half, base - lift + high), (0, base - lift + high)])  # fmt: skip
        cap = ball(half, (0, 0, base + high - 0.05), (1, 1, 0.45))
        parts += [low.translate((0, 0, lift - 0.3)), cap,
                  cylinder(0.9, 1.4, (0, 0, base + high + 0.38 * half))]  # fmt: skip
        walk = circle(1.2 * half) - circle(0.8 * half)
        rail = (circle(1.2 * half) - circle(1.2 * half - 0.45)).extrude(0.45)
        post = box((0.45, 0.45, 1.7), (0, -1.2 * half + 0.25, base + 0.2))
        parts += [walk.extrude(0.55).translate((0, 0, base)), around(post, 14),
                  rail.translate((0, 0, base + 1.6)),
                  cylinder(half - 0.01, high, (0, 0, base - 0.3))]  # fmt: skip
    return union(parts)


def build(draw: Draw) -> Shape:
    """Draw one water tower; lengths are in metres."""
    style = draw.pick("style", ("legs", "legs", "ball", "mushroom"))
    if style == "legs":
        legs = draw.count("legs", 4, 6)
        solid = _on_legs(draw, legs)
        claims = {} if draw.choices["pipe"] else {"legs": legs}
        return Shape(solid, ("water tower", "water tank"), claims)
    height, half = draw.between(18, 26), draw.between(5, 7.5)
    stem = draw.between(0.2, 0.32) * half
    if style == "ball":
        flat = draw.between(0.62, 0.95)
        neck = height - half * flat
        curve = smooth([(2.4 * stem + 0.4, 0), (1.3 * stem, 0.2 * height),
                        (stem, 0.5 * height), (1.2 * stem, neck),
                        (2.4 * stem, neck + 0.4 * half * flat)], 6)  # fmt: skip
        parts = [turned([(0, 0), *curve, (0, height)]), ball(half, (0, 0, height), (1, 1, flat)),
                 cylinder(0.9, 1.5, (0, 0, height + half * flat - 0.4))]  # fmt: skip
        nouns = ("water tower", "ball-shaped water tower")
    else:
        wide, deep = 1.15 * half, draw.between(0.5, 0.8) * half
        z, stem = height - deep, 1.7 * stem
        outline = [(0, 0), (1.4 * stem, 0), (1.4 * stem, 0.8), (stem, 1.2),
                   (0.9 * stem, z - 0.4 * deep), (wide, height), (wide, height + 0.5 * deep),
                   (0.35 * wide, height + 0.85 * deep),
                   (0.3 * wide, height + 1.2 * deep), (0, height + 1.2 * deep)]  # fmt: skip
        rib = box((0.6, 0.7 * stem, 0.9 * z), (0, -0.95 * stem, 0.4))
        parts = [turned(outline), around(rib, draw.count("ribs", 6, 12)),
                 cylinder(1.03 * wide, 0.6, (0, 0, height + 0.1)),
                 cylinder(1.03 * wide, 0.6, (0, 0, height + 0.5 * deep - 0.7))]  # fmt: skip
        nouns = ("water tower", "concrete water tower")
    door = box((1.4, 8 * stem, 2.4), (0, -4.6 * stem, 0.2))
    return Shape(minus(union(parts), [door]), nouns)


FAMILY = Family("water_tower", build, held_out=({"tank": "wooden", "legs": 6},
                                                {"tank": "domed", "legs": 4}))  # fmt: skip
