"""Snowmen of two or three balls, with a carrot nose, hats, twig arms and scarves."""

from __future__ import annotations

from itertools import pairwise

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, limb, pair, standing
from caddis.data.families.solids import both_sides, cylinder, rod, turned


def build(draw: Draw) -> Shape:
    """Draw one snowman; lengths are in centimetres."""
    balls = draw.count("balls", 2, 3)
    hat = draw.pick("hat", ("none", "top hat", "bucket", "bobble hat"))
    shrink, low = draw.between(0.68, 0.8), draw.between(4.2, 5.5)
    radii = [low * shrink**number for number in range(balls)]
    heights = [0.9 * low]
    for below, above in pairwise(radii):
        heights.append(heights[-1] + 0.83 * (below + above))
    parts = [blob((0, 0, z), r, 32) for z, r in zip(heights, radii, strict=True)]
    head, z = radii[-1], heights[-1]
    carrot = draw.between(0.7, 1.3) * head
    parts.append(cone((0, -0.8 * head, z), (0, -0.95 * head - carrot, z - 0.1), 0.2 * head))
    parts.append(pair(0.36 * head, -0.85 * head, z + 0.34 * head, 0.14 * head))
    for x in (-0.42, -0.22, 0, 0.22, 0.42):
        drop = 0.62 - 0.9 * x * x
        depth = (1 - x * x - drop * drop) ** 0.5
        parts.append(blob((x * head, -0.97 * depth * head, z - drop * head), 0.08 * head, 12))
    body, middle = radii[-2], heights[-2]
    parts += [
        blob((0, -((1 - rise**2) ** 0.5) * body, middle + rise * body), 0.11 * body)
        for rise in (-0.25, 0.15, 0.55)
    ]
    nouns: tuple[str, ...] = ("snowman",)
    if draw.chance("arms", 0.65):
        parts.append(_twig(draw, body, middle))
    if draw.chance("scarf", 0.4):
        neck = z - 0.8 * head
        ring = turned(
            [
                (0, -0.2 * head),
                (0.78 * head, -0.2 * head),
                (0.92 * head, 0),
                (0.78 * head, 0.2 * head),
                (0, 0.2 * head),
            ]
        )
        end = (0.6 * head, -0.95 * body, middle + 0.2 * body)
        parts += [ring.translate((0, 0, neck)), limb((0.35 * head, -0.8 * head, neck), end, 0.2)]
        nouns = ("snowman", "snowman with a scarf")
    if hat != "none":
        parts.append(_hat(hat, head).translate((0, 0, z)))
        nouns = (nouns[0], f"snowman with a {hat}")
    return Shape(standing(parts), nouns)


def _twig(draw: Draw, body: float, middle: float) -> Manifold:
    lift, reach = draw.between(0.0, 1.0) * body, draw.between(1.7, 2.2) * body
    thick = 0.09 * body + 0.1
    hand = (reach, 0, middle + 0.35 * body + lift)
    arm = limb((0.7 * body, 0, middle + 0.35 * body), hand, 1.2 * thick, thick, 12)
    split = 0.75 * reach
    fork = (split, 0, middle + 0.35 * body + lift * (split - 0.7 * body) / (reach - 0.7 * body))
    twig = limb(fork, (split + 0.3 * body, 0, fork[2] + 0.4 * body), 0.9 * thick, 0.8 * thick, 12)
    return both_sides(arm + twig)


def _hat(hat: str, head: float) -> Manifold:
    if hat == "top hat":
        brim = cylinder(1.15 * head, 0.18 * head, (0, 0, 0.62 * head))
        return brim + cylinder(0.76 * head, 1.35 * head, (0, 0, 0.6 * head))
    if hat == "bucket":
        rim = cylinder(0.92 * head, 0.2 * head, (0, 0, 0.52 * head))
        return rim + cylinder(0.86 * head, 1.2 * head, (0, 0, 0.6 * head), 0.6 * head)
    cap = blob((0, 0, 0.3 * head), (0.98 * head, 0.98 * head, 1.05 * head))
    rim = rod((0, 0, 0.25 * head), (0, 0, 0.6 * head), 1.06 * head)
    cap = cap.trim_by_plane((0, 0, 1), 0.3 * head)
    return cap + rim + blob((0, 0, 1.42 * head), 0.3 * head)


FAMILY = Family("snowman", build, held_out=({"balls": 2, "hat": "bucket"},))
