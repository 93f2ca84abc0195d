"""Dice: cubes with sunk or raised pips, and numbered ones with eight, twelve or twenty faces."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from data.families.family import Draw, Family, Shape
from data.families.glyphs_parts import brush, glyph
from data.families.outlines import Points
from data.families.solids import minus, union

_GOLDEN = (1 + np.sqrt(5)) / 2
_PIPS = {
    1: [(0, 0)], 2: [(-1, -1), (1, 1)], 3: [(-1, -1), (0, 0), (1, 1)],
    4: [(-1, -1), (1, 1), (-1, 1), (1, -1)], 5: [(-1, -1), (1, 1), (-1, 1), (1, -1), (0, 0)],
    6: [(-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1)],
}  # fmt: skip
_SIDES = {1: (0, 0, 0), 6: (180, 0, 0), 2: (90, 0, 0), 5: (-90, 0, 0), 3: (0, 90, 0), 4: (0, -90, 0)}


def build(draw: Draw) -> Shape:
    """Draw one die, 10 across."""
    faces = int(draw.pick("faces", ("6", "6", "6", "6", "8", "12", "20")))
    if faces > 6:
        return _numbered(draw, faces)
    edge = draw.pick("edge", ("sharp", "rounded", "ball"))
    pips = draw.pick("pips", ("sunk", "raised", "numbers"))
    if edge == "sharp":
        cube = Manifold.cube((10, 10, 10), center=True)
    elif edge == "rounded":
        cube = _rounded(draw.between(0.8, 2.0))
    else:
        cube = Manifold.cube((10, 10, 10), center=True) ^ Manifold.sphere(7.05, 56)
    if pips == "numbers":
        signs = [_sign(number, 5.0, 4.4).rotate(turn) for number, turn in _SIDES.items()]
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


def _numbered(draw: Draw, faces: int) -> Shape:
    """Make a regular solid that rests on a face, with a number on each of its faces."""
    normals = _normals(faces)
    lowest = normals[0]
    turn = _onto(lowest, np.array([0.0, 0.0, -1.0]))
    normals = normals @ turn.T
    solid = Manifold.cube((40, 40, 40), center=True)
    for normal in normals:
        solid = solid.trim_by_plane(tuple(-normal), -5.0)
    size = {8: 3.6, 12: 3.4, 20: 2.3}[faces]
    signs = [
        _sign(number + 1, 5.0, size).transform(_placed(normal))
        for number, normal in enumerate(normals)
    ]
    solid = minus(solid, signs)
    if draw.chance("soft", 0.5):
        solid ^= Manifold.sphere({8: 7.4, 12: 5.95, 20: 5.95}[faces], 56)
    words = {8: "eight", 12: "twelve", 20: "twenty"}
    return Shape(solid, (f"{words[faces]}-sided die", f"d{faces}", "dice"), {"holes": 0})


def _sign(number: int, height: float, size: float) -> Manifold:
    """Return a number to sink into a face that lies at the given height."""
    digits = [glyph(sign, brush("round", 0.17), 0.5) for sign in str(number)]
    shift = 0.4 if len(digits) == 2 else 0.0
    outline = digits[0].translate((-shift, 0))
    if shift:
        outline += digits[1].translate((shift, 0))
    return outline.scale((size, size)).extrude(1.0).translate((0, 0, height - 0.4))


def _normals(faces: int) -> Points:
    """Return the directions of the faces of a regular solid."""
    if faces == 8:
        points = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
    else:
        ends = [(0.0, a, b * _GOLDEN) for a in (-1, 1) for b in (-1, 1)]
        if faces == 20:
            ends = [(0.0, a / _GOLDEN, b * _GOLDEN) for a in (-1, 1) for b in (-1, 1)]
        points = [(p[k], p[(k + 1) % 3], p[(k + 2) % 3]) for p in ends for k in range(3)]
        if faces == 20:
            points += [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
    normals = np.array(points, dtype=float)
    return normals / np.linalg.norm(normals, axis=1, keepdims=True)


def _onto(start: Points, end: Points) -> Points:
    """Return a rotation (3, 3) that turns one direction to another."""
    middle = start + end
    size = float(middle @ middle)
    if size < 1e-9:
        return np.diag([1.0, -1.0, -1.0])
    return 2 * np.outer(middle, middle) / size - np.eye(3)


def _placed(normal: Points) -> Points:
    """Return a transform (3, 4) that turns z to a face and keeps the sign upright."""
    aside = np.cross((0, 0, 1), normal) if abs(normal[2]) < 0.99 else np.array([1.0, 0, 0])
    aside = aside / np.linalg.norm(aside)
    up = np.cross(normal, aside)
    return np.column_stack([aside, up, normal, np.zeros(3)])


def _rounded(radius: float) -> Manifold:
    at = 5 - radius
    ball = Manifold.sphere(radius, 20)
    return Manifold.batch_hull([
        ball.translate((x, y, z)) for x in (-at, at) for y in (-at, at) for z in (-at, at)
    ])  # fmt: skip


FAMILY = Family("dice", build, held_out=({"edge": "ball", "pips": "raised"},))
