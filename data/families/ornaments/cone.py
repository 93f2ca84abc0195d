"""Cones: plain, cut off, hollow, grooved, and traffic cones."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle, regular
from caddis.data.families.solids import cylinder, minus, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one cone of base radius 5."""
    form = draw.pick("form", ("plain", "plain", "cut", "traffic", "hollow", "double"))
    slope = draw.pick("slope", ("flat", "steep"))
    high = draw.between(4, 7.5) if slope == "flat" else draw.between(10, 18)
    if form == "plain":
        solid = cylinder(5, high, top=0.12)
        return Shape(
            solid, ("cone", "circular cone"),
            {"conical": True, "holes": 0, "symmetry": "revolved", "body": "round"},
        )  # fmt: skip
    if form == "cut":
        solid = cylinder(5, high, top=5 * draw.between(0.3, 0.65))
        return Shape(
            solid, ("truncated cone", "cone frustum", "cone"),
            {"conical": True, "holes": 0, "symmetry": "revolved"},
        )  # fmt: skip
    if form == "double":
        waist = 0.6 if draw.chance("touching_tips", 0.5) else 5.0
        low, high_end = (5.0, waist) if waist < 1 else (0.3, 5.0)
        solid = turned([(0, 0), (low, 0), (high_end, high), (low, 2 * high), (0, 2 * high)])
        return Shape(solid, ("double cone", "two cones"), {"holes": 0, "symmetry": "revolved"})
    if form == "hollow":
        wall = draw.between(0.5, 0.8)
        steep = high / 5
        inner = cylinder(5 - wall, (5 - wall) * steep * 0.97, (0, 0, -0.01), 0.1)
        solid = minus(cylinder(5, high, top=0.12), [inner])
        nouns = ("hollow cone", "party hat" if slope == "steep" else "cone")
        return Shape(solid, nouns, {"conical": True, "holes": 0})
    high = draw.between(9, 11) if slope == "flat" else draw.between(12, 16)
    radius, tip = draw.between(3.0, 3.6), draw.between(0.6, 1.0)
    kind = draw.pick("base", ("square", "octagonal", "round"))
    half = radius * draw.between(1.55, 1.75)
    plate = {"square": rectangle(2 * half, 2 * half, 1), "octagonal": regular(8, half),
             "round": circle(half)}[kind]  # fmt: skip
    parts = [slab(plate, 0.9, bevel=0.2), cylinder(radius, high, (0, 0, 0.8), tip)]
    bands = draw.count("bands", 0, 2)
    for number in range(bands):
        low = (0.35 + 0.3 * number) * high
        size = [radius + (tip - radius) * share + 0.3 for share in (low / high, low / high + 0.14)]
        parts.append(cylinder(size[0], 0.14 * high, (0, 0, 0.8 + low), size[1]))
    bore = cylinder(radius - 0.7, high + 0.5, (0, 0, -0.1), tip - 0.4) if tip > 0.8 else None
    solid = union(parts) if bore is None else minus(union(parts), [bore])
    return Shape(solid, ("traffic cone", "road cone", "cone"), {"foot": True})


FAMILY = Family("cone", build, held_out=({"form": "cut", "slope": "steep"},))
