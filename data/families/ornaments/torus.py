"""Tori: lying or standing rings of round, square, hexagonal or twisted section."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, oval, rectangle, regular
from caddis.data.families.ropes_parts import twisted_ring
from caddis.data.families.solids import cylinder, turned


def build(draw: Draw) -> Shape:
    """Draw one torus of radius 10."""
    section = draw.pick("section", ("round", "round", "square", "hexagonal", "oval", "twisted"))
    thick = draw.pick("thickness", ("thin", "fat"))
    half = draw.between(1.0, 2.2) if thick == "thin" else draw.between(3.0, 4.4)
    if section == "twisted":
        solid = twisted_ring(10 - half, half, draw.count("edges", 3, 5), draw.count("turns", 3, 9),
                             draw.between(0.15, 0.3))  # fmt: skip
    else:
        outline = {
            "round": circle(half, 24), "square": rectangle(2 * half, 2 * half, 0.15 * half),
            "hexagonal": regular(6, half), "oval": oval(2 * half, 3.2 * half),
        }[section]  # fmt: skip
        solid = outline.translate((10 - half, 0)).revolve(56)
    pose = draw.pick("pose", ("lying", "lying", "standing", "on a foot"))
    if pose != "lying":
        solid = solid.rotate((90, 0, 0))
    if pose == "on a foot":
        wide = max(4.0, 1.6 * half)
        solid += turned(
            [(0, 0), (wide, 0), (0.8 * wide, 1.2), (0.7 * half, 3.2), (0, 3.2)]
        ).translate((0, 0, -12)) + cylinder(0.6 * half, 2.6, (0, 0, -10.8))
        nouns: tuple[str, ...] = ("ring on a foot", "torus on a stand", "ring sculpture")
    else:
        nouns = ("torus", "donut" if thick == "fat" and section == "round" else "ring")
        if section not in ("round", "oval"):
            nouns = (f"{section} torus", *nouns)
    if pose == "lying" and section != "twisted":
        return Shape(solid, nouns, {"holes": 1, "symmetry": "revolved"})
    return Shape(solid, nouns, {"holes": 1})


FAMILY = Family("torus", build, held_out=({"section": "square", "thickness": "fat"},))
