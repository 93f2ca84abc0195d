"""Office chairs: a seat on a column over a star of four to six arms, on wheels or glides."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import back_outline, cushion, leant, upright
from caddis.data.families.outlines import circle
from caddis.data.families.solids import both_sides, box, cylinder, rod, round_leg, slab, union


def build(draw: Draw) -> Shape:
    """Draw one office chair; lengths are in centimetres."""
    back = draw.pick("back", ("tall", "low", "mesh", "ladder"))
    arms = draw.pick("arms", ("none", "T", "loop"))
    count = draw.count("star", 4, 6)
    wheels = draw.chance("wheels", 0.75)
    width, seat = draw.between(46, 56), draw.between(46, 56)
    thick, rise, lean = draw.between(8, 11), draw.between(42, 50), draw.between(5, 12)
    if back == "tall":
        rise *= 1.35
    radius = draw.between(0.062, 0.07) * (seat + rise)
    parts = [_star(count, draw.between(31, 37), radius, wheels)]
    low = radius + 4
    parts += [cylinder(5, seat - thick - low, (0, 0, low)),
              cylinder(3.4, seat - low, (0, 0, low - 1)),
              box((0.5 * width, 0.5 * width, 5), (0, 0, seat - thick - 3), 2),
              cushion((width, 0.96 * width, thick), (0, 0, seat - thick), 4.5)]  # fmt: skip
    at = (0.0, 0.48 * width, seat + 4)
    if back in ("mesh", "ladder"):
        style = "slatted" if back == "mesh" else "ladder"
        rest = upright(back_outline(style, 0.92 * width, rise, 4, 5), 4.5)
    else:
        high = rise if back == "tall" else 0.72 * rise
        rest = cushion((0.92 * width, 9, high), (0, 0, rise - high), 4)
        if back == "tall" and draw.chance("headrest"):
            rest += cushion((0.6 * width, 12, 15), (0, -2, rise - 14), 5)
    stem = box((9, 4.5, 0.6 * rise + 6), (0, 3, -thick - 6))
    bridge = box((9, 0.5 * width, 4.5), (0, 0.26 * width, seat - thick - 1.5))
    parts += [leant(rest + stem, at, lean), bridge]
    if arms != "none":
        parts.append(_arms(arms, width, seat, draw.between(18, 22), thick))
    claims: dict[str, int | bool] = {"back": True, "arms": arms != "none"}
    if wheels:
        claims["wheels"] = count
    nouns = ("office chair", "desk chair", "swivel chair")
    return Shape(union(parts), nouns, claims)


def _star(count: int, reach: float, radius: float, wheels: bool) -> Manifold:
    """Return level arms about the column; the wheels all roll towards the front."""
    parts = [cylinder(6.5, 10, (0, 0, radius + 2))]
    for number in range(count):
        angle = np.radians(90 + 360 * number / count)
        x, y = reach * np.cos(angle), reach * np.sin(angle)
        if wheels:
            disc = slab(circle(radius, 32), 5.5, (0, 0, -2.75), 0.5).rotate((0, 90, 0))
            parts.append(disc.translate((x, y, radius)))
        else:
            parts.append(round_leg((x, y, 0), (x, y, radius + 6), 3.6, 2.6))
        end = radius + (1.5 if wheels else 6)
        parts.append(rod((0, 0, radius + 7), (1.02 * x, 1.02 * y, end), 3.8, 2.8))
    return union(parts)


def _arms(style: str, width: float, seat: float, rise: float, thick: float) -> Manifold:
    x = 0.5 * width + 3.5
    rest = cushion((8, 30, 4.5), (x, -3, seat + rise - 4), 2)
    low = box((12, 6, 4), (x - 4.5, 0, seat - thick + 1), 1)
    if style == "T":
        post = box((4.5, 7, rise + thick - 4), (x, 0, seat - thick + 1))
        return both_sides(union([rest, low, post]))
    posts = [
        rod((x, 0.6 * y, seat - thick + 3), (x, y, seat + rise - 2), 2.3) for y in (-14.0, 8.0)
    ]
    beam = box((4.5, 18, 4.5), (x, -2, seat - thick + 0.8), 1)
    return both_sides(union([rest, low, beam, *posts]))


FAMILY = Family(
    "office_chair", build,
    held_out=({"back": "tall", "arms": "none"}, {"back": "ladder", "star": 4}),
)  # fmt: skip
