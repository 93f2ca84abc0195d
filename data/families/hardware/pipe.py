"""Straight pipes, standing: plain, flanged, with threaded ends, ribbed or square."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of, threaded
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import cylinder, minus, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one pipe of radius 5."""
    form = draw.pick("form", ("plain", "plain", "flanged", "threaded", "ribbed", "square"))
    length_kind = draw.pick("length", ("short", "long"))
    length = draw.between(13, 20) if length_kind == "short" else draw.between(26, 46)
    wall = draw.between(0.9, 1.5)
    bore = cylinder(5 - wall, length + 9, (0, 0, -4))
    if form == "square":
        outer = rectangle(10, 10, draw.between(0, 1.8))
        solid = (outer - rectangle(10 - 2 * wall, 10 - 2 * wall, 0.3)).extrude(length)
        return Shape(solid, ("square pipe", "square tube", "pipe"), {"holes": 1, "body": "square"})
    pipe = cylinder(5, length)
    if form == "plain":
        if draw.chance("socket", 0.5):
            pipe += cylinder(6.6, 5, (0, 0, length - 4.5)) + cylinder(5, 2, (0, 0, length - 6), 6.6)
            bore += cylinder(5.1, 6, (0, 0, length - 3.5))
            return Shape(minus(pipe, [bore]), ("pipe", "socket pipe", "drain pipe"), {"holes": 1})
        return Shape(
            minus(pipe, [bore]), ("pipe", "tube"),
            {"holes": 1, "body": "round", "conical": False, "symmetry": "revolved"},
        )  # fmt: skip
    if form == "flanged":
        bolts, wide, thick = (
            draw.count("bolts", 4, 8),
            draw.between(8.5, 10.5),
            draw.between(1.4, 2.4),
        )
        plate = circle(wide) - ring_of(circle(0.75, 20), bolts, 0.5 * (wide + 5.3), 0)
        flange = slab(plate, thick)
        solid = union([pipe, flange, flange.translate((0, 0, length - thick))])
        return Shape(minus(solid, [bore]), ("flanged pipe", "pipe"), {"holes": 1 + 2 * bolts})
    if form == "threaded":
        part = draw.between(0.18, 0.3) * length
        turns = round(part / 1.1)
        thread = threaded(5.5, part, turns, 0.5)
        solid = union([pipe, thread, thread.translate((0, 0, length - part))])
        if draw.chance("collar", 0.4):
            solid += cylinder(6.8, 0.25 * length, (0, 0, 0.375 * length))
        return Shape(minus(solid, [bore]), ("threaded pipe", "pipe nipple", "pipe"), {"holes": 1})
    ribs = round(length / draw.between(1.8, 2.6))
    step = length / ribs
    profile = [(4.2 - 0.6 * wall, 0.0)]
    for rib in range(ribs):
        marks = ((5, 0.1), (5.6, 0.25), (5.6, 0.5), (5, 0.65), (5, 0.99))
        profile += [(radius, (rib + share) * step) for radius, share in marks]
    solid = turned([*profile, (4.2 - 0.6 * wall, length)])
    return Shape(solid, ("corrugated pipe", "ribbed pipe", "pipe"), {"holes": 1})


FAMILY = Family("pipe", build, held_out=({"form": "flanged", "length": "long"},))
