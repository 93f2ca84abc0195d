"""Spinning tops: pear-shaped, discs on a stem, grooved humming tops and four-sided dreidels."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import rectangle, smooth
from caddis.data.families.solids import cylinder, minus, turned


def build(draw: Draw) -> Shape:
    """Draw one top of radius 5, standing on its tip."""
    form = draw.pick("form", ("pear", "disc", "humming", "dreidel"))
    stem_kind = draw.pick("stem", ("straight", "knob"))
    tip, stem = draw.between(0.4, 0.6), draw.between(0.55, 0.85)
    rise = draw.between(3, 6)
    if form == "dreidel":
        return _dreidel(draw, stem_kind, stem, rise)
    if form == "disc":
        low, thick = draw.between(2.5, 4.5), draw.between(0.9, 1.8)
        body = [(tip, 0), (0.9, low), (4.6, low), (5, low + 0.3 * thick), (5, low + 0.7 * thick),
                (4.6, low + thick), (1.4, low + thick + 0.3)]  # fmt: skip
        high = low + thick + 0.3
    elif form == "pear":
        high = draw.between(7, 9.5)
        body = [*smooth([(tip, 0), (2.2, 0.28 * high), (5, 0.68 * high), (3.6, 0.93 * high),
                         (1.0, high)], 7)]  # fmt: skip
    else:
        high = draw.between(5, 7)
        body = [(tip, 0), (0.7, 1.0), *smooth([(1.2, 1.0), (4.2, 0.45 * high), (5, 0.6 * high),
                (4.2, 0.75 * high), (1.4, high)], 7)]  # fmt: skip
    end = high + rise
    top = [(stem, high + 0.2), (0.85 * stem, end), (0, end)]
    if stem_kind == "knob":
        top = [(stem, high + 0.2), (0.8 * stem, end - 0.6), *smooth(
            [(0.8 * stem, end - 0.6), (1.9 * stem, end), (1.4 * stem, end + 0.8), (0, end + 1.1)], 4
        )[1:]]  # fmt: skip
    solid = turned([(0, 0), *body, *top])
    if form != "disc" and draw.chance("grooves", 0.5):
        out = 5.0
        level = 0.68 * high if form == "pear" else 0.6 * high
        cut = turned([(out - 0.35, -0.2), (out + 1, -0.2), (out + 1, 0.2), (out - 0.35, 0.2)])
        solid = minus(solid, [cut.translate((0, 0, level + z)) for z in (-0.5, 0.4)])
    return Shape(solid, ("spinning top", "top", "toy top"), {"holes": 0, "symmetry": "revolved"})


def _dreidel(draw: Draw, stem_kind: str, stem: float, rise: float) -> Shape:
    """Make a four-sided top with a handle."""
    wide, high = draw.between(5.5, 7), draw.between(4.5, 7)
    square = rectangle(wide, wide, draw.between(0.2, 0.9))
    low = draw.between(2.4, 3.6)
    tip = rectangle(0.8, 0.8, 0.3).extrude(0.05)
    middle = square.scale((0.62, 0.62)).extrude(0.05).translate((0, 0, 0.35 * low))
    body = Manifold.batch_hull([tip, middle, square.extrude(high).translate((0, 0, low))])
    solid = body + cylinder(stem, rise, (0, 0, low + high - 0.1), 0.85 * stem)
    if stem_kind == "knob":
        solid += cylinder(0.9 * stem, 0.7, (0, 0, low + high + rise - 0.4), 1.6 * stem)
        solid += cylinder(1.6 * stem, 0.6, (0, 0, low + high + rise + 0.29), 1.3 * stem)
    return Shape(solid, ("dreidel", "four-sided spinning top", "spinning top"), {"holes": 0})


FAMILY = Family("spinning_top", build, held_out=({"form": "pear", "stem": "knob"},))
