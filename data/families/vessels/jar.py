"""Jars: straight, bellied or hexagonal, open or under a screw lid, a domed lid or a cork."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import regular, star
from caddis.data.families.solids import ball, cylinder, minus, slab, turned, union
from caddis.data.families.vessels_parts import curve_of, hollow

_WALLS = {
    "straight": ((0.92, 0), (1, 0.06), (1, 0.4), (1, 0.72), (0.82, 0.86), (0.8, 0.9), (0.8, 1)),
    "bellied": ((0.62, 0), (0.92, 0.2), (1, 0.45), (0.92, 0.7), (0.68, 0.86), (0.66, 0.92),
                (0.7, 1)),
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one jar; lengths are in centimetres."""
    form = draw.pick("form", ("straight", "bellied", "hexagonal"))
    closure = draw.pick("closure", ("open", "screw_lid", "domed_lid", "cork"))
    radius, height = draw.between(4, 5.5), draw.between(9, 14)
    wall = draw.between(0.4, 0.55)
    if form == "hexagonal":
        mouth = 0.74 * radius
        outer = slab(regular(6, radius, 0.6), 0.86 * height, (0, 0, 0), 0.3)
        outer += cylinder(mouth, 0.2 * height, (0, 0, 0.8 * height))
        inner = regular(6, radius - 1.2 * wall, 0.4).extrude(0.82 * height - wall)
        inner = inner.translate((0, 0, wall)) + cylinder(mouth - wall, height, (0, 0, wall))
    else:
        curve = curve_of(_WALLS[form], radius, height)
        outer, inner = hollow(curve, wall)
        mouth = float(curve[-1, 0])
    if closure == "open":
        rim = [(mouth - 0.8 * wall, -0.5), (mouth + 0.35, -0.5), (mouth + 0.35, 0),
               (mouth - 0.8 * wall, 0)]  # fmt: skip
        rims = [turned(rim).translate((0, 0, height - down)) for down in (0.01, 1.1)]
        solid = minus(union([outer, *rims]), [inner])
    else:
        solid = outer + _lid(closure, mouth, height)
    body = "hexagonal" if form == "hexagonal" else "round"
    nouns = ("jar",) if closure == "open" else ("jar", "jar with a lid")
    return Shape(solid, nouns, {"open": closure == "open", "holes": 0, "body": body})


def _lid(closure: str, mouth: float, height: float) -> Manifold:
    """Return the closure of the mouth, whose rim is at `height`."""
    if closure == "cork":
        return cylinder(0.78 * mouth, 3, (0, 0, height - 1), 0.92 * mouth)
    if closure == "screw_lid":
        ribbed = star(40, mouth + 0.75, mouth + 0.55).extrude(1.8).translate((0, 0, height - 1.5))
        return ribbed + cylinder(mouth + 0.6, 0.5, (0, 0, height + 0.2), mouth + 0.3)
    dome = ball(mouth, (0, 0, height), (1, 1, 0.5)).trim_by_plane((0, 0, 1), height - 0.05)
    rim = cylinder(mouth + 0.7, 0.7, (0, 0, height - 0.3))
    knob = ball(0.26 * mouth, (0, 0, height + 0.7 * mouth))
    return union([dome, rim, knob])


FAMILY = Family("jar", build, held_out=({"form": "hexagonal", "closure": "cork"},))
