"""Boots: rain, cowboy, ankle and winter boots; the shaft is open at the top, the toe in front."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, filled, fin, limb
from caddis.data.families.outlines import Points, circle, oval
from caddis.data.families.solids import both_sides, box, cylinder, minus, union

_TALL = {
    "rain boot": (2.6, 3.4),
    "cowboy boot": (2.4, 3.2),
    "ankle boot": (1.25, 1.7),
    "winter boot": (2.0, 2.8),
}


def build(draw: Draw) -> Shape:
    """Draw one boot; lengths are in centimetres."""
    kind = draw.pick("kind", tuple(_TALL))
    toe = draw.pick("toe", ("round", "pointed"))
    radius, long = draw.between(4.2, 5.2), draw.between(13, 17)
    tall = draw.between(*_TALL[kind]) * 8 + 4
    heel = draw.between(2.2, 3.6) if kind == "cowboy boot" else draw.between(0.6, 1.4)
    wide = 0.82 * radius
    sole = 1.1
    floor = heel + sole
    front = -long + 2.5
    tip = {"round": (0.95 * wide, 3.0, 2.6), "pointed": (0.35 * wide, 1.6, 1.6)}[toe]
    foot = Manifold.batch_hull(
        [
            blob((0, 0, floor + 2.6), (wide, wide, 2.8)),
            blob((0, 0.48 * front, floor + 2.0), (1.02 * wide, 3.0, 2.7)),
            blob((0, front, floor + 1.4), tip),
        ]
    ).trim_by_plane((0, 0, 1), floor - 0.2)
    instep = Manifold.batch_hull(
        [
            blob((0, 0, floor + 4.5), (0.95 * radius, 0.95 * radius, 3.0)),
            blob((0, 0.42 * front, floor + 2.4), (0.8 * wide, 1.6, 1.8)),
        ]
    )
    flare = draw.between(1.0, 1.2) * radius
    shaft = cylinder(0.95 * radius, tall - floor - 3, (0, 0, floor + 3), flare)
    pad = Manifold.batch_hull(
        [
            oval(2.2 * wide, 2.2 * wide).extrude(sole).translate((0, 0, heel)),
            circle(1.12 * wide).extrude(sole).translate((0, 0.5 * front, heel)),
            oval(2 * tip[0] + 1, 2 * tip[1] + 1).extrude(sole).translate((0, front, heel)),
        ]
    )
    block = cylinder(0.9 * wide, heel + 0.3, (0, 0.1 * wide, 0), 1.08 * wide)

    def lowered(points: Points) -> Points:
        """Lower the front of the foot to the floor; the heel stays up."""
        x, y, z = points.T
        share = np.clip((-y / long - 0.12) / 0.28, 0, 1)
        return np.stack([x, y, z - heel * share * share * (3 - 2 * share)], axis=1)

    low = union(p.warp_batch(lowered) for p in (foot, instep.trim_by_plane((0, 0, 1), floor), pad))
    parts = [low, shaft, block]
    parts += _trim(kind, radius, flare, tall, floor)
    wall = 0.13 * radius + 0.2
    hollow = cylinder(0.95 * radius - wall, tall, (0, 0, floor + 3), flare - wall)
    hollow = hollow.trim_by_plane((0, 0, -1), -tall - 1)
    holes = [hollow, cylinder(flare - wall, 4, (0, 0, tall - 0.01))]
    if kind == "cowboy boot":
        holes.append(
            fin(
                [(-1.6 * radius, tall + 1), (1.6 * radius, tall + 1), (0.0, tall - 3.5)],
                3 * radius,
                sharp=True,
            ).rotate((0, 0, 90))
        )
    return Shape(filled(minus(union(parts), holes)), (kind, "boot"), {"open": True})


def _trim(kind: str, radius: float, flare: float, tall: float, floor: float) -> list[Manifold]:
    """Return the trim of this kind of boot: loops, laces, a fur cuff or a rim."""
    if kind == "winter boot":
        fur = blob((0, 0, tall - 1.2), (1.35 * flare, 1.35 * flare, 1.9))
        return [fur]
    if kind == "rain boot":
        return [cylinder(1.08 * flare, 1.2, (0, 0, tall - 1.4))]
    if kind == "ankle boot":
        z = floor + 5.2
        laces = [
            limb(
                (-0.4 * radius, -1.02 * radius + 0.45 - 0.3 * n, z + 2.6 - 1.8 * n),
                (0.4 * radius, -1.02 * radius + 0.45 - 0.3 * n, z + 2.6 - 1.8 * n),
                0.5,
            )
            for n in range(3)
        ]
        return [*laces, cylinder(1.07 * flare, 1.6, (0, 0, tall - 1.6))]
    strap = box((0.8, 2.2, 4.5), (flare - 0.1, 0, tall - 4.6), 0.3)
    return [both_sides(strap)]


FAMILY = Family("boot", build, held_out=({"kind": "rain boot", "toe": "pointed"},))
