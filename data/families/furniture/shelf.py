"""Shelves: three to six boards between panels, posts or leaning rails or in a grid."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import both_sides, box, leg, slab, union


def build(draw: Draw) -> Shape:
    """Draw one shelf; lengths are in centimetres."""
    form = draw.pick("form", ("panels", "posts", "leaning", "grid"))
    boards = draw.count("boards", 3, 6)
    height = boards * draw.between(26, 38) + draw.between(0, 10)
    width, depth = draw.between(50, 110), draw.between(26, 38)
    if form == "leaning":
        width, depth = draw.between(45, 70), draw.between(38, 48)
    thick = max(0.022 * max(height, width), draw.between(2, 3))
    build_one = {"panels": _panels, "posts": _posts, "leaning": _leaning, "grid": _grid}[form]
    solid = build_one(draw, boards, (width, depth, height), thick)
    nouns = {"leaning": ("shelf", "ladder shelf"),
             "grid": ("shelf", "cube shelf")}.get(form, ("shelf", "shelves"))  # fmt: skip
    claims: dict[str, int] = {"levels": boards}
    if form in ("posts", "leaning"):
        claims["legs"] = 4
    return Shape(solid, nouns, claims)


def _heights(low: float, high: float, boards: int, thick: float) -> list[float]:
    """Return the heights of the boards, evenly spaced from `low` to below `high`."""
    return [float(z) for z in np.linspace(low, high - thick, boards)]


def _panels(draw: Draw, boards: int, sides: tuple[float, float, float], thick: float) -> Manifold:
    width, depth, height = sides
    side = box((thick, depth, height), ((width - thick) / 2, 0, 0), 0.3 * thick)
    parts = [both_sides(side)]
    heights = _heights(draw.between(2, 8), height - 0.05, boards, thick)
    parts += [box((width - thick, 0.97 * depth, thick), (0, 0, z)) for z in heights]
    if draw.chance("back", 0.3):
        parts.append(box((width - thick, thick, 0.97 * height), (0, 0.46 * depth, 0.01 * height)))
    return union(parts)


def _posts(draw: Draw, boards: int, sides: tuple[float, float, float], thick: float) -> Manifold:
    width, depth, height = sides
    size = max(0.03 * max(sides), 0.05 * (width * depth) ** 0.5 + 0.6)
    post = box((size, size, height - 0.3 * thick), ((width - size) / 2, (depth - size) / 2, 0))
    inset = draw.between(0.0, 0.5) * size
    parts = [both_sides(both_sides(post), 1)]
    heights = _heights(max(0.11 * height, 6), height, boards, thick)
    board = box((width - inset, depth - inset, thick), (0, 0, 0), 0.4 * thick)
    parts += [board.translate((0, 0, z)) for z in heights]
    return union(parts)


def _leaning(draw: Draw, boards: int, sides: tuple[float, float, float], thick: float) -> Manifold:
    """Return boards that grow shallower upwards, between rails that lean to the rear."""
    width, depth, height = sides
    size = max(0.03 * height, 3.2)
    x, rear = (width - size) / 2, depth / 2 - size / 2
    share = draw.between(0.5, 0.62)
    front = leg((x, -rear, 0), (x, rear - share * (depth - size), height), size)
    back = leg((x, rear, 0), (x, rear, height), size)
    parts = [both_sides(front + back)]
    for z in _heights(0.13 * height, height - 0.5 * thick, boards, thick):
        near = -rear + (1 - share) * (depth - size) * (z + thick / 2) / height
        deep = rear - near + 0.9 * size
        board = box((width - 0.3 * size, deep, thick), (0, (rear + near) / 2, z), 0.2 * thick)
        parts.append(board)
    return union(parts)


def _grid(draw: Draw, boards: int, sides: tuple[float, float, float], thick: float) -> Manifold:
    columns = draw.count("columns", 2, 4)
    height = sides[2]
    cell = (height - thick) / boards
    width, depth = columns * cell + thick, max(sides[1], 0.8 * cell)
    case = slab(rectangle(width, depth), height, bevel=0.2)
    holes = [
        box((cell - thick, 2 * depth, cell - thick),
            ((column - (columns - 1) / 2) * cell, 0, thick + row * cell))
        for column in range(columns) for row in range(boards - 1)
    ]  # fmt: skip
    body = case.trim_by_plane((0, 0, -1), -(thick + (boards - 1) * cell))
    return body - union(holes)


FAMILY = Family(
    "shelf", build, held_out=({"form": "posts", "boards": 4}, {"form": "leaning", "boards": 5})
)
