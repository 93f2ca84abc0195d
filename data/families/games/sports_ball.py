"""Balls for sports: footballs, basketballs, beach balls and American footballs."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import regular
from caddis.data.families.solids import ball, box, cylinder, minus, turned, union

_GOLDEN = (1 + np.sqrt(5)) / 2


def build(draw: Draw) -> Shape:
    """Draw one ball of radius 5."""
    form = draw.pick("form", ("football", "basketball", "beach ball", "american football"))
    seams = draw.pick("seams", ("narrow", "wide"))
    width = 0.11 if seams == "narrow" else 0.19
    ring = turned([(4.8, -width), (5.6, -width), (5.6, width), (4.8, width)])
    whole = ball(5)
    if form == "football":
        solid = _football(whole, width)
        nouns: tuple[str, ...] = ("football", "soccer ball", "ball")
    elif form == "basketball":
        reach = draw.between(5.0, 5.6)
        size = np.sqrt(reach**2 + 25 - 2 * reach * 5 * np.cos(np.radians(42)))
        side = turned([(size - width, -6), (size + width, -6), (size + width, 6),
                       (size - width, 6)]).rotate((90, 0, 0))  # fmt: skip
        core = ball(4.8)
        cuts = [side.translate((x, 0, 0)) - core for x in (-reach, reach)]
        solid = minus(whole, [ring, ring.rotate((0, 90, 0)), *cuts]).rotate((0, 0, 20))
        nouns = ("basketball", "ball")
    elif form == "beach ball":
        panels = 2 * draw.count("panels", 3, 4)
        cut = ring.rotate((90, 0, 0))
        caps = cylinder(1.35, 1, (0, 0, 4.6)) + cylinder(1.35, 1, (0, 0, -5.6))
        cuts = [cut.rotate((0, 0, 360 * number / panels)) for number in range(panels // 2)]
        solid = minus(whole, [*cuts, caps]) + cylinder(1.0, 9.7, (0, 0, -4.85))
        solid = solid.rotate((draw.between(30, 60), 0, 0)).rotate((0, 0, draw.between(-40, 20)))
        nouns = ("beach ball", "ball")
    else:
        solid = _american(draw, width)
        nouns = ("american football", "ball")
    if form != "american football" and draw.chance("stand", 0.25):
        solid = solid.translate((0, 0, 5.6)) + turned(
            [(0, 0), (3.2, 0), (3.2, 0.5), (2.4, 1.6), (0, 1.6)]
        )
        nouns = (f"{nouns[0]} on a stand", *nouns[:1])
    return Shape(solid, nouns, {"holes": 0})


def _football(whole: Manifold, width: float) -> Manifold:
    """Sink the twelve pentagons of a football, and cut the seams that join them."""
    ends = [(0.0, a, b * _GOLDEN) for a in (-1, 1) for b in (-1, 1)]
    corners = np.array([(p[k], p[(k + 1) % 3], p[(k + 2) % 3]) for p in ends for k in range(3)])
    corners /= np.linalg.norm(corners[0])
    cuts = []
    seam = box((2.2, 2 * width, 1.0), (0, 0, 4.6))
    five = regular(5, 1.8).rotate(-90).extrude(1.5).translate((0, 0, 4.3))
    for corner in corners:
        near = sorted(corners, key=lambda other: -float(other @ corner))[1]
        aside = near - (near @ corner) * corner
        aside /= np.linalg.norm(aside)
        frame = np.column_stack([aside, np.cross(corner, aside), corner, np.zeros(3)])
        cuts.append(five.transform(frame))
    for number, one in enumerate(corners):
        for other in corners[number + 1 :]:
            if one @ other > 0.4:
                middle = (one + other) / np.linalg.norm(one + other)
                along = (other - one) / np.linalg.norm(other - one)
                frame = np.column_stack([along, np.cross(middle, along), middle, np.zeros(3)])
                cuts.append(seam.transform(frame))
    return minus(whole, [minus(union(cuts), [ball(4.77)])])


def _american(draw: Draw, width: float) -> Manifold:
    """Turn a pointed ball about x, with a seam and laces on top."""
    half = draw.between(7.4, 8.6)
    share = np.linspace(-1, 1, 25)
    profile = np.stack([4.6 * np.maximum(1 - share**2, 0.0) ** 0.8 + 0.0, half * share], axis=1)
    body = turned(profile)
    long = 1.6 * half
    bar = box((2 * width, 12, long), (0, 0, -long / 2))
    grooves = [bar, bar.rotate((0, 0, 90))]
    inner = np.stack([profile[:, 0] - 0.2, profile[:, 1]], axis=1)[2:-2]
    core = turned([(0, inner[0, 1]), *inner, (0, inner[-1, 1])])
    solid = minus(body, [minus(union(grooves), [core])]).rotate((0, 90, 0))
    lace = [box((5.2, 0.6, 1.9), (0, 0, 3.1))]
    lace += [box((0.5, 1.9, 1.9), (x, 0, 3.05)) for x in np.linspace(-2.1, 2.1, 5)]
    return union([solid, *lace])


FAMILY = Family("ball", build, held_out=({"form": "basketball", "seams": "wide"},))
