"""Dice: cubes with sharp, rounded or spherical corners and sunk or raised pips or numbers."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.games_parts import sunk_number
from caddis.data.families.solids import minus, union

_PIPS = {
    1: [(0, 0)], 2: [(-1, -1), (1, 1)], 3: [(-1, -1), (0, 0), (1, 1)],
    4: [(-1, -1), (1, 1), (-1, 1), (1, -1)], 5: [(-1, -1), (1, 1), (-1, 1), (1, -1), (0, 0)],
    6: [(-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1)],
}  # fmt: skip
_SIDES = {
    1: (0, 0, 0),
    6: (180, 0, 0),
    2: (90, 0, 0),
    5: (-90, 0, 0),
    3: (0, 90, 0),
    4: (0, -90, 0),
}


def build(draw: Draw) -> Shape:
    """Draw one die, 10 across."""
    edge = draw.pick("edge", ("sharp", "rounded", "ball"))
    pips = draw.pick("pips", ("sunk", "raised", "numbers"))
    if edge == "sharp":
        cube = Manifold.cube((10, 10, 10), center=True)
    elif edge == "rounded":
        cube = _rounded(draw.between(0.8, 2.0))
    else:
        cube = Manifold.cube((10, 10, 10), center=True) ^ Manifold.sphere(7.05, 56)
    if pips == "numbers":
        signs = [sunk_number(number, 5.0, 4.4).rotate(turn) for number, turn in _SIDES.items()]
        return Shape(minus(cube, signs), ("die", "numbered die", "dice"), {"holes": 0})
    size, reach = draw.between(0.85, 1.15), draw.between(2.2, 2.5)
    dot = Manifold.sphere(size, 16).scale((1, 1, 0.8))
    dots = [
        dot.translate((x * reach, y * reach, 5.05 if pips == "sunk" else 4.85)).rotate(turn)
        for number, turn in _SIDES.items()
        for x, y in _PIPS[number]
    ]
    solid = minus(cube, dots) if pips == "sunk" else union([cube, *dots])
    return Shape(solid, ("die", "dice", "six-sided die"), {"holes": 0})


def _rounded(radius: float) -> Manifold:
    at = 5 - radius
    ball = Manifold.sphere(radius, 20)
    return Manifold.batch_hull([
        ball.translate((x, y, z)) for x in (-at, at) for y in (-at, at) for z in (-at, at)
    ])  # fmt: skip


FAMILY = Family("dice", build, held_out=({"edge": "ball", "pips": "raised"},))
