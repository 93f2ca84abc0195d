"""Hammers: a claw hammer, a mallet or a sledge on a round or square handle."""

from __future__ import annotations

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import box, cylinder, rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one hammer that lies along x, its head to the right; lengths are in centimetres."""
    head = draw.pick("head", ("claw", "mallet", "sledge"))
    grip = draw.pick("grip", ("round", "square"))
    length, size = draw.between(20, 30), draw.between(1.6, 2.4)
    if grip == "round":
        parts = [
            rod((0, 0, 0), (length, 0, 0), 1.15, 0.85),
            rod((0, 0, 0), (0.35 * length, 0, 0), 1.4),
        ]
    else:
        parts = [box((length, 2.0, 1.6), (length / 2, 0, -0.8), 0.5)]
    if head == "mallet":
        barrel = cylinder(1.7 * size, 7 * size, (0, 0, -3.5 * size)).rotate((90, 0, 0))
        parts.append(barrel.translate((length, 0, 0)))
    elif head == "sledge":
        parts.append(box((2.4 * size, 7 * size, 2.4 * size), (length, 0, -1.2 * size), 0.6))
    else:
        face = cylinder(size, 4 * size, (0, 0, 0)).rotate((90, 0, 0)).translate((length, 0.3, 0))
        claw = outlines.band(
            outlines.smooth([(0, 0), (0.1 * size, 2 * size), (-1.6 * size, 4.6 * size)], 4), 1.1
        ).translate((length, 0))
        fork = slab(claw, 2 * size, (0, 0, -size)) - slab(
            outlines.rectangle(9 * size, 3.4 * size).translate((length, 4.4 * size)),
            0.7 * size,
            (0, 0, -0.35 * size),
        )
        parts += [
            face,
            fork,
            box((1.9 * size, 2 * size, 1.9 * size), (length, 0, -0.95 * size), 0.3),
        ]
    nouns = {
        "claw": ("claw hammer", "hammer"),
        "mallet": ("mallet", "hammer"),
        "sledge": ("sledgehammer", "hammer"),
    }
    return Shape(union(parts), nouns[head], {"holes": 0})


FAMILY = Family("hammer", build, held_out=({"head": "mallet", "grip": "square"},))
