"""Chess pawns: a ball or a dome on a swept body, squat or tall."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.games_parts import chess_body
from caddis.data.families.solids import ball, cylinder


def build(draw: Draw) -> Shape:
    """Draw one pawn; its foot has a radius of about 5."""
    build_kind = draw.pick("build", ("squat", "tall"))
    high = draw.between(8, 10) if build_kind == "squat" else draw.between(11, 14.5)
    waist = draw.between(1.5, 2.2)
    body, _ = chess_body(draw, high, waist, draw.between(2.8, 3.6))
    size = draw.between(2.5, 3.3)
    head = draw.pick("head", ("ball", "flattened", "pointed"))
    solid = body + cylinder(0.62 * size, 0.6 * size, (0, 0, high - 0.2))
    stretch = {"ball": 1.0, "flattened": 0.78, "pointed": 1.0}[head]
    middle = high + 0.82 * size * stretch
    solid += ball(size, (0, 0, middle), (1, 1, stretch))
    if head == "pointed":
        solid += cylinder(0.72 * size, 0.85 * size, (0, 0, middle + 0.69 * size), 0.25)
    return Shape(
        solid, ("chess pawn", "pawn", "chess piece"),
        {"symmetry": "revolved", "holes": 0, "neck": True},
    )  # fmt: skip


FAMILY = Family("chess_pawn", build, held_out=({"build": "tall", "head": "flattened"},))
