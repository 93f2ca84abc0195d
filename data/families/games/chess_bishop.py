"""Chess bishops: a pointed mitre with a slanting cut and a small ball on top."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.games_parts import chess_body, head_of
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import ball, box, minus


def build(draw: Draw) -> Shape:
    """Draw one bishop; its foot has a radius of about 5."""
    build_kind = draw.pick("build", ("squat", "tall"))
    high = draw.between(11, 13) if build_kind == "squat" else draw.between(14, 19)
    body, _ = chess_body(draw, high, draw.between(1.6, 2.2), draw.between(2.8, 3.5))
    size = draw.between(2.4, 3.0)
    tall = size * draw.between(2.1, 2.7)
    mitre = head_of(
        smooth([(0.62 * size, 0), (size, 0.36 * tall), (0.72 * size, 0.7 * tall),
                (0.2 * size, tall)], 6), high,
    )  # fmt: skip
    cut = draw.pick("cut", ("slanting", "slanting", "cross"))
    if cut == "slanting":
        slot = box((0.28 * size, 4 * size, 2 * size)).rotate((0, -48, 25))
        slot = slot.translate((0.0, 0, high + 0.42 * tall))
        cuts = [slot]
    else:
        front = (0, -size - 0.5, high + 0.28 * tall)
        cuts = [box((0.6, 2.2, 0.42 * tall), front),
                box((1.9, 2.2, 0.6), (0, -size - 0.5, high + 0.48 * tall))]  # fmt: skip
    button = ball(draw.between(0.7, 1.0), (0, 0, high + tall + 0.4))
    solid = minus(body + mitre, cuts) + button
    return Shape(solid, ("chess bishop", "bishop", "chess piece"), {"holes": 0})


FAMILY = Family("chess_bishop", build, held_out=({"cut": "cross", "build": "tall"},))
