"""Skulls of people: with or without the lower jaw, long or round, teeth cut in or left smooth."""

from __future__ import annotations

from manifold3d import Manifold

from data.families.family import Draw, Family, Shape
from data.families.figures_parts import blob, limb
from data.families.outlines import polygon, rounded
from data.families.solids import both_sides, box, minus, union


def build(draw: Draw) -> Shape:
    """Draw one skull; lengths are in centimetres."""
    jaw = draw.pick("jaw", ("closed", "open", "none"))
    eyes = draw.pick("eyes", ("round", "angry"))
    wide, long = draw.between(3.2, 3.8), draw.between(3.8, 4.8)
    tall = draw.between(3.0, 3.6)
    cheek, face = draw.between(0.62, 0.75) * wide, -0.72 * long
    parts = [
        blob((0, 0, 0), (wide, long, tall), 44),
        Manifold.batch_hull([blob((0, face + 1.0, -0.9), (0.88 * wide, 1.3, 1.3)),
                             blob((0, face + 0.6, -3.1), (0.52 * wide, 1.1, 0.7))]),
        both_sides(limb((cheek, face + 0.4, -1.7), (0.9 * wide, 0.2, -1.5), 0.72, 0.5)),
        limb((-0.5 * wide, face - 0.05, 0.75), (0.5 * wide, face - 0.05, 0.75), 0.75),
    ]  # fmt: skip
    low = -4.1
    if jaw != "none":
        gape = 0.9 if jaw == "open" else 0.35
        low = -4.5 - gape
        chin = [blob((x * 0.4 * wide, face + 0.3, low), (0.85, 0.95, 0.85)) for x in (-1, 1)]
        branch = limb((0.5 * wide, face + 0.3, low), (0.72 * wide, -0.1, low + 1.5), 0.75, 0.7)
        ramus = limb((0.72 * wide, -0.1, low + 1.5), (0.74 * wide, 0.3, -1.4), 0.7, 0.65)
        parts += [Manifold.batch_hull(chin), both_sides(branch + ramus)]
    holes = [_eyes(eyes, wide, face), _nose(draw, face)]
    if draw.chance("teeth", 0.75):
        for place in range(-3, 4):
            x = place * 0.13 * wide
            holes.append(box((0.16, 1.1, 1.3 if jaw != "open" else 0.8), (x, face - 0.45, -3.85)))
            if jaw == "closed":
                holes.append(box((0.16, 1.1, 0.8), (x, face - 0.55, low - 0.1)))
    if jaw != "none":
        split = 0.26 if jaw == "closed" else 0.5
        holes.append(box((3 * wide, 1.5, split), (0, face - 0.55, -3.75 - split)))
    else:
        parts.append(box((0.9 * wide, 1.6, 1.6), (0, face + 0.75, low), 0.4))
        parts.append(box((1.2 * wide, 2.0 * long - 3.0, 1.8), (0, 0.4, low), 0.6))
    whole = minus(union(parts), holes)
    floor = whole.bounding_box()[2] + 0.15
    whole = whole.translate((0, 0, -floor)).trim_by_plane((0, 0, 1), 0)
    return Shape(whole, ("skull", "human skull" if jaw != "none" else "skull without a jaw"))


def _eyes(eyes: str, wide: float, face: float) -> Manifold:
    socket = blob((0.42 * wide, face - 0.4, -0.35), (0.3 * wide, 1.6, 0.3 * wide))
    if eyes == "angry":
        socket = Manifold.batch_hull([
            blob((0.22 * wide, face - 0.6, -0.55), (0.12 * wide, 1.5, 0.16 * wide), 16),
            blob((0.58 * wide, face - 0.3, 0.0), (0.16 * wide, 1.5, 0.16 * wide), 16),
            blob((0.52 * wide, face - 0.4, -0.85), (0.18 * wide, 1.5, 0.16 * wide), 16),
        ])  # fmt: skip
    return both_sides(socket)


def _nose(draw: Draw, face: float) -> Manifold:
    half = draw.between(0.45, 0.65)
    outline = rounded(polygon([(0, 0.75), (half, -0.6), (0.12, -0.4), (-0.12, -0.4), (-half, -0.6)]), 0.05)
    hole = outline.extrude(2.2).rotate((90, 0, 0))
    return hole.translate((0, face + 0.8, -1.75))


FAMILY = Family("skull", build, held_out=({"jaw": "none", "eyes": "angry"},))
