"""Washers: flat, square, split (spring), toothed and cup washers."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of
from caddis.data.families.outlines import circle, polygon, rectangle
from caddis.data.families.solids import box, minus, slab, turned


def build(draw: Draw) -> Shape:
    """Draw one washer of radius 10, lying flat."""
    form = draw.pick("form", ("flat", "square", "split", "toothed", "cup"))
    size = draw.pick("size", ("narrow", "wide"))
    bore = draw.between(5.6, 6.6) if size == "narrow" else draw.between(3.0, 4.6)
    thick = draw.between(1.0, 2.2)
    hole = slab(circle(bore), 9, (0, 0, -4))
    if form == "flat":
        solid = minus(slab(circle(10), thick, bevel=0.2 * thick), [hole])
        return Shape(solid, ("washer", "flat washer"), {"holes": 1, "top": "round"})
    if form == "square":
        plate = slab(rectangle(19, 19, draw.between(0, 3)), thick, bevel=0.15 * thick)
        solid = minus(plate, [hole])
        return Shape(solid, ("square washer", "washer"), {"holes": 1, "top": "square"})
    if form == "split":
        bore = max(bore, 5.2)
        thick *= 1.5
        cut = box((draw.between(1.0, 1.8), 8, 9), (0, 0, -4)).rotate((0, 25, 0))
        ring = minus(
            slab(circle(10), thick, bevel=0.1 * thick), [slab(circle(bore), 9, (0, 0, -4))]
        )
        solid = minus(ring, [cut.translate((0, -8, 0))])
        return Shape(solid, ("spring washer", "split washer", "washer"), {"holes": 0})
    if form == "toothed":
        teeth = draw.count("teeth", 8, 16)
        wide, inner = 10.0 * 1.5 / teeth, draw.between(7.0, 7.8)
        tooth = polygon([(-0.6, -wide), (10 - inner, -0.6 * wide), (10 - inner, 0.6 * wide),
                         (-0.6, wide)])  # fmt: skip
        outline = circle(inner) + ring_of(tooth, teeth, inner) - circle(min(bore, inner - 2))
        return Shape(
            outline.extrude(0.8 * thick), ("lock washer", "toothed washer", "washer"), {"holes": 1}
        )
    rise = draw.between(2.5, 5)
    solid = turned([(10, 0), (10, thick), (bore, rise + thick), (bore, rise)])
    return Shape(solid, ("cup washer", "conical washer", "washer"), {"holes": 1})


FAMILY = Family("washer", build, held_out=({"form": "square", "size": "wide"},))
