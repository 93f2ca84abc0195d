"""Skulls of people: with a closed or open jaw or without one, round or angry eye sockets."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.outlines import polygon, rounded
from caddis.data.families.solids import both_sides, box, minus, union


def build(draw: Draw) -> Shape:
    """Draw one skull; lengths are in centimetres."""
    jaw = draw.pick("jaw", ("closed", "open", "none"))
    eyes = draw.pick("eyes", ("round", "angry"))
    wide, long = draw.between(3.3, 3.9), draw.between(3.7, 4.6)
    tall, narrow = draw.between(3.0, 3.5), draw.between(0.46, 0.58)
    front = -0.82 * long
    row = narrow * wide  # half the width of the row of teeth
    face = Manifold.batch_hull(
        [
            blob((0, front + 1.6, -1.0), (0.84 * wide, 1.6, 1.2)),
            box((2 * row, 2.2, 1.2), (0, front + 0.9, -4.4), 0.9),
        ]
    )
    cheek = limb((0.74 * wide, front + 1.2, -1.75), (0.86 * wide, 0.3, -1.3), 0.7, 0.5)
    parts = [blob((0, 0, 0), (wide, long, tall), 44), face, both_sides(cheek)]
    grooves = [box((0.2, 2.6, 0.9), (x * 0.36 * row, front, -4.5)) for x in (-2, -1, 0, 1, 2)]
    low = -4.4
    if jaw == "none":
        parts.append(box((1.1 * wide, 1.3 * long, 2.4), (0, 0.45 * long, -4.4), 0.8))
    else:
        low = -6.1 - (draw.between(0.9, 1.5) if jaw == "open" else 0.0)
        chin = Manifold.batch_hull(
            [
                box((2 * row, 2.0, 1.0), (0, front + 1.0, low + 1.0), 0.8),
                box((1.5 * row, 1.8, 0.6), (0, front + 1.0, low - 0.4), 0.5),
            ]
        )
        corner = (0.62 * wide, 0.2 * long - 0.6, low + 1.4)
        side = [
            limb((0.8 * row, front + 1.0, low + 0.7), corner, 0.75, 0.7),
            limb(corner, (0.66 * wide, 0.3, -1.2), 0.7),
        ]
        parts += [chin, both_sides(union(side))]
        if jaw == "closed":
            grooves += [
                box((0.2, 2.6, 0.8), (x * 0.36 * row, front - 0.3, low + 1.35))
                for x in (-2, -1, 0, 1, 2)
            ]
            parts.append(box((1.6 * row, 1.2, 1.2), (0, front + 1.4, -4.9)))
    if not draw.chance("teeth", 0.8):
        grooves = []
    whole = minus(union(parts), [_eyes(draw, eyes, wide, front), _nose(draw, front), *grooves])
    floor = whole.bounding_box()[2] + 0.15
    whole = whole.translate((0, 0, -floor)).trim_by_plane((0, 0, 1), 0)
    return Shape(
        whole,
        (
            "skull",
            f"skull with an {jaw} jaw"
            if jaw == "open"
            else "human skull"
            if jaw == "closed"
            else "skull without a jaw",
        ),
    )


def _eyes(draw: Draw, eyes: str, wide: float, front: float) -> Manifold:
    size = draw.between(0.27, 0.32) * wide
    if eyes == "round":
        return both_sides(blob((0.4 * wide, front - 0.3, -0.5), (size, 2.2, 1.05 * size)))
    socket = [
        blob((x * wide, front - 0.3, z), (0.1 * wide, 2.0, 0.1 * wide), 16)
        for x, z in ((0.2, -0.7), (0.66, 0.3), (0.64, -0.9), (0.34, -1.15))
    ]
    return both_sides(Manifold.batch_hull(socket))


def _nose(draw: Draw, front: float) -> Manifold:
    half = draw.between(0.5, 0.7)
    corners = [(0, 0.9), (half, -0.6), (0.14, -0.4), (-0.14, -0.4), (-half, -0.6)]
    hole = rounded(polygon(corners), 0.05).extrude(3.0).rotate((90, 0, 0))
    return hole.translate((0, front + 1.0, -2.3))


FAMILY = Family("skull", build, held_out=({"jaw": "none", "eyes": "angry"},))
