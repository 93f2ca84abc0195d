"""Nuts: hexagonal, square, flanged, cap, castle and wing nuts, with thread in the bore."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import hexagon, threaded, wing
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import around, ball, both_sides, box, cylinder, minus, slab, union


def build(draw: Draw) -> Shape:
    """Draw one nut about 20 across, lying flat."""
    form = draw.pick("form", ("hexagonal", "square", "flanged", "cap", "castle", "wing"))
    height_kind = draw.pick("height", ("thin", "thick"))
    high = draw.between(6, 9) if height_kind == "thin" else draw.between(11, 16)
    bore = draw.between(4.4, 6)
    hole = threaded(bore, high + 30, round((high + 30) / 1.8), 0.5).translate((0, 0, -10))
    body = slab(hexagon(18), high) ^ _chamfered(10.2, high)
    if form == "square":
        body = slab(rectangle(18, 18, 0.8), high) ^ _chamfered(12.2, high)
        solid = minus(body, [hole])
        return Shape(solid, ("nut", "square nut"), {"holes": 1, "body": "square"})
    if form == "hexagonal":
        solid = minus(body, [hole])
        return Shape(solid, ("nut", "hex nut"), {"holes": 1, "body": "hexagonal"})
    if form == "flanged":
        flange = cylinder(draw.between(12.5, 15), 0.16 * high) + cylinder(
            11.5, 0.25 * high, (0, 0, 0.1 * high), 9
        )
        return Shape(minus(body + flange, [hole]), ("flange nut", "nut"), {"holes": 1})
    if form == "cap":
        dome = ball(draw.between(7.4, 8.8), (0, 0, 0.95 * high), (1, 1, draw.between(0.8, 1.3)))
        lower = dome.trim_by_plane((0, 0, 1), 0.4 * high)
        bore_end = cylinder(bore, 0.7 * high, (0, 0, -0.1))
        return Shape(minus(body + lower, [bore_end]), ("cap nut", "acorn nut", "nut"), {"holes": 0})
    if form == "castle":
        tower = cylinder(8.4, 0.6 * high, (0, 0, 0.9 * high))
        slot = box((2.6, 12, high), (0, 6, 1.05 * high))
        solid = minus(body + tower, [hole, around(slot, 6)])
        return Shape(solid, ("castle nut", "slotted nut", "nut"), {"holes": 1})
    hub = cylinder(8.2, high, top=6.6)
    reach, rise = draw.between(13, 18), draw.between(0.8, 1.4) * high
    ears = both_sides(wing(reach, rise + 1, 6, high))
    solid = minus(hub + ears, [hole])
    return Shape(solid, ("wing nut", "butterfly nut", "nut"), {"holes": 1})


def _chamfered(radius: float, high: float) -> Manifold:
    """Return a disc with sloping rims that rounds off the corners of a nut."""
    step = 0.14 * high
    return union([
        cylinder(radius - 1.1, step + 0.01, top=radius),
        cylinder(radius, high - 2 * step, (0, 0, step)),
        cylinder(radius, step + 0.01, (0, 0, high - step - 0.01), radius - 1.1),
    ])  # fmt: skip


FAMILY = Family("nut", build, held_out=({"form": "hexagonal", "height": "thick"},))
