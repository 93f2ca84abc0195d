"""Cabinets: sideboards, cupboards with doors above and below, filing and kitchen cabinets."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    CASE_STANDS,
    PANELS,
    PULLS,
    case_stand,
    panel,
    pull,
    spaced,
)
from caddis.data.families.solids import box, union

_NOUNS = {"sideboard": "sideboard", "cupboard": "cupboard", "filing": "filing cabinet",
          "kitchen": "kitchen cabinet", "display": "display cabinet"}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one cabinet; lengths are in centimetres."""
    form = draw.pick("form", tuple(_NOUNS))
    doors = draw.count("doors", 1, 4) if form != "filing" else 1
    stand = draw.pick("stand", CASE_STANDS) if form != "filing" else "plinth"
    unit = draw.between(36, 50) if doors < 3 else draw.between(32, 40)
    width, depth = doors * unit + 4, draw.between(36, 48)
    if form == "filing":
        width = draw.between(40, 50)
    high = {"sideboard": (48, 64), "cupboard": (120, 165), "filing": (70, 135),
            "kitchen": (76, 90), "display": (120, 165)}[form]  # fmt: skip
    height = draw.between(*high)
    lift = draw.between(14, 20) if stand != "plinth" else draw.between(4, 8)
    top = lift + height
    thick, front = max(0.02 * top, 2.4), -depth / 2
    case = box((width, depth, height), (0, 0, lift))
    style, knob = draw.pick("panel", PANELS), draw.pick("pull", PULLS)
    size = draw.between(4, 5.5) * max(1.0, top / 120)
    parts = [case_stand(stand, width, depth, lift, 0.06 * width + 3)]
    plate = (width + 4, depth + 4, thick)
    parts.append(box(plate, (0, 0, top - 0.05 * thick), 0.5 * thick))
    low, end = lift + 1, top - 1

    def row(z: float, tall: float, drawers: bool) -> None:
        for number, (x, wide) in enumerate(spaced(-width / 2 + 1, width / 2 - 1, doors, 2)):
            parts.append(panel(wide, tall, 0.7 * thick, (x, front, z), style))
            side = 0.38 * wide * (1 if number % 2 == 0 and number < doors - 1 else -1)
            at = (x + (0.0 if drawers else side), front - 0.5 * thick, z)
            parts.append(pull(knob, at, size, standing=not drawers))

    if form == "filing":
        for z, tall in spaced(low, end, draw.count("drawers", 2, 4), 2.4):
            row(z, tall, True)
    elif form == "kitchen":
        row(end - 9, 15, True)
        row((low + end - 19) / 2 + 0.5, end - 21 - low, False)
    elif form == "sideboard":
        row((low + end) / 2, end - low - 3, False)
    else:
        split = low + draw.between(0.38, 0.5) * height
        row((low + split) / 2, split - low - 3, False)
        if form == "cupboard":
            row((split + end) / 2, end - split - 3, False)
        else:
            case = _open(case, (width, depth), (split, end), draw.count("bays", 2, 3), thick)
    claims: dict[str, int] = {"legs": 4} if stand != "plinth" and lift > 0.1 * top else {}
    return Shape(union([case, *parts]), ("cabinet", _NOUNS[form]), claims)


def _open(
    case: Manifold, sides: tuple[float, float], room: tuple[float, float], bays: int, thick: float
) -> Manifold:
    """Cut open bays into the upper part of a case."""
    width, depth = sides
    return case - union(
        box((width - 2 * thick, depth, tall), (0, -1.5 * thick, z - tall / 2))
        for z, tall in spaced(room[0], room[1] + 1, bays, thick)
    )


FAMILY = Family(
    "cabinet", build, held_out=({"form": "sideboard", "doors": 3}, {"form": "cupboard", "doors": 1})
)
