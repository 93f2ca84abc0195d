"""Castles: walls with corner towers and a gate, with or without a keep."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.buildings_parts import (
    arched,
    hip_roof,
    round_crown,
    square_crown,
    upright,
)
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import box, cylinder, minus, union


def _tower(form: str, roof: str, half: float, height: float) -> Manifold:
    """Return a tower on the origin."""
    head, at = 1.15 * half, (0, 0, height - 0.05)
    if form == "round":
        parts = [cylinder(half, height), cylinder(half, 1.0, (0, 0, height - 1.0), head)]
        if roof == "pointed":
            parts.append(cylinder(1.25 * head, 2.4 * head, at, 0.06 * head))
        else:
            parts.append(round_crown(head, 0.5, 1.6, 8, at))
        return union(parts)
    parts = [box((2 * half, 2 * half, height))]
    if roof == "pointed":
        parts.append(hip_roof(2.4 * half, 2.4 * half, 2.4 * half, 0.05, 0.5, at=at))
    else:
        parts.append(square_crown(2.2 * half, 2.2 * half, 0.5, 1.6, 0.9, at=at))
    return union(parts)


def build(draw: Draw) -> Shape:
    """Draw one castle; lengths are in metres."""
    form, roof = draw.pick("towers", ("round", "square")), draw.pick("roof", ("pointed", "flat"))
    width, depth = draw.between(18, 26), draw.between(15, 22)
    wall, half = draw.between(4, 6.5), draw.between(2, 2.8)
    height = wall + draw.between(2, 5)
    x, y = width / 2, depth / 2
    court = box((width - 2.4, depth - 2.4, wall), (0, 0, 0.6))
    curtain = box((width, depth, wall - 0.1))
    parts = [minus(curtain, [court])]
    corner = _tower(form, roof, half, height)
    parts += [corner.translate((i * x, j * y, 0)) for i in (-1, 1) for j in (-1, 1)]
    parapet = square_crown(width, depth, 0.6, 1.4, 0.9, at=(0, 0, wall - 0.3))
    parts.append(minus(parapet, [box((width - 2.4, depth - 2.4, 9))]))
    gate = box((5.2, 3.4, wall + 1.2), (0, -y, 0))
    parts += [gate, square_crown(5.6, 3.8, 0.5, 1.5, 0.9, at=(0, -y, wall + 1.1))]
    cuts = [upright(arched(2.6, 0.75 * wall), 9, (0, -y, 0.55))]
    if draw.chance("twin gate towers", 0.5):
        twin = _tower(form, roof, 0.62 * half, wall + 2.2)
        parts += [twin.translate((i * (2.6 + 0.3 * half), -y - 0.8, 0)) for i in (-1, 1)]
    if draw.chance("keep", 0.6):
        keep = _tower("square", roof, draw.between(2.6, 3.6), height + draw.between(2, 5))
        parts.append(keep.translate((0, 0.22 * depth, 0)))
    noun = "fairy-tale castle" if roof == "pointed" else "fortress"
    return Shape(minus(union(parts), cuts), ("castle", noun))


FAMILY = Family("castle", build, held_out=({"towers": "square", "roof": "pointed", "keep": True},))
