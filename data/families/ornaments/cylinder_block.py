"""Cylinders and prisms: tall or flat, solid or hollow, fluted, halved, or with few sides."""

from __future__ import annotations

from caddis.data.families.family import Claims, Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of
from caddis.data.families.outlines import circle, oval, regular
from caddis.data.families.solids import cylinder, minus, slab

_WORDS = {3: "triangular", 5: "pentagonal", 6: "hexagonal", 8: "octagonal"}


def build(draw: Draw) -> Shape:
    """Draw one cylinder or prism of radius 5."""
    form = draw.pick("form", ("plain", "plain", "hollow", "fluted", "half", "oval", "prism", "cup"))
    length = draw.pick("length", ("flat", "stout", "tall"))
    high = {"flat": draw.between(1.5, 4), "stout": draw.between(7, 12),
            "tall": draw.between(18, 34)}[length]  # fmt: skip
    bevel = draw.between(0.2, 0.8) if draw.chance("bevelled", 0.4) else 0.0
    if form == "plain":
        noun = {"flat": "disc", "stout": "cylinder", "tall": "tall cylinder"}[length]
        return Shape(
            slab(circle(5), high, bevel=bevel), ("cylinder", noun)[: 1 if length == "stout" else 2],
            {"body": "round", "conical": False, "holes": 0, "symmetry": "revolved"},
        )  # fmt: skip
    if form == "hollow":
        bore = cylinder(draw.between(2, 4), high + 2, (0, 0, -1))
        return Shape(
            minus(slab(circle(5), high, bevel=0.4 * bevel), [bore]),
            ("hollow cylinder", "tube", "cylinder with a hole"),
            {"body": "round", "holes": 1, "symmetry": "revolved"},
        )  # fmt: skip
    if form == "cup":
        high = max(high, 4.0)
        inside = cylinder(5 - draw.between(0.7, 1.4), high, (0, 0, 1.0))
        return Shape(
            minus(slab(circle(5), high, bevel=0.4 * bevel), [inside]),
            ("open cylinder", "cylindrical container", "round container"),
            {"body": "round", "open": True, "holes": 0},
        )  # fmt: skip
    return _other(draw, form, high, bevel)


def _other(draw: Draw, form: str, high: float, bevel: float) -> Shape:
    """Draw a fluted, halved or oval cylinder, or a prism."""
    if form == "fluted":
        flutes = draw.count("flutes", 8, 20)
        outline = circle(5) - ring_of(circle(11 / flutes, 16), flutes, 5)
        return Shape(slab(outline, high), ("fluted cylinder", "grooved cylinder", "cylinder"))
    if form == "half":
        solid = slab(circle(5), high).trim_by_plane((0, 1, 0), 0.0)
        return Shape(solid, ("half cylinder", "half-round block"), {"holes": 0})
    if form == "oval":
        outline = oval(10, 10 * draw.between(0.5, 0.75))
        return Shape(
            slab(outline, high, bevel=bevel), ("oval cylinder", "elliptical cylinder", "cylinder"),
            {"body": "oval", "conical": False, "holes": 0},
        )  # fmt: skip
    sides = int(draw.pick("sides", ("3", "5", "6", "8")))
    solid = slab(regular(sides, 5), high, bevel=bevel)
    claims: Claims = {"body": "hexagonal", "holes": 0} if sides == 6 else {"holes": 0}
    return Shape(solid, (f"{_WORDS[sides]} prism", "prism", f"{_WORDS[sides]} block"), claims)


FAMILY = Family(
    "cylinder", build,
    held_out=({"form": "plain", "length": "tall"}, {"form": "hollow", "length": "flat"}),
)  # fmt: skip
