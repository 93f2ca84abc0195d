"""Bowling pins: slim or plump, with raised or sunk neck rings, plain or on a round base."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import cylinder, minus, turned


def build(draw: Draw) -> Shape:
    """Draw one pin, 15 high at least; its belly has a radius of about 2.4."""
    build_kind = draw.pick("build", ("classic", "slim", "plump"))
    rings = draw.pick("rings", ("none", "raised", "sunk"))
    high = {"classic": draw.between(14.5, 16), "slim": draw.between(16.5, 19),
            "plump": draw.between(10.5, 12.5)}[build_kind]  # fmt: skip
    belly, neck = draw.between(2.25, 2.6), draw.between(0.85, 1.1)
    head = draw.between(1.3, 1.5)
    foot = draw.between(1.2, 1.6)
    curve = smooth([
        (foot, 0), (0.78 * belly + 0.2, 0.12 * high), (belly, 0.3 * high), (1.6, 0.52 * high),
        (neck, 0.68 * high), (head, 0.87 * high), (0.75 * head, 0.96 * high), (0, high),
    ], 6)  # fmt: skip
    solid = turned([(0, 0), *curve])
    place = 0.68 * high
    for shift in (-0.55, 0.35):
        out = neck + 0.12
        if rings == "raised":
            solid += turned([(0, 0), (out, 0), (out + 0.12, 0.12), (out + 0.12, 0.28), (out, 0.4),
                             (0, 0.4)]).translate((0, 0, place + shift))  # fmt: skip
        elif rings == "sunk":
            cut = turned([(neck - 0.12, 0), (3, 0), (3, 0.3), (neck - 0.12, 0.3)])
            solid = minus(solid, [cut.translate((0, 0, place + shift))])
    if draw.chance("base", 0.25):
        wide = draw.between(2.6, 3.6)
        solid = solid.translate((0, 0, 0.7)) + cylinder(wide, 0.8, top=0.94 * wide)
        return Shape(
            solid, ("bowling pin on a base", "bowling trophy", "bowling pin"),
            {"symmetry": "revolved", "neck": True, "holes": 0},
        )  # fmt: skip
    return Shape(
        solid,
        ("bowling pin", "skittle", "ninepin"),
        {"symmetry": "revolved", "neck": True, "holes": 0},
    )


FAMILY = Family("bowling_pin", build, held_out=({"build": "slim", "rings": "raised"},))
