"""Crystals: a pointed prism, a double-ended one, or a cluster growing from a rock."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import regular
from caddis.data.families.solids import union


def build(draw: Draw) -> Shape:
    """Draw one crystal or a cluster, about 12 high."""
    form = draw.pick("form", ("single", "double", "cluster", "cluster"))
    sides = draw.count("sides", 5, 7)
    if form == "single":
        solid = _point(draw, sides, draw.between(9, 14), draw.between(1.8, 3))
        rock = draw.chance("on_rock", 0.5)
        if rock:
            solid = solid.rotate((0, draw.between(-8, 8), 0)) + _rock(draw, 4.2)
        nouns = ("crystal on a rock", "crystal", "quartz") if rock else (
            "crystal", "crystal point", "quartz crystal")  # fmt: skip
        return Shape(solid, nouns, {"holes": 0})
    if form == "double":
        high, radius = draw.between(8, 14), draw.between(2, 3)
        tip = draw.between(1.4, 2.6)
        middle = regular(sides, radius)
        end = middle.scale((0.16, 0.16)).extrude(0.05)
        ends = [end.translate((0, 0, z)) for z in (-tip, high + tip)]
        solid = Manifold.batch_hull([middle.extrude(high), *ends])
        return Shape(solid, ("double-pointed crystal", "crystal"), {"holes": 0})
    count = draw.count("points", 4, 8)
    parts = [_rock(draw, 5.0), _point(draw, sides, draw.between(10, 13), draw.between(1.5, 2.0))]
    for number in range(count):
        turn = 360.0 * (number + draw.between(-0.25, 0.25)) / count
        lean = draw.between(16, 50)
        one = _point(draw, sides, draw.between(5.5, 9.5), draw.between(0.9, 1.5))
        start = draw.between(0.8, 2.2)
        parts.append(one.rotate((0, lean, 0)).translate((start, 0, 0.2)).rotate((0, 0, turn)))
    solid = union(parts).trim_by_plane((0, 0, 1), 0.0)
    return Shape(solid, ("crystal cluster", "crystal", "cluster of crystals"))


def _point(draw: Draw, sides: int, high: float, radius: float) -> Manifold:
    """Return a prism on z = 0 that ends in a slightly crooked point."""
    outline = regular(sides, radius)
    tip = draw.between(1.2, 2.0) * radius
    aside = draw.between(-0.3, 0.3) * radius
    end = regular(sides, 0.12 * radius).extrude(0.05).translate((aside, 0.3 * aside, high - 0.05))
    foot = outline.scale((0.86, 0.86)).extrude(0.05)
    shoulder = outline.extrude(0.05).translate((0, 0, high - tip))
    return Manifold.batch_hull([foot, shoulder, end])


def _rock(draw: Draw, radius: float) -> Manifold:
    """Return a low faceted rock, flat below."""
    lumps = [
        Manifold.sphere(radius * draw.between(0.55, 0.75), 8)
        .scale((1, 1, 0.55))
        .rotate((0, 0, draw.between(0, 90)))
        .translate((radius * draw.between(-0.4, 0.4), radius * draw.between(-0.4, 0.4), 0))
        for _ in range(3)
    ]
    core = Manifold.sphere(0.8 * radius, 12).scale((1, 1, 0.4))
    return union([core, *lumps]).trim_by_plane((0, 0, 1), 0.0)


FAMILY = Family(
    "crystal", build, held_out=({"form": "double", "sides": 6}, {"points": 4, "sides": 5})
)
