"""Wrenches: open at both ends, combined with a ring, adjustable, or with two rings."""

from __future__ import annotations

from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, circle, polygon, rectangle, regular, rounded
from caddis.data.families.solids import rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one wrench that lies along x; lengths are in centimetres."""
    kind = draw.pick("kind", ("open", "combination", "adjustable", "ring"))
    relief = draw.pick("handle", ("plain", "grooved", "hole"))
    length, size = draw.between(18, 26), draw.between(1.7, 2.5)
    thick, wide = draw.between(1.0, 1.5), draw.between(0.9, 1.15) * size
    half, holes = length / 2, 0
    bar = band([(-half, 0), (half, 0)], wide)
    if kind in ("ring", "combination"):
        left = circle(1.5 * size) - regular(12 if kind == "ring" else 6, size)
        left_cut, holes = regular(12 if kind == "ring" else 6, size), 1
    else:
        left, left_cut = _jaw(0.8 * size, 15)
    if kind == "adjustable":
        left, left_cut = circle(0.85 * wide), circle(0.36 * wide)
        right, right_cut = _adjustable(size)
        holes = 1
    elif kind == "ring":
        right, right_cut, holes = circle(1.25 * size), regular(12, 0.8 * size), 2
    else:
        right, right_cut = _jaw(size, 15)
        right, right_cut = right.mirror((1, 0)), right_cut.mirror((1, 0))
    heads = left.translate((-half, 0)) + right.translate((half, 0))
    cuts = left_cut.translate((-half, 0)) + right_cut.translate((half, 0))
    if relief == "hole":
        cuts += rectangle(0.34 * length, 0.4 * wide, 0.19 * wide)
        holes += 1
    solid = slab(heads - cuts, 1.35 * thick, (0, 0, -0.675 * thick))
    solid += slab(bar - cuts, thick, (0, 0, -thick / 2))
    if relief == "grooved":
        groove = slab(rectangle(0.46 * length, 0.45 * wide, 0.2 * wide), thick)
        solid -= groove.translate((0, 0, 0.28 * thick))
    if kind == "adjustable":
        at = half + 0.1 * size
        ends = [(at + share * size, -0.95 * size, 0.0) for share in (-0.8, 0.3)]
        solid = union([solid, rod(ends[0], ends[1], 0.55 * size)])
    nouns = {"open": "open-ended wrench", "combination": "combination wrench",
             "adjustable": "adjustable wrench", "ring": "ring wrench"}  # fmt: skip
    return Shape(solid, ("wrench", nouns[kind], "spanner"), {"holes": holes})


def _jaw(size: float, turn: float) -> tuple[CrossSection, CrossSection]:
    """Return an open head and its slot, which opens towards -x, turned by some degrees."""
    slot = rectangle(4 * size, 1.5 * size).translate((-1.75 * size, 0)) + regular(6, 0.85 * size)
    return circle(1.6 * size), slot.rotate(turn)


def _adjustable(size: float) -> tuple[CrossSection, CrossSection]:
    """Return the head of an adjustable wrench and the gap between its jaws."""
    head = polygon([(-2.2, -0.6), (-0.8, -1.5), (1.2, -1.6), (2.6, -1.3), (3.1, 0.2), (2.6, 1.7),
                    (0.4, 1.9), (-1.2, 1.3), (-2.2, 0.6)]).scale((size, size))  # fmt: skip
    gap = rectangle(2.6, 1.0).rotate(-8).translate((2.6, 0.45)).scale((size, size))
    return rounded(head, 0.3 * size), gap


FAMILY = Family("wrench", build, held_out=({"kind": "open", "handle": "hole"},))
