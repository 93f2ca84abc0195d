"""Pyramids: smooth ones with three to eight sides, stepped ones, cut-off ones."""

from __future__ import annotations

from caddis.data.families.family import Claims, Draw, Family, Shape
from caddis.data.families.outlines import rectangle, regular
from caddis.data.families.solids import box, slab, union

_WORDS = {3: "three", 4: "four", 5: "five", 6: "six", 8: "eight"}


def build(draw: Draw) -> Shape:
    """Draw one pyramid, about 10 wide."""
    form = draw.pick("form", ("smooth", "smooth", "stepped", "cut", "blocks"))
    sides = int(draw.pick("sides", ("3", "4", "4", "4", "5", "6", "8")))
    high = draw.between(4.5, 13) if form == "smooth" else draw.between(4.5, 9)
    if form == "stepped":
        return _stepped(draw, high)
    if form == "blocks":
        layers = draw.count("layers", 8, 14)
        step = high / layers
        parts = [
            slab(
                rectangle(10 * (1 - k / layers), 10 * (1 - k / layers)),
                1.1 * step,
                (0, 0, k * step),
            )
            for k in range(layers)
        ]
        return Shape(union(parts), ("pyramid", "egyptian pyramid", "block pyramid"), {"holes": 0})
    outline = regular(sides, 5.5)
    tip = draw.between(0.3, 0.6) if form == "cut" else 0.04
    solid = outline.extrude(high, 0, 0, (tip, tip))
    if draw.chance("plinth", 0.3):
        solid = solid.translate((0, 0, 0.9)) + slab(outline.scale((1.15, 1.15)), 1.0)
        claims: Claims = {"holes": 0}
    else:
        claims = {"holes": 0, "conical": True}
        if sides == 4:
            claims = {**claims, "body": "square"}
        elif sides == 6:
            claims = {**claims, "body": "hexagonal"}
    first = "truncated pyramid" if form == "cut" else "pyramid"
    return Shape(solid, (first, f"{_WORDS[sides]}-sided {first}"), claims)


def _stepped(draw: Draw, high: float) -> Shape:
    """Stack square storeys, with a stair at the front and a temple on top or not."""
    storeys = draw.count("storeys", 3, 7)
    step, shrink = high / storeys, draw.between(0.62, 0.75)
    wide = [10 * (1 - shrink * number / (storeys - 1)) for number in range(storeys)]
    parts = [
        rectangle(side, side).extrude(1.02 * step, 0, 0, (0.94, 0.94)).translate(
            (0, 0, number * step)
        )
        for number, side in enumerate(wide)
    ]  # fmt: skip
    top = storeys * step
    if draw.chance("temple", 0.5):
        room = 0.6 * wide[-1]
        parts += [box((room, room, 0.5 * room), (0, 0, top - 0.1)),
                  box((1.2 * room, 1.2 * room, 0.2 * room), (0, 0, top + 0.38 * room))]  # fmt: skip
    if draw.chance("stair", 0.6):
        count = 3 * storeys
        half = wide[-1] / 2
        for number in range(count):
            reach = half + (5.5 - half) * (1 - number / count)
            parts.append(
                box((1.6, reach, 1.05 * top / count), (0, -reach / 2, number * top / count))
            )
    return Shape(union(parts), ("step pyramid", "stepped pyramid", "pyramid"), {"holes": 0})


FAMILY = Family(
    "pyramid", build,
    held_out=({"form": "smooth", "sides": "6"}, {"form": "cut", "sides": "3"}),
)  # fmt: skip
