"""Historical helmets, facing the front: knights' great helms and Roman ones with a crest."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.arms_parts import dome
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import filled, fin
from caddis.data.families.outlines import circle
from caddis.data.families.solids import arc, both_sides, box, cylinder, minus, rod, turned, union


def build(draw: Draw) -> Shape:
    """Draw one helmet; lengths are in centimetres."""
    kind = draw.pick("kind", ("knight's helmet", "roman helmet"))
    crest = draw.pick("crest", ("none", "lengthwise", "crosswise"))
    radius = draw.between(10, 12.5)
    solid = filled((_great if kind == "knight's helmet" else _roman)(draw, radius, crest))
    return Shape(solid.translate((0, 0, -solid.bounding_box()[2])), ("helmet", kind))


def _great(draw: Draw, radius: float, crest: str) -> Manifold:
    tall, top = draw.between(2.1, 2.6) * radius, draw.between(0.72, 0.95) * radius
    outer = turned([(0, 0), (radius, 0), (1.03 * radius, 0.62 * tall), (top, tall),
                    (0.86 * top, 1.04 * tall), (0, 1.06 * tall)], 44)  # fmt: skip
    inner = turned([(0, -1), (0.86 * radius, -1), (0.88 * radius, 0.6 * tall),
                    (0.8 * top, 0.93 * tall), (0, 0.95 * tall)], 44)  # fmt: skip
    slit = box((0.78 * radius, 2 * radius, 0.09 * tall), (0.47 * radius, -radius, 0.6 * tall))
    holes = [inner, both_sides(slit)]
    for row in range(3):
        for column in range(3):
            x, z = (0.24 + 0.17 * column) * radius, (0.16 + 0.11 * row) * tall
            holes.append(both_sides(rod((x, 0, z), (x, -2 * radius, z), 0.045 * radius)))
    cross = [box((0.13 * radius, 0.34 * radius, 0.9 * tall), (0, -0.92 * radius, 0.06 * tall))]
    cross += [cylinder(1.1 * radius, 0.07 * tall, (0, 0, z * tall)) for z in (0.71, 0.51)]
    if crest != "none":
        side = [(-0.6 * top, tall), (-0.4 * top, 1.28 * tall), (0.4 * top, 1.3 * tall),
                (0.95 * top, 1.0 * tall), (0.5 * top, tall)]  # fmt: skip
        plume = fin(side, 0.22 * radius)
        cross.append(plume if crest == "lengthwise" else plume.rotate((0, 0, 90)))
    return minus(union([outer, *cross]), holes)


def _roman(draw: Draw, radius: float, crest: str) -> Manifold:
    tall = draw.between(1.05, 1.2) * radius
    cheek = [(-0.75, 0.01), (-0.95, -0.75), (-0.55, -1.15), (0.15, -0.55), (0.3, 0.01)]
    plate = fin([(y * radius, z * radius) for y, z in cheek], 0.14 * radius)
    neck = circle(1.3 * radius).extrude(0.14 * radius).scale((1, 1.12, 1))
    neck = neck.trim_by_plane((0, 1, 0), 0.3 * radius).rotate((-12, 0, 0))
    brow = box((1.3 * radius, 0.4 * radius, 0.16 * radius), (0, -1.1 * radius, 0.02 * radius), 0.5)
    parts = [dome(radius, tall, 0.1 * radius), both_sides(plate.translate((0.87 * radius, 0, 0))),
             neck.translate((0, 0, -0.1 * radius)), brow]  # fmt: skip
    if crest != "none":
        outer = arc(1.0, 10, 165, 24, (1.5 * radius, draw.between(1.5, 1.8) * tall))
        inside = arc(1.0, 165, 10, 24, (1.02 * radius, 0.92 * tall))
        if crest == "crosswise":
            outer[:, 0] *= 0.9
            inside[:, 0] *= 0.9
        brush = fin([*outer, *inside], 0.24 * radius)
        parts.append(brush if crest == "lengthwise" else brush.rotate((0, 0, 90)))
    else:
        parts.append(cylinder(0.16 * radius, 0.3 * radius, (0, 0, 0.94 * tall), 0.08 * radius))
    hollow = dome(0.84 * radius, 0.84 * tall, 0.5 * radius)
    return minus(union(parts), [hollow])


FAMILY = Family("helmet", build, held_out=({"kind": "roman helmet", "crest": "crosswise"},))
