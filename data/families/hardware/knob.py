"""Knobs: turned drawer knobs, ribbed dials, lobed clamping knobs and pointer knobs."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of
from caddis.data.families.outlines import circle, rectangle, smooth
from caddis.data.families.solids import ball, box, cylinder, minus, slab, turned


def build(draw: Draw) -> Shape:
    """Draw one knob of radius 10."""
    form = draw.pick("form", ("drawer", "dial", "lobed", "pointer"))
    shape = draw.pick("shape", ("low", "tall"))
    if form == "drawer":
        return _drawer(draw, shape)
    height = draw.between(5, 7) if shape == "low" else draw.between(8, 12)
    if form == "dial":
        ribs, top = draw.count("ribs", 16, 28), draw.between(0.82, 1.0)
        outline = circle(8.6) - ring_of(circle(8.6 * 1.3 / ribs, 12), ribs, 8.6)
        solid = outline.extrude(height, 0, 0, (top, top)) + cylinder(10, 0.25 * height, top=9.4)
        solid += cylinder(7.4 * top, 0.6, (0, 0, height - 0.05))
        solid += box((1.5, 6 * top, 1.7), (0, -3.9 * top, height - 0.2))
        return Shape(solid, ("control knob", "dial knob", "knob"), {"holes": 0})
    if form == "pointer":
        base = cylinder(10, 0.3 * height, top=9.5)
        width = draw.between(3.0, 4.5)
        wing = rectangle(width, 16.5, 0.48 * width).extrude(height, 0, 0, (0.8, 0.92))
        mark = box((0.9, 5, 1.2), (0, -4.5, height - 0.7))
        return Shape(
            minus(base + wing + cylinder(5, 0.6 * height, top=4), [mark]),
            ("pointer knob", "stove knob", "knob"), {"holes": 0, "foot": True},
        )  # fmt: skip
    lobes = draw.count("lobes", 3, 7)
    notch = 10.0 * {3: 0.66, 4: 0.5, 5: 0.4, 6: 0.33, 7: 0.27}[lobes]
    star = (circle(10) - ring_of(circle(notch), lobes, 10.6, 90 + 180 / lobes)).offset(-0.6)
    head = slab(star.offset(0.6, circular_segments=20), 0.5 * height, (0, 0, 0.5 * height))
    stem = cylinder(draw.between(3, 4), 0.55 * height, top=2.6)
    bore = cylinder(draw.between(1.1, 1.6), 0.4 * height, (0, 0, -0.5))
    crown = ball(4.5, (0, 0, height), (1, 1, 0.3))
    solid = minus(head + stem + crown, [bore])
    return Shape(solid, ("star knob", "clamping knob", "knob"), {"holes": 0})


def _drawer(draw: Draw, shape: str) -> Shape:
    """Draw a turned knob on a foot with a narrow stem."""
    height = draw.between(10, 13) if shape == "low" else draw.between(15, 21)
    foot, stem, widest = draw.between(5, 8), draw.between(2.4, 3.8), draw.between(0.6, 0.8)
    head = smooth(
        [(stem, 0.34 * height), (8.5, (widest - 0.1) * height), (10, widest * height),
         (7.5, 0.95 * height), (0, height)], 6,
    )  # fmt: skip
    curve = smooth([(foot, 0), (foot, 0.08 * height), (stem, 0.34 * height)], 6)
    solid = turned([(0, 0), *curve, *head[1:]])
    if draw.chance("button", 0.4):
        solid += ball(2.4, (0, 0, height), (1, 1, 0.6))
    return Shape(solid, ("drawer knob", "door knob", "knob"), {"symmetry": "revolved"})


FAMILY = Family("knob", build, held_out=({"form": "drawer", "shape": "tall"},))
