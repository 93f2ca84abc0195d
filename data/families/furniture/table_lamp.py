"""Table lamps: a turned or block base under a shade, jointed desk lamps and mushroom lamps."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import cushion, lamp_shade, outline_of, small_ball
from caddis.data.families.outlines import circle, smooth
from caddis.data.families.solids import arc, cylinder, minus, rod, slab, turned, union

_BASES = {
    "vase": [(0.5, 0), (0.5, 0.05), (0.4, 0.1), (0.85, 0.42), (0.7, 0.66), (0.2, 0.9), (0.2, 1)],
    "gourd": [(0.55, 0), (0.78, 0.22), (0.3, 0.52), (0.52, 0.7), (0.2, 0.9), (0.2, 1)],
    "candlestick": [(0.85, 0), (0.85, 0.06), (0.3, 0.14), (0.18, 0.24), (0.36, 0.36), (0.16, 0.46),
                    (0.16, 0.74), (0.3, 0.82), (0.16, 0.9), (0.2, 1)],
    "cone": [(0.8, 0), (0.8, 0.04), (0.18, 0.96), (0.18, 1)],
}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one table lamp; lengths are in centimetres."""
    form = draw.pick("form", (*_BASES, "block", "jointed", "mushroom"))
    if form == "jointed":
        return Shape(_jointed(draw), ("desk lamp", "reading lamp"))
    if form == "mushroom":
        return Shape(_mushroom(draw), ("table lamp", "mushroom lamp"))
    high, wide = draw.between(20, 34), draw.between(15, 21)
    kind = draw.pick("shade", ("cone", "drum", "bell"))
    outline = draw.pick("outline", ("round", "square", "hexagonal"))
    size, tall = draw.between(28, 40), draw.between(17, 26)
    top = {"cone": draw.between(0.4, 0.65), "drum": 1.0, "bell": draw.between(0.36, 0.5)}[kind]
    sizes = [1.0, top]
    if kind == "bell":
        curve = smooth([(1.0, 0.0), (0.72, 0.28), (1.1 * top, 0.7), (top, 1.0)], 6)
        sizes = [float(one) for one in np.interp(np.linspace(0, 1, 7), curve[:, 1], curve[:, 0])]
    edge = outline_of(outline, size, size, 0.08)
    low = high - draw.between(-2, 3)
    shade = lamp_shade(edge, sizes, tall, max(1.2, (high + tall) / 50)).translate((0, 0, low))
    if form == "block":
        base = cushion((0.8 * wide, 0.8 * wide, 0.75 * high), (0, 0, 0), 2)
        base += slab(circle(0.42 * wide), 4, (0, 0, 0.74 * high), 1)
    else:
        curve = smooth(_BASES[form], 4) * (0.55 * wide, high)
        base = turned([(0, 0), *curve, (0, high)], 32)
    pole = cylinder(1.3, low + 0.92 * tall, (0, 0, 0.1))
    knob = small_ball(1.9, (0, 0, low + 0.95 * tall))
    nouns = ("table lamp", "lamp", "bedside lamp")
    return Shape(union([shade, base, pole, knob]), nouns)


def _jointed(draw: Draw) -> Manifold:
    """Return a foot, two arms with joints and a bell that shines down to the front."""
    foot, lower, upper = draw.between(9, 11.5), draw.between(20, 27), draw.between(17, 23)
    shape = draw.pick("foot", ("round", "square", "hexagonal"))
    thick = draw.between(1.1, 1.4)
    hip = np.array([0, 3.0, 3.4])
    steep, slant = np.radians(draw.between(60, 78)), np.radians(draw.between(18, 42))
    knee = hip + lower * np.array([0, np.cos(steep), np.sin(steep)])
    head = knee + upper * np.array([0, -np.cos(slant), np.sin(slant)])
    parts = [slab(outline_of(shape, 2 * foot, 2 * foot, 0.1), 2.6, bevel=0.6),
             *(small_ball(1.75 * thick, at) for at in (hip, knee, head))]  # fmt: skip
    if draw.chance("double arms", 0.4):
        for move in np.array([(-1.3, 0, 0), (1.3, 0, 0)]):
            parts += [rod(hip + move, knee + move, 0.75 * thick),
                      rod(knee + move, head + move, 0.75 * thick)]  # fmt: skip
    else:
        parts += [rod(hip, knee, thick), rod(knee, head, thick)]
    wide, deep = draw.between(7.5, 10), draw.between(11, 14)
    curve = smooth([(0.24 * wide, 0), (0.42 * wide, 0.2 * deep), (0.72 * wide, 0.48 * deep),
                    (wide, deep)], 5)  # fmt: skip
    bell = turned([(0, 0), *curve, (wide - 1.1, deep), (0.6 * wide - 0.7, 0.5 * deep),
                   (0.3 * wide, 0.3 * deep), (0, 0.3 * deep)], 32)  # fmt: skip
    bulb = small_ball(0.36 * wide, (0, 0, 0.42 * deep))
    tilt = draw.between(135, 165)
    parts.append((bell + bulb).translate((0, 0, -1.0)).rotate((tilt, 0, 0)).translate(tuple(head)))
    return union(parts)


def _mushroom(draw: Draw) -> Manifold:
    """Return a dome, hollow from below, on a stem that grows wider to its foot."""
    cap, high = draw.between(14, 19), draw.between(26, 36)
    stem, rise = draw.between(3.2, 6), draw.between(0.55, 0.85)
    dome = arc(cap, 0, 90, 13, (1, rise))
    hollow = arc(cap - 1.4, 0, 90, 13, (1, rise))
    shell = minus(turned([(0, 0), *dome]), [turned([(0, -1), (cap - 1.4, -1), *hollow])])
    curve = smooth([(2.1 * stem, 0), (2.0 * stem, 1.5), (stem, 0.4 * high), (0.9 * stem, high)], 5)
    post = turned([(0, 0), *curve, (0, high)])
    hold = cylinder(0.6 * stem, rise * cap - 2.5, (0, 0, high - 0.1))
    return union([post, hold, shell.translate((0, 0, high - 2))])


FAMILY = Family(
    "desk_lamp", build,
    held_out=({"form": "gourd", "shade": "drum"}, {"outline": "square", "shade": "bell"}),
)  # fmt: skip
