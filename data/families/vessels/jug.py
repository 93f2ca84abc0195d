"""Jugs: bellied, straight, conical or slender, with a lip at the left and one handle."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points
from caddis.data.families.solids import minus
from caddis.data.families.vessels_parts import curve_of, handle, hollow, loop, radius_at

_WALLS = {
    "bellied": ((0.62, 0), (0.95, 0.22), (1, 0.38), (0.82, 0.62), (0.58, 0.84), (0.6, 0.92),
                (0.68, 1)),
    "straight": ((1, 0), (0.97, 0.3), (0.95, 0.7), (1, 1)),
    "conical": ((1, 0), (0.86, 0.34), (0.74, 0.66), (0.62, 1)),
    "slender": ((0.75, 0), (0.6, 0.05), (0.95, 0.3), (1, 0.42), (0.6, 0.72), (0.44, 0.86),
                (0.6, 1)),
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one jug of height 20."""
    form = draw.pick("form", tuple(_WALLS))
    radius = draw.between(5.2, 7) * {"bellied": 1.15, "conical": 1.1}.get(form, 0.95)
    curve = curve_of(_WALLS[form], radius, 20)
    outer, inner = hollow(curve, draw.between(0.5, 0.8), 64)
    reach = draw.between(0.4, 0.6) * float(curve[-1, 0])
    outer, inner = (_lipped(one, reach) for one in (outer, inner))
    bend = draw.pick("handle", ("round", "angular", "strap"))
    low, high = 20 * draw.between(0.2, 0.32), 20 * draw.between(0.8, 0.88)
    path = loop((radius_at(curve, low) - 0.2, low), (radius_at(curve, high) - 0.2, high),
                draw.between(3.4, 5), 4 if bend == "angular" else 12)  # fmt: skip
    bar = handle(path, 1.0 if bend == "strap" else draw.between(1.2, 1.6),
                 draw.between(2, 2.8) if bend == "strap" else 0.0)  # fmt: skip
    return Shape(
        minus(outer + bar, [inner]), ("jug", "pitcher"), {"open": True, "holes": 1, "handles": 1},
    )  # fmt: skip


def _lipped(body: Manifold, reach: float) -> Manifold:
    """Pull the rim of a body of height 20 out and up towards -x."""

    def move(points: Points) -> Points:
        angle = np.abs(np.arctan2(points[:, 1], -points[:, 0]))
        near = np.exp(-((angle / 0.42) ** 2)) * np.clip((points[:, 2] - 13) / 7, 0, 1) ** 2
        size = np.minimum(np.hypot(points[:, 0], points[:, 1]) / 2.0, 1.0)
        out = np.stack([-reach * near * size, 0 * near, 0.45 * reach * near * size], axis=1)
        return np.asarray(points + out)

    return body.warp_batch(move)


FAMILY = Family("jug", build, held_out=({"form": "straight", "handle": "strap"},))
