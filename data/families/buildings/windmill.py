"""Windmills: a tower mill or a post mill with four sails, or a wind turbine."""

from __future__ import annotations

from manifold3d import Manifold

from data.families.buildings_parts import arched, gable_roof, gable_wall, upright
from data.families.family import Draw, Family, Shape
from data.families.outlines import oval, polygon, rectangle, regular
from data.families.solids import around, ball, both_sides, box, cylinder, leg, minus, rod, union


def _sail(draw: Draw, length: float, lattice: bool) -> Manifold:
    """Return one sail that points up along z, in the plane y = 0."""
    wide, start = 0.22 * length, 0.22 * length
    arm = box((0.55, 0.55, length), (0, 0, 0))
    sheet = rectangle(wide, length - start).translate((0.3 * wide, (length + start) / 2))
    if lattice:
        rows = draw.count("rows", 4, 7)
        step, bar = (length - start) / rows, 0.42
        for number in range(rows):
            z = start + (number + 0.5) * step
            for side in (0.3 * wide - wide / 4, 0.3 * wide + wide / 4):
                hole = rectangle(wide / 2 - 1.4 * bar, step - bar).translate((side, z))
                sheet -= hole
    return arm + upright(sheet, 0.42)


def _sails(draw: Draw, length: float) -> Manifold:
    """Return four sails about the y axis, with their hub, in the plane y = 0."""
    sail = _sail(draw, length, draw.chance("lattice", 0.7))
    first = draw.between(10, 70)
    whole = union(sail.rotate((0, first + 90.0 * number, 0)) for number in range(4))
    return whole + upright(oval(1.6, 1.6), 1.5)


def _mill(draw: Draw, sides: int) -> Manifold:
    height, foot = draw.between(11, 15), draw.between(3.2, 4.3)
    head = foot * draw.between(0.58, 0.72)
    outline = regular(sides, foot)
    parts = [outline.extrude(height, scale_top=(head / foot, head / foot)),
             cylinder(1.12 * head, 0.6, (0, 0, height - 0.3))]  # fmt: skip
    if draw.pick("cap", ("dome", "cone")) == "dome":
        cap = ball(1.1 * head, (0, 0, height + 0.1), (1, 1, 1.05))
        parts.append(cap.trim_by_plane((0, 0, 1), height + 0.1))
    else:
        parts.append(cylinder(1.2 * head, 1.7 * head, (0, 0, height + 0.1), 0.25))
    hub = height + 0.35 * head
    front = -foot - 0.4 if draw.chance("gallery", 0.5) else -1.35 * head
    if draw.choices["gallery"]:
        z = 0.36 * height
        deck = regular(sides, 1.22 * foot).extrude(0.45)
        rail = regular(sides, 1.22 * foot) - regular(sides, 1.22 * foot - 0.4)
        post = box((0.4, 0.4, 1.4), (0, -1.22 * foot * (0.98 if sides > 8 else 0.92) + 0.22, z))
        parts += [deck.translate((0, 0, z)), rail.extrude(0.4).translate((0, 0, z + 1.2)),
                  around(post, 12 if sides > 8 else 8, 0 if sides > 8 else 0)]  # fmt: skip
        front = -1.22 * foot - 0.5
    length = 0.92 * height
    parts += [_sails(draw, length).translate((0, front, hub)),
              rod((0, front, hub), (0, 0, hub), 0.55)]  # fmt: skip
    cuts = [upright(arched(1.5, 2.5), 1.4, (0, -0.95 * foot, 0.25))]
    for share in (0.5, 0.75):
        inset = foot + (head - foot) * share
        cuts.append(upright(arched(0.9, 1.4), 1.2, (0, -0.96 * inset, share * height)))
    return minus(union(parts), cuts)


def _post_mill(draw: Draw) -> Manifold:
    lift, wide, long = draw.between(3.5, 5), draw.between(3.8, 4.8), draw.between(4.6, 6)
    tall, rise = draw.between(5, 7), draw.between(1.8, 2.6)
    house = upright(gable_wall(wide, tall + 0.1, rise), long, (0, 0, lift))
    roof = gable_roof(wide, rise, long + 0.8, 0.4, 0.35, (0, 0, lift + tall))
    foot = leg((0.75 * wide, 0, 0), (0.3, 0, lift - 0.2), 0.6)
    parts = [house, roof, cylinder(0.8, lift + 0.5), around(foot, 4, 45.0)]
    hub, front = lift + 0.82 * tall, -long / 2 - 0.9
    parts += [_sails(draw, hub - 0.6).translate((0, front, hub)),
              rod((0, front, hub), (0, 0, hub), 0.5)]  # fmt: skip
    pole = rod((0, 0.3 * long, lift + 0.4), (0, long / 2 + 4, 0.5), 0.35)
    pane = box((0.9, 0.7, 1.1), (0.27 * wide, -long / 2, lift + 0.25 * tall))
    return minus(union([*parts, pole]), [both_sides(pane)]).trim_by_plane((0, 0, 1), 0)


def build(draw: Draw) -> Shape:
    """Draw one windmill; lengths are in metres."""
    style = draw.pick("style", ("round", "octagonal", "post", "turbine"))
    if style == "post":
        return Shape(_post_mill(draw), ("windmill", "post mill"))
    if style == "turbine":
        height, length = draw.between(20, 28), draw.between(10, 14)
        blade = polygon([(-0.5, 0), (0.5, 0), (1.0, 0.2 * length), (0.25, length), (-0.3, length),
                         (-0.55, 0.2 * length)])  # fmt: skip
        wing, hub = upright(blade, 0.7), height + 0.2
        rotor = union(wing.rotate((0, 120.0 * number, 0)) for number in range(3))
        parts = [cylinder(1.2, height, (0, 0, 0), 0.75), cylinder(2.2, 0.6),
                 box((1.8, 4.2, 1.9), (0, 0.3, height - 0.8), 0.6),
                 rotor.translate((0, -2.2, hub)),
                 ball(1.1, (0, -2.0, hub), (1, 1.3, 1))]  # fmt: skip
        return Shape(union(parts), ("wind turbine", "windmill"))
    return Shape(_mill(draw, 40 if style == "round" else 8), ("windmill", "tower mill"))


FAMILY = Family("windmill", build, held_out=({"style": "octagonal", "cap": "dome"},))
