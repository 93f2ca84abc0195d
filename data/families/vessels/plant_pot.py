"""Plant pots: tapered with a collar, square, hexagonal or footed, some on a saucer."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle, regular
from caddis.data.families.solids import around, minus, round_leg, slab, union
from caddis.data.families.vessels_parts import curve_of, hollow

_FOOTED = ((0.5, 0.16), (0.84, 0.26), (1, 0.52), (1, 0.75), (0.9, 1))


def build(draw: Draw) -> Shape:
    """Draw one pot that is 20 wide."""
    form = draw.pick("form", ("round", "square", "hexagonal", "footed"))
    height, wall = draw.between(14, 22), draw.between(0.9, 1.4)
    if form == "footed":
        outer, inner = hollow(curve_of(_FOOTED, 10, height), wall)
        feet = draw.count("feet", 3, 4)
        foot = round_leg((7.4, 0, 0), (5.6, 0, 0.27 * height), 0.8, 1.5)
        solid = minus(outer + around(foot, feet, 90 if feet == 3 else 45), [inner])
        return Shape(solid, ("plant pot", "planter"), {
            "open": True, "holes": 0, "body": "round", "legs": feet,
        })  # fmt: skip
    outline = {
        "round": circle(10.0), "square": rectangle(19, 19, 1.5), "hexagonal": regular(6, 11, 0.6),
    }[form]  # fmt: skip
    taper, collar = draw.between(0.6, 0.82), draw.between(0.16, 0.26) * height
    lower = outline.scale((taper, taper)).extrude(height, scale_top=(0.94 / taper, 0.94 / taper))
    band = slab(outline, collar, (0, 0, height - collar), 0.3)
    hole = 0.94 - wall / 10
    cavity = outline.scale((taper * hole, taper * hole)).extrude(
        height, scale_top=(1 / taper, 1 / taper)
    )  # fmt: skip
    solid = minus(lower + band, [cavity.translate((0, 0, 1.5 * wall))])
    claims: dict[str, str | int | bool] = {"open": True, "holes": 0, "body": form}
    if draw.chance("saucer", 0.4):
        dish = outline.scale((taper + 0.24, taper + 0.24)).extrude(0.12 * height)
        sunk = outline.scale((taper + 0.12, taper + 0.12)).extrude(height)
        solid = union([solid, minus(dish, [sunk.translate((0, 0, 1.2))])])
    nouns = ("plant pot", "flower pot") if form == "round" else ("plant pot", "planter")
    return Shape(solid, nouns, claims)


FAMILY = Family("pot", build, held_out=({"form": "square", "saucer": True},))
