"""Chess queens: a flared coronet with many points and a ball in the middle."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.games_parts import chess_body, head_of
from caddis.data.families.solids import around, ball, minus


def build(draw: Draw) -> Shape:
    """Draw one queen; its foot has a radius of about 5."""
    build_kind = draw.pick("build", ("squat", "tall"))
    high = draw.between(14, 17) if build_kind == "squat" else draw.between(18, 24)
    body, _ = chess_body(draw, high, draw.between(1.8, 2.4), draw.between(3.2, 4.0))
    size, rise = draw.between(3.2, 4.0), draw.between(3.6, 5)
    points = draw.count("points", 6, 10)
    cup = head_of([(0.6 * size, 0.0), (0.66 * size, 0.3 * rise), (size, rise)], high)
    top = high + rise
    crown = draw.pick("crown", ("points", "balls"))
    bite = Manifold.sphere(size * 2.5 / points, 16).scale((1, 1.6, 1.1))
    cuts = [around(bite.translate((0, -size, top + 0.1)), points, 180 / points),
            ball(0.72 * size, (0, 0, top + 0.25 * size), (1, 1, 0.8))]  # fmt: skip
    dome = ball(0.74 * size, (0, 0, top - 0.5 * rise), (1, 1, 0.75))
    solid = minus(body + cup, cuts) + dome
    solid += ball(0.26 * size, (0, 0, top - 0.5 * rise + 0.74 * size))
    if crown == "balls":
        pearl = Manifold.sphere(min(0.16 * size, 1.5 * size / points), 16)
        solid += around(pearl.translate((0, -0.88 * size, top + 0.02 * size)), points)
    return Shape(solid, ("chess queen", "queen", "chess piece"))


FAMILY = Family(
    "chess_queen", build,
    held_out=({"crown": "balls", "points": 8}, {"crown": "points", "points": 7}),
)  # fmt: skip
