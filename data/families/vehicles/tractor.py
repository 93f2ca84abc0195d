"""Farm tractors: large rear wheels, small front wheels, with or without a cab."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon
from caddis.data.families.solids import both_sides, box, rod, turned, union
from caddis.data.families.vehicles_parts import bead, block, cabin, side_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one tractor; lengths are in decimetres."""
    cover = draw.pick("cover", ("cab", "open", "canopy"))
    treads = draw.chance("treads", 0.6)
    big = draw.between(7, 8.6)
    small = big * draw.between(0.5, 0.62)
    base = big + small + draw.between(5, 8)  # between the axles
    front, rear = -base / 2, base / 2
    wide = draw.between(3, 4.4)
    track = draw.between(7, 8.2)
    parts = [wheels(small, 0.75 * wide, 0.85 * track, (front,)),
             wheels(big, wide, track, (rear,))]  # fmt: skip
    if treads:
        lug = both_sides(box((0.5 * wide + 0.3, 1.1, 1.6), (0.2 * wide, 0, big - 0.5)))
        parts.append(both_sides(union(
            lug.rotate((a, 0, 0)).translate((track, rear, big))
            for a in np.linspace(0, 360, 18, endpoint=False) + 10
        ) - box((99, 99, 9), (0, 0, -9))))  # fmt: skip
    low, bonnet = 0.9 * small, big + draw.between(3.2, 5)
    nose = front - small * 0.75
    width = draw.between(5.2, 6.6)
    parts.append(box((0.62 * width, rear - nose + 3, 3), (0, (rear + nose + 3) / 2, low), 0.6))
    seat_y = rear - 1
    parts.append(
        block((nose, rear - 4, width, low + 1.6), (nose + 0.8, rear - 4, 0.85 * width, bonnet), 1)
    )
    grille = [box((0.55 * width, 1, 0.8), (0, nose + 0.2, z))
              for z in np.linspace(low + 3, bonnet - 2.6, 3)]  # fmt: skip
    parts += [*grille, both_sides(bead(0.9, (0.46 * width, nose + 1.2, bonnet - 1.6)))]
    chimney = front + 1 + draw.between(0, 2)
    parts.append(rod((0, chimney, bonnet - 1), (0, chimney, bonnet + draw.between(5, 8)), 0.7))
    parts.append(box((1.6 * track - wide, 7, 3), (0, rear - 0.5, big - 1.5), 0.5))
    parts.append(both_sides(_mudguard(big, wide, track, rear)))
    roof = bonnet + draw.between(9, 11)
    if cover == "cab":
        deep = 2 * track - wide - 1.2
        parts.append(
            cabin(
                (rear - 6, rear + 4, deep, big),
                (rear - 5, rear + 3.5, 0.9 * deep, roof),
                0.9,
                1,
                1.2,
                rounding=0.5,
                rise=(0.42, 0.92),
            )
        )
        parts.append(box((deep + 1, 11, 1.4), (0, rear - 0.8, roof - 0.4), 0.6))
    else:
        parts.append(box((4.8, 4.5, 3), (0, seat_y + 1.5, big + 1), 0.6))
        parts.append(box((4.8, 1.4, 1.15 * big - 1), (0, seat_y + 3.4, big + 1), 0.6))
        column = ((0, rear - 5, bonnet - 2), (0, rear - 3.6, bonnet + 2.4))
        wheel = turned([(0, -0.4), (2.3, -0.4), (2.3, 0.4), (0, 0.4)], 24).rotate((-30, 0, 0))
        parts += [rod(*column, 0.5), wheel.translate(column[1])]
    if cover == "canopy":
        x, y = track - wide / 2 - 1.1, rear + 4.4
        parts.append(both_sides(box((1.2, 1.4, roof + 1 - big + 1), (x, y, big - 1))))
        parts.append(box((2 * x + 1, 2.0, 2.4), (0, y - 0.5, big - 0.6)))
        parts.append(box((2 * x, 2, 4), (0, rear + 3.3, big - 1)))
        parts.append(box((2 * x + 3, 13, 1.2), (0, rear - 0.5, roof), 0.5))
    return Shape(union(parts), ("tractor", "farm tractor"))


def _mudguard(big: float, wide: float, track: float, rear: float) -> Manifold:
    """Return the right mudguard: an arch over the rear wheel, reaching in to the body."""
    arch = circle(1.2 * big, 40) - circle(1.07 * big, 40)
    arch ^= polygon(
        [(-99, 0.45 * big), (0.3 * big, 0.45 * big), (99, 0.75 * big), (99, 99), (-99, 99)]
    )
    inner = 1.6
    guard = side_view(arch, track + 0.4 * wide - inner, 0, (track + 0.4 * wide + inner) / 2)
    return guard.translate((0, rear, big))


FAMILY = Family("tractor", build, held_out=({"cover": "open", "treads": False},))
