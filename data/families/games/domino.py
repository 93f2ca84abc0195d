"""Dominoes, standing: two fields of sunk or raised pips with a line between them."""

from __future__ import annotations

from manifold3d import CrossSection, OpType

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import minus, slab, union

_PLACES = {
    0: [], 1: [(0, 0)], 2: [(-1, 1), (1, -1)], 3: [(-1, 1), (0, 0), (1, -1)],
    4: [(-1, -1), (-1, 1), (1, -1), (1, 1)], 5: [(-1, -1), (-1, 1), (1, -1), (1, 1), (0, 0)],
    6: [(-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1)],
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one domino, 10 wide, that faces the front."""
    upper, lower = draw.count("upper", 0, 6), draw.count("lower", 1, 6)
    pips = draw.pick("pips", ("sunk", "raised"))
    corner = draw.pick("corners", ("sharp", "round"))
    pose = draw.pick("pose", ("standing", "standing", "on its side"))
    high, thick = draw.between(18.5, 21), draw.between(2.2, 4)
    rounding = draw.between(0.8, 2.2) if corner == "round" else 0.2
    plate = slab(rectangle(10, high, rounding), thick, bevel=draw.between(0.1, 0.4))
    size, reach = draw.between(0.8, 1.15), draw.between(2.4, 2.8)
    dots = [
        circle(size, 24).translate((x * reach, y * reach + side * high / 4))
        for side, number in ((1, upper), (-1, lower))
        for x, y in _PLACES[number]
    ]
    marks = CrossSection.batch_boolean([rectangle(8, 0.6), *dots], OpType.Add)
    if pips == "sunk":
        solid = minus(plate, [marks.extrude(2).translate((0, 0, thick - 0.55))])
    else:
        solid = union([plate, marks.extrude(1.0).translate((0, 0, thick - 0.45))])
    if pose == "on its side":
        solid = solid.rotate((0, 0, 90))
    nouns = ("domino", "domino tile", f"{_NAMES[upper]}-{_NAMES[lower]} domino")
    return Shape(upright(solid), nouns, {"holes": 0})


_NAMES = ("blank", "one", "two", "three", "four", "five", "six")

FAMILY = Family(
    "domino", build, held_out=({"upper": 6, "lower": 6}, {"pips": "raised", "pose": "on its side"})
)
