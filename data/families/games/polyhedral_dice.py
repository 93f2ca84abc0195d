"""Dice with eight, twelve or twenty numbered faces, sharp or worn to a ball."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.games_parts import sunk_number
from caddis.data.families.outlines import Points
from caddis.data.families.solids import minus

_GOLDEN = (1 + np.sqrt(5)) / 2
_ENDS = (-1.0, 1.0)


def build(draw: Draw) -> Shape:
    """Draw one die that rests on a face, with a number on each of its faces."""
    faces = int(draw.pick("faces", ("8", "12", "20")))
    normals = _normals(faces)
    normals = normals @ _onto(normals[0], np.array([0.0, 0.0, -1.0])).T
    solid = Manifold.cube((40, 40, 40), center=True)
    for normal in normals:
        solid = solid.trim_by_plane(tuple(-normal), -5.0)
    share = draw.between(0.85, 1.15)
    size = share * {8: 3.6, 12: 3.2, 20: 1.7}[faces]
    signs = [
        sunk_number(number + 1, 5.0, size).transform(_placed(normal))
        for number, normal in enumerate(normals)
    ]
    solid = minus(solid, signs)
    edge = draw.pick("edge", ("sharp", "worn", "ball"))
    if edge != "sharp":
        reach = {8: (7.4, 6.3), 12: (5.95, 5.6), 20: (5.95, 5.6)}[faces]
        solid ^= Manifold.sphere(reach[edge == "ball"], 56)
    words = {8: "eight", 12: "twelve", 20: "twenty"}
    return Shape(solid, (f"{words[faces]}-sided die", f"d{faces}", "dice"), {"holes": 0})


def _normals(faces: int) -> Points:
    """Return the directions of the faces of a regular solid."""
    if faces == 8:
        points = [(x, y, z) for x in _ENDS for y in _ENDS for z in _ENDS]
    else:
        ends = [(0.0, a, b * _GOLDEN) for a in (-1, 1) for b in (-1, 1)]
        if faces == 20:
            ends = [(0.0, a / _GOLDEN, b * _GOLDEN) for a in (-1, 1) for b in (-1, 1)]
        points = [(p[k], p[(k + 1) % 3], p[(k + 2) % 3]) for p in ends for k in range(3)]
        if faces == 20:
            points += [(x, y, z) for x in _ENDS for y in _ENDS for z in _ENDS]
    normals = np.array(points, dtype=float)
    return np.asarray(normals / np.linalg.norm(normals, axis=1, keepdims=True))


def _onto(start: Points, end: Points) -> Points:
    """Return a rotation (3, 3) that maps one direction to another."""
    middle = start + end
    size = float(middle @ middle)
    if size < 1e-9:
        return np.diag([1.0, -1.0, -1.0])
    return 2 * np.outer(middle, middle) / size - np.eye(3)


def _placed(normal: Points) -> Points:
    """Return a transform (3, 4) that maps the z axis to a face and keeps the sign upright."""
    aside = np.cross((0, 0, 1), normal) if abs(normal[2]) < 0.99 else np.array([1.0, 0, 0])
    aside = aside / np.linalg.norm(aside)
    up = np.cross(normal, aside)
    return np.column_stack([aside, up, normal, np.zeros(3)])


FAMILY = Family("dice", build, held_out=({"faces": "12", "edge": "ball"},))
