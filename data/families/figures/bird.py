"""Songbirds: plump or slender, wings folded or spread, on their feet, a branch or a stand."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, fin, limb, pair, wing
from caddis.data.families.solids import both_sides, cylinder, union


def build(draw: Draw) -> Shape:
    """Draw one bird; lengths are in centimetres."""
    wings = draw.pick("wings", ("folded", "spread"))
    perch = draw.pick("perch", ("feet", "branch", "stand"))
    plump, tilt = draw.between(0.85, 1.25), draw.between(12, 38)
    thick, head = 0.5, draw.between(1.35, 1.8)
    tail = [(1.6, 0.4), (draw.between(5.2, 7.5), 0.95), (5.4, -0.35), (1.6, -0.5)]
    parts = [
        blob((0, 0, 0), (2.1 * plump, 3.2, 2.15 * plump), 36),
        Manifold.batch_hull([blob((0, 2.0, 0), (1.4, 0.8, 1.1)), blob((0, 3.9, 0.1), 0.45, 16)]),
        wing(
            [
                (-0.6, 2.0),
                (-1.15, tail[1][0]),
                (0, 0.93 * tail[1][0]),
                (1.15, tail[1][0]),
                (0.6, 2.0),
            ],
            0.6,
        ).translate((0, 0, 0.1)),
    ]
    if wings == "folded":
        flap = fin(
            [(-1.8, 0.2), (-0.6, 1.2), (1.2, 0.9), (4.2, 0.1), (1.6, -0.9), (-0.8, -0.8)],
            0.7,
            curved=True,
        )
        parts.append(both_sides(flap.rotate((0, 0, -4)).translate((2.0 * plump, 0, 0.2))))
    else:
        span = draw.between(5.5, 8.0)
        flap = wing(
            [
                (0, -1.6),
                (0.55 * span, -2.0),
                (span, -0.6),
                (0.9 * span, 0.6),
                (0.5 * span, 1.3),
                (0, 1.8),
            ],
            thick,
            curved=True,
        )
        flap = flap.rotate((0, -draw.between(15, 40), 0))
        parts.append(both_sides(flap.translate((1.1 * plump, 0, 0.8))))
    body = union(parts).rotate((-tilt, 0, 0))
    neck = (0.0, -2.4, 1.3 + 0.045 * tilt)
    beak = draw.between(1.0, 2.2)
    parts = [
        body,
        blob(neck, head),
        limb((0, -1, 0.3), neck, 1.35 * plump, 0.85 * head),
        cone(
            (0, neck[1] - 0.8 * head, neck[2]),
            (0, neck[1] - head - beak, neck[2] - 0.15),
            0.42 * head,
        ),
        pair(0.72 * head, neck[1] - 0.58 * head, neck[2] + 0.35 * head, 0.2 * head),
    ]
    if draw.chance("crest", 0.3):
        crest = fin([(-0.9, 0.3), (0.3, 1.6), (1.5, 1.9), (0.9, 0.2)], 0.5)
        parts.append(crest.translate((0, neck[1], neck[2] + 0.5 * head)))
    drop = -1.8 * plump - draw.between(1.5, 2.4)
    nouns: tuple[str, ...] = ("bird", "songbird")
    legs = [limb((0.9, 0.2, -1.0), (1.0, 0, drop), 0.34)]
    if perch == "feet":
        legs += [limb((1.0, 0.5, drop), (1.0 + x, -1.5, drop), 0.34, 0.3) for x in (-0.5, 0.5)]
    parts.append(both_sides(union(legs)))
    if perch == "branch":
        parts += [
            limb((-4, 0.3, drop - 0.2), (4, -0.2, drop - 0.3), 0.75),
            limb((2, 0, drop - 0.2), (3.4, 0.8, drop + 1.3), 0.5),
            cylinder(0.7, 3.2, (0, 0, drop - 3.4)),
            cylinder(2.4, 0.7, (0, 0, drop - 3.6)),
        ]
        nouns = ("bird on a branch", "bird")
    elif perch == "stand":
        parts.append(cylinder(2.2, 1.0, (0, 0, drop - 0.8)))
    solid = union(parts)
    solid = solid.translate((0, 0, -solid.bounding_box()[2] - (0.1 if perch == "feet" else 0)))
    if wings == "spread":
        nouns = (nouns[0], "bird with spread wings")
    return Shape(solid.trim_by_plane((0, 0, 1), 0), nouns)


FAMILY = Family("bird", build, held_out=({"wings": "spread", "perch": "branch"},))
