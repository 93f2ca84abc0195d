"""Bookcases: cases with a back and open bays, maybe books, lower doors or drawers and a crown."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import PANELS, PULLS, arched, panel, pull, spaced, upright
from caddis.data.families.solids import box, union


def build(draw: Draw) -> Shape:
    """Draw one bookcase; lengths are in centimetres."""
    shelves = draw.count("shelves", 2, 5)
    lower = draw.pick("lower", ("open", "open", "doors", "drawers"))
    crown = draw.pick("crown", ("plain", "cornice", "arched"))
    books = draw.chance("books", 0.35)
    width, depth = draw.between(62, 115), draw.between(26, 36)
    bay, plinth = draw.between(29, 38), draw.between(5, 9)
    base = draw.between(30, 45) if lower != "open" else plinth
    height = base + shelves * bay
    thick = max(0.02 * height, 3.0)
    case = box((width, depth, height + thick))
    parts, front = [], -depth / 2
    bays = []
    for number in range(shelves):
        low = base + thick + number * bay
        hollow = box((width - 2 * thick, depth, bay - thick), (0, -1.3 * thick, low))
        bays.append(hollow)
        if books:
            parts.append(_books(draw, (width - 2 * thick, depth, bay - thick), low, thick))
    parts.append(case - union(bays))
    if lower == "open":
        parts.append(box((1.04 * width, 1.06 * depth, 0.8 * plinth)))
    else:
        style, knob = draw.pick("panel", PANELS), draw.pick("pull", PULLS)
        count = 2 if width < 85 else 3
        for x, wide in spaced(-width / 2 + 1, width / 2 - 1, count, 2.5):
            at = (x, front, 3 + base / 2)
            parts.append(panel(wide, base - 6, 1.8, at, style))
            away = 0.34 * wide * (1 if x < -1 else -1) if lower == "doors" else 0.0
            parts.append(pull(knob, (x + away, front - 1.2, at[2]), 4.4, lower == "doors"))
    parts.append(_crown(crown, width, depth, height, thick))
    claims = {} if books or crown == "arched" else {"levels": shelves + 1}
    nouns = ("bookcase", "bookshelf", "full bookcase") if books else ("bookcase", "bookshelf")
    return Shape(union(parts), nouns, claims)


def _books(draw: Draw, sides: tuple[float, float, float], low: float, thick: float) -> Manifold:
    """Return a row of books on one shelf; it leaves some room at its end."""
    width, depth, high = sides
    x, end = -width / 2 + 0.3, draw.between(0.05, 0.5) * width
    row = []
    while x < end:
        wide = draw.between(3.6, 7)
        tall, deep = draw.between(0.6, 0.9) * high, draw.between(0.55, 0.7) * depth
        row.append(
            box((wide, deep, tall + 0.5), (x + wide / 2, 0.46 * depth - deep / 2, low - 0.5))
        )
        x += wide - 0.3
    return union(row)


def _crown(style: str, width: float, depth: float, height: float, thick: float) -> Manifold:
    if style == "arched":
        view = arched(width, 0.9 * thick, 0.16 * width).translate((0, -0.9 * thick))
        board = upright(view, 0.98 * depth)
        return board.translate((0, 0, height + thick - 0.05))
    if style == "cornice":
        steps = [(1.04, 0.0, 1.3), (1.1, 1.1, 1.2)]
        return union(
            box((width + depth * (grow - 1), grow * depth, tall * thick),
                (0, 0, height + (start - 0.4) * thick))
            for grow, start, tall in steps
        )  # fmt: skip
    return box((width, depth, 0.6 * thick), (0, 0, height + 0.41 * thick), 0.6)


FAMILY = Family(
    "bookcase",
    build,
    held_out=({"shelves": 3, "lower": "doors"}, {"shelves": 4, "crown": "cornice"}),
)
