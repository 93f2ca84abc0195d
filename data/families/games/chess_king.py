"""Chess kings: the tallest piece, with a flared head and a cross on top."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.games_parts import chess_body, head_of
from caddis.data.families.hardware_parts import upright
from caddis.data.families.outlines import polygon, rectangle
from caddis.data.families.solids import ball


def build(draw: Draw) -> Shape:
    """Draw one king; its foot has a radius of about 5."""
    build_kind = draw.pick("build", ("squat", "tall"))
    high = draw.between(15, 18) if build_kind == "squat" else draw.between(19, 25)
    body, _ = chess_body(draw, high, draw.between(1.9, 2.5), draw.between(3.3, 4.1))
    size, rise = draw.between(2.9, 3.7), draw.between(3.6, 5)
    head = head_of([(0.62 * size, 0), (0.68 * size, 0.3 * rise), (size, rise),
                    (0.8 * size, rise + 0.5), (0.3 * size, rise + 1.0)], high)  # fmt: skip
    top = high + rise + 0.9
    arm, thick = draw.between(1.9, 2.6), draw.between(0.85, 1.2)
    kind = draw.pick("cross", ("plain", "flared", "on a ball"))
    if kind == "flared":
        wing = polygon([(0, -0.3), (arm, -0.9), (arm, 0.9), (0, 0.3)])
        outline = wing + wing.rotate(90) + wing.rotate(180) + wing.rotate(270)
        outline += rectangle(0.9, 2.6 * arm).translate((0, -0.2 * arm))
    else:
        outline = rectangle(2 * arm, thick) + rectangle(thick, 2.4 * arm).translate((0, -0.2 * arm))
    cross = upright(outline.extrude(thick)).translate((0, thick / 2, -0.35))
    solid = body + head
    if kind == "on a ball":
        solid += ball(0.42 * size, (0, 0, top + 0.2))
        top += 0.45 * size
    return Shape(
        solid + cross.translate((0, 0, top)), ("chess king", "king", "chess piece"), {"holes": 0}
    )


FAMILY = Family("chess_king", build, held_out=({"build": "tall", "cross": "on a ball"},))
