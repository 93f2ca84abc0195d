"""Eye bolts: a ring on a threaded shank that hangs down or stands up, sometimes with a collar."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import hexagon, screw_plate, threaded
from caddis.data.families.outlines import circle
from caddis.data.families.solids import cylinder, rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one eye bolt, ring up; the shank has radius 2."""
    form = draw.pick("form", ("bolt", "lifting", "screw", "plate"))
    eye = draw.pick("eye", ("round", "oval"))
    ring, wire = draw.between(3.6, 5.5), draw.between(1.0, 1.5)
    if form == "lifting":
        wire = 1.5 * wire
    length = draw.between(8, 12) if form == "lifting" else draw.between(12, 24)
    loop = circle(wire, 16).translate((ring, 0)).revolve(36).rotate((90, 0, 0))
    if eye == "oval":
        loop = loop.scale((1, 1, draw.between(1.35, 1.7)))
    high = loop.bounding_box()[5]
    parts = [loop.translate((0, 0, high + draw.between(0.5, 1.2)))]
    neck = cylinder(2, wire + 2.4, (0, 0, -0.1), 1.4)
    if form == "plate":
        outline = screw_plate(draw.between(5, 7), draw.chance("round_plate"))
        plate = slab(outline, 1.2, (0, 0, -1.1))
        return Shape(
            union([*parts, cylinder(2.6, wire + 2.4, (0, 0, -0.1), 1.4), plate]),
            ("ring plate", "eye plate", "eye bolt"), {"holes": 5},
        )  # fmt: skip
    parts.append(neck)
    if form == "lifting":
        parts.append(cylinder(draw.between(4.2, 5.5), 1.6, (0, 0, -0.4), 3.6))
    if form == "screw":
        parts += [_wood_thread(length).translate((0, 0, -length))]
        return Shape(union(parts), ("screw eye", "eye screw", "eye bolt"), {"holes": 1})
    parts.append(threaded(2, length, round(length / 0.9), 0.3).translate((0, 0, -length)))
    if form == "bolt" and draw.chance("nut", 0.6):
        parts.append(slab(hexagon(7.2), 2.8, (0, 0, -draw.between(0.5, 0.75) * length), bevel=0.3))
    noun = "lifting eye" if form == "lifting" else "ring bolt"
    return Shape(union(parts), ("eye bolt", noun), {"holes": 1})


def _wood_thread(length: float) -> Manifold:
    """Return a tapering screw from a blunt tip at z = 0."""
    turns = round(0.65 * length / 1.3)
    pitch = 0.65 * length / turns
    rings = [
        cylinder(0.8 + 1.3 * min(1, 0.35 + turn / turns), 0.5, (0, 0, turn * pitch + 0.6), 0.8)
        for turn in range(turns)
    ]
    return union([rod((0, 0, 0), (0, 0, 0.65 * length), 0.7, 1.5),
                  cylinder(1.6, 0.4 * length, (0, 0, 0.6 * length), 2), *rings])  # fmt: skip


FAMILY = Family("eye_bolt", build, held_out=({"form": "screw", "eye": "oval"},))
