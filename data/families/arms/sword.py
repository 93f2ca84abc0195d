"""Swords: straight, curved or broad blades with a guard, a grip and a pommel."""

from __future__ import annotations

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import ball, cylinder, slab, union


def build(draw: Draw) -> Shape:
    """Draw one sword that lies along x, its tip to the right; lengths are in centimetres."""
    blade = draw.pick("blade", ("straight", "curved", "broad"))
    guard = draw.pick("guard", ("bar", "disc", "drooping"))
    length = draw.between(38, 60)
    wide = {"straight": draw.between(3.4, 4.6), "curved": 4.2, "broad": draw.between(6, 8)}[blade]
    thick, grip = draw.between(1.4, 2.0), draw.between(10, 14)
    half = wide / 2
    if blade == "curved":
        back = outlines.smooth([(0, half), (0.5 * length, half + 2.6), (length, half + 7.5)], 6)
        edge = outlines.smooth([(0, -half), (0.5 * length, -half + 2.2), (length, half + 7.5)], 6)
        outline = outlines.polygon([*back, *edge[::-1][1:]])
    else:
        waist = 0.8 * half if blade == "broad" else half
        outline = outlines.polygon(
            [
                (0, half),
                (0.4 * length, waist),
                (0.86 * length, 0.95 * half),
                (length, 0),
                (0.86 * length, -0.95 * half),
                (0.4 * length, -waist),
                (0, -half),
            ]
        )
    parts = [slab(outline, thick, (0, 0, -thick / 2))]
    if blade == "straight":
        ridge = outlines.rectangle(0.8 * length, 0.3 * wide).translate((0.4 * length, 0))
        parts.append(slab(ridge, 1.4 * thick, (0, 0, -0.7 * thick)))
    handle = cylinder(1.5, grip + 1).rotate((0, -90, 0)).translate((0.5, 0, 0))
    parts += [handle, ball(2.3, (-grip - 1, 0, 0))]
    for number in range(4):
        ring = cylinder(1.8, 0.9).rotate((0, -90, 0))
        parts.append(ring.translate((-grip * (number + 0.7) / 4.4, 0, 0)))
    reach = draw.between(6, 9) + half
    if guard == "disc":
        parts.append(cylinder(0.75 * reach, 1.8).rotate((0, 90, 0)).translate((-1.2, 0, 0)))
    elif guard == "bar":
        parts.append(slab(outlines.rectangle(2.6, 2 * reach, 1.2), 3.0, (-0.6, 0, -1.5)))
    else:
        bend = outlines.smooth(
            [(2.8, -reach), (-0.4, -0.5 * reach), (-0.8, 0), (-0.4, 0.5 * reach), (2.8, reach)], 5
        )
        parts.append(slab(outlines.band(bend, 2.4), 2.8, (0, 0, -1.4)))
    nouns = {
        "straight": ("sword", "long sword"),
        "curved": ("sabre", "sword"),
        "broad": ("broadsword", "sword"),
    }
    return Shape(union(parts), nouns[blade], {"holes": 0})


FAMILY = Family("sword", build, held_out=({"blade": "curved", "guard": "disc"},))
