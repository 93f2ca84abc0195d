"""Owls: barrel-shaped or slim, ear tufts, big ringed eyes, on the floor, a branch or books."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, fin, limb, pair
from caddis.data.families.outlines import circle
from caddis.data.families.solids import both_sides, box, rod, union


def build(draw: Draw) -> Shape:
    """Draw one owl; lengths are in centimetres."""
    seat = draw.pick("seat", ("feet", "branch", "book"))
    form = draw.pick("form", ("barn owl", "eagle owl"))
    wide, tall = draw.between(2.6, 3.4), draw.between(3.8, 5.0)
    head = draw.between(0.88, 1.0) * wide
    top = 1.36 * tall
    parts = [
        blob((0, 0, 0.88 * tall), (wide, 0.85 * wide, tall), 36),
        blob((0, 0, top), (1.02 * head, 0.88 * head, 0.85 * head), 36),
        fin(
            [(0.2, 0.9 * tall), (1.35 * wide, 0.06 * tall), (0.9 * wide, 0), (0.1, 0.3 * tall)], 1.6
        ),
    ]
    eye = draw.between(0.36, 0.46) * head
    front = -0.62 * head
    disc = rod(
        (1.02 * eye, front + 0.6, top + 0.15 * head),
        (1.02 * eye, front - 0.38 * head, top + 0.1 * head),
        1.02 * eye,
    )
    parts += [both_sides(disc), pair(1.02 * eye, front - 0.4 * head, top + 0.1 * head, 0.5 * eye)]
    parts.append(
        cone(
            (0, front - 0.25 * head, top - 0.1 * head),
            (0, front - 0.75 * head, top - 0.55 * head),
            0.24 * head,
        )
    )
    if form == "eagle owl":
        tuft = cone(
            (0.55 * head, -0.1, top + 0.5 * head),
            (draw.between(0.75, 1.05) * head, -0.1, top + 1.4 * head),
            0.36 * head,
            0.12,
        )
        parts.append(both_sides(tuft))
    out = draw.pick("wings", ("folded", "folded", "lifted")) == "lifted"
    flap = blob((0, 0, -0.55 * tall), (0.45, 0.55 * wide, 0.7 * tall))
    flap = flap.rotate((-8, -(draw.between(40, 65) if out else 8), 0))
    parts.append(both_sides(flap.translate((0.85 * wide, 0.05 * wide, 1.25 * tall))))
    for row, count in enumerate((3, 2, 3)):  # feathers on the breast
        z = (0.95 - 0.25 * row) * tall
        depth = -0.85 * wide * (1 - ((z - 0.88 * tall) / tall) ** 2) ** 0.5
        for place in range(count):
            x = (place - (count - 1) / 2) * 0.42 * wide
            y = depth * (1 - (x / wide) ** 2) ** 0.5
            parts.append(blob((x, y, z), (0.17 * wide, 0.12 * wide, 0.14 * wide), 12))
    toes = [
        limb((0.7 * x, -0.1 * wide, 0.3), (x * 1.15, -0.95 * wide, 0.2), 0.34)
        for x in (0.2 * wide, 0.42 * wide, 0.64 * wide)
    ]
    parts.append(both_sides(union(toes)))
    owl = union(parts).trim_by_plane((0, 0, 1), 0.0)
    nouns = ("owl", form)
    if seat != "feet":
        owl = owl + _seat(seat, wide)
        nouns = ("owl", f"owl on a {seat}")
    return Shape(owl.translate((0, 0, -owl.bounding_box()[2])), nouns)


def _seat(seat: str, wide: float) -> Manifold:
    if seat == "branch":
        log = rod((-2.2 * wide, -0.2 * wide, -0.6), (2.2 * wide, -0.2 * wide, -0.6), 0.9)
        twig = limb((1.2 * wide, -0.2 * wide, -0.6), (1.9 * wide, -0.5 * wide, 1.2), 0.45)
        trunk = circle(0.62 * wide, 24).extrude(0.8).translate((0, 0, -2.0))
        return union([log, twig, trunk.scale((1.4, 1, 1))])
    pages = box((2.6 * wide, 2.0 * wide, 1.3), (0, 0, -1.5))
    covers = [box((2.8 * wide, 2.2 * wide, 0.35), (0, 0, z), 0.12) for z in (-1.75, -0.3)]
    spine = box((0.35, 2.2 * wide, 1.75), (-1.35 * wide, 0, -1.75), 0.12)
    return union([pages, *covers, spine])


FAMILY = Family("owl", build, held_out=({"seat": "book", "form": "barn owl"},))
