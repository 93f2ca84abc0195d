"""Wells: a round, square or octagonal wall of stones, a winch, and perhaps a small roof."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.buildings_parts import gable_roof, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle, regular, smooth
from caddis.data.families.solids import around, both_sides, box, minus, rod, turned, union


def build(draw: Draw) -> Shape:
    """Draw one well; lengths are in decimetres."""
    plan = draw.pick("plan", ("round", "square", "octagonal"))
    cover = draw.pick("cover", ("roof", "beam", "none"))
    half, high = draw.between(5, 7), draw.between(6, 9)
    outline = {"round": circle(half), "square": rectangle(1.8 * half, 1.8 * half, 0.5),
               "octagonal": regular(8, half)}[plan]  # fmt: skip
    wall = draw.between(1.2, 1.7)
    across = 8 if plan == "octagonal" else draw.count("stones", 7, 11)
    parts = [_stones(outline, half, high, across),
             outline.offset(0.6).extrude(1.1).translate((0, 0, high - 0.2))]  # fmt: skip
    if draw.chance("step", 0.5):
        parts.append(outline.offset(1.5).extrude(1.0))
    shaft = outline.offset(-wall).extrude(3 * high).translate((0, 0, 1.0))
    body = minus(union(parts), [shaft])
    side = (0.9 if plan == "square" else 0.93) * half - 0.5 * wall
    if cover == "none":
        if draw.chance("bucket", 0.6):
            at = (0, -side, high + 0.8)
            body += _bucket(1.6).translate(at)
        return Shape(body, ("well", "stone well"), {"open": True})
    post = high + draw.between(8, 11)
    parts = [body, both_sides(box((1.2, 1.5, post - high + 2), (side, 0, high - 2), 0.2))]
    axle = high + 0.55 * (post - high)
    parts += [rod((-side - 0.3, 0, axle), (side + 2.2, 0, axle), 0.55),
              rod((-0.5 * side, 0, axle), (0.5 * side, 0, axle), 1.1),
              rod((side + 1.8, 0, axle), (side + 1.8, 0, axle - 2.6), 0.5),
              rod((side + 1.3, 0, axle - 2.3), (side + 4, 0, axle - 2.3), 0.5)]  # fmt: skip
    drop = axle - draw.between(2.2, 3)
    parts += [rod((0, 0, drop), (0, 0, axle), 0.4), _bucket(1.5).translate((0, 0, drop - 2.7))]
    if cover == "roof":
        wide, rise = 1.9 * half, draw.between(3.5, 5.5)
        roof = gable_roof(wide, rise, 2 * side + 4.5, 0.9, 1.2, at=(0, 0, post - 0.35 * rise))
        beam = box((wide - 1, 1.0, 1.0), (0, 0, post - 0.28 * rise))
        king = box((1.0, 1.2, rise * 0.7), (0, 0, post - 0.3 * rise))
        truss = union([beam, king]).rotate((0, 0, 90))
        parts += [roof.rotate((0, 0, 90)), both_sides(truss.translate((side, 0, 0)))]
    else:
        parts.append(box((2 * side + 3, 1.6, 1.4), (0, 0, post - 0.3), 0.3))
    nouns = ("well", "wishing well") if cover == "roof" else ("well", "draw well")
    return Shape(union(parts), nouns)


def _stones(outline: CrossSection, half: float, high: float, across: int) -> Manifold:
    """Return a block with joints between courses of stones, sunk into its sides."""
    courses, joint = 4, 0.4
    ring = outline.offset(1.0) - outline.offset(-0.4)
    cuts = [ring.extrude(joint).translate((0, 0, high / courses * n - joint / 2))
            for n in range(1, courses)]  # fmt: skip
    slit = box((joint, 3 * half, high / courses + 0.01), (0, -1.5 * half, 0))
    for n in range(courses):
        turned_slits = around(slit, across, 180 / across * (n % 2) + 90 / across)
        piece = turned_slits.translate((0, 0, n * high / courses))
        cuts.append(piece ^ ring.extrude(high))
    return minus(outline.extrude(high), cuts)


def _bucket(size: float) -> Manifold:
    """Return a small bucket with a bow, standing on the origin."""
    solid = turned([(0, 0), (0.8 * size, 0), (size, 1.5 * size), (0.75 * size, 1.5 * size),
                    (0.6 * size, 0.3 * size), (0, 0.3 * size)], 24)  # fmt: skip
    bow = smooth([(-size, 1.3 * size), (-0.7 * size, 2.1 * size), (0, 2.4 * size),
                  (0.7 * size, 2.1 * size), (size, 1.3 * size)], 3) * [0.88, 1]  # fmt: skip
    rim = np.array([0, 0.28])
    arch = CrossSection([np.concatenate([bow + rim, (bow - rim)[::-1]])[::-1]])
    return solid + upright(arch, 0.6)


FAMILY = Family("well", build, held_out=({"plan": "square", "cover": "roof"},))
