"""Chess rooks: a round tower with battlements on a swept or straight body."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.games_parts import chess_body, head_of
from caddis.data.families.solids import around, box, cylinder, minus


def build(draw: Draw) -> Shape:
    """Draw one rook; its foot has a radius of about 5."""
    build_kind = draw.pick("build", ("squat", "tall"))
    high = draw.between(9, 11) if build_kind == "squat" else draw.between(12, 16)
    waist = draw.between(2.5, 3.2)
    body, _ = chess_body(draw, high, waist, draw.between(3.6, 4.3))
    notches = draw.count("notches", 4, 6)
    radius, rise = draw.between(3.8, 4.6), draw.between(3.4, 4.8)
    outline = [(0.78 * radius, 0.0), (0.8 * radius, 0.25 * rise), (radius, 0.45 * rise),
               (radius, rise)]  # fmt: skip
    if draw.pick("head", ("flared", "straight")) == "straight":
        outline = [(0.94 * radius, 0.0), (0.94 * radius, rise)]
    top = high + rise
    deep = draw.between(0.38, 0.5) * rise
    cup = cylinder(0.62 * radius, deep + 1, (0, 0, top - deep))
    notch = box(
        (0.36 * radius, 2 * radius, deep + 1), (0, -radius - 0.3 * radius, top - 0.94 * deep)
    )
    solid = minus(body + head_of(outline, high), [cup, around(notch, notches, 180 / notches)])
    return Shape(solid, ("chess rook", "rook", "chess castle"), {"holes": 0})


FAMILY = Family("chess_rook", build, held_out=({"build": "squat", "notches": 5},))
