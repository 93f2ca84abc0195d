"""Tents: a ridge tent, a dome tent or a tipi."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.buildings_parts import upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, polygon, regular, rounded
from caddis.data.families.solids import arc, around, both_sides, box, minus, rod, union


def _ridge(draw: Draw) -> Manifold:
    half, high, length = draw.between(8, 12), draw.between(12, 16), draw.between(20, 32)
    skirt = draw.between(0, 2.5) if draw.chance("walls", 0.4) else 0.0
    outline = polygon([(-half, 0), (half, 0), (half, skirt), (0, high), (-half, skirt)])
    inside = outline.offset(-1.2)
    body = minus(upright(outline, length), [upright(inside, length, (0, -1.6, 0))])
    open_share = draw.between(0.35, 0.75)
    flap = polygon([(0, high - 0.6), (-half + 0.3, 0), (-half * (1 - open_share), 0)])
    parts = [body, both_sides(upright(flap, 1.0, (0, -length / 2 + 0.6, 0)))]
    parts += [rod((0, y, high - 1), (0, y, high + 1.6), 0.6)
              for y in (-length / 2 + 0.5, length / 2 - 0.5)]  # fmt: skip
    if draw.chance("ropes", 0.5):
        rope = rod((half - 0.5, 0, skirt + 0.6), (half + 4, 0, 0.5), 0.5)
        peg = both_sides(rope + box((1.3, 1.3, 1.8), (half + 4, 0, 0)))
        parts += [peg.translate((0, y * length, 0)) for y in (-0.38, 0, 0.38)]
    floor = upright(polygon([(-half, 0), (half, 0), (half, 0.9), (-half, 0.9)]), length)
    return union([*parts, floor]).trim_by_plane((0, 0, 1), 0)


def _dome(draw: Draw) -> Manifold:
    half, high = draw.between(11, 15), draw.between(9, 13)
    sides = draw.count("corners", 4, 6)
    outline = rounded(regular(sides, half), 0.1 * half)
    layers = [outline.scale((s, s)).extrude(0.05).translate((0, 0, z))
              for s, z in arc(1.0, 0, 83, 9, (1, high))]  # fmt: skip
    shell = Manifold.batch_hull(layers)
    curve = arc(1.0, 0, 180, 25, (half, high))
    pole = upright(band(curve, 1.2), 1.2)
    turns = range(sides) if sides == 5 else range(sides // 2)
    first = 180 / sides - 90
    if sides == 5:
        quarter = upright(band(arc(1.0, 0, 90, 14, (half, high)), 1.2), 1.2)
        poles = [quarter.rotate((0, 0, first + 72 * n)) for n in turns]
    else:
        poles = [pole.rotate((0, 0, first + 360 / sides * n)) for n in turns]
    opening = draw.between(0.28, 0.4) * half
    arch = arc(1.0, 0, 180, 19, (opening, 0.66 * high))
    door = upright(polygon(arch), 1.2 * half, (0, -half, 0.9))
    inner = shell.scale((0.88, 0.88, 0.9)).trim_by_plane((0, 0, 1), 0.9)
    whole = minus(union([shell, *poles]), [inner, door])
    if draw.chance("awning", 0.5):
        hood = upright(band(arch, 1.2), 0.55 * half, (0, -0.86 * half, 0.3))
        whole += minus(hood, [inner])
    return whole.trim_by_plane((0, 0, 1), 0)


def _tipi(draw: Draw) -> Manifold:
    half, high = draw.between(8, 11), draw.between(18, 25)
    poles = draw.count("poles", 5, 8)
    cone = Manifold.cylinder(high, half, 0.12 * half, circular_segments=4 * poles)
    inside = Manifold.cylinder(0.8 * high, 0.84 * half, 0.1, circular_segments=24)
    wide, tall = draw.between(0.38, 0.5) * half, draw.between(0.4, 0.55) * high
    door = upright(polygon([(-wide, 0), (wide, 0), (0, tall)]), half, (0, -half, 0.8))
    stick = rod((half + 0.2, 0, 0.4), (-0.28 * half, 0, 1.2 * high), 0.55)
    whole = minus(union([cone, around(stick, poles, 180 / poles + 90)]),
                  [inside.translate((0, 0, 0.8)), door])  # fmt: skip
    return whole.trim_by_plane((0, 0, 1), 0)


def build(draw: Draw) -> Shape:
    """Draw one tent; lengths are in decimetres. Its entrance is in front."""
    style = draw.pick("style", ("ridge tent", "dome tent", "tipi"))
    made = {"ridge tent": _ridge, "dome tent": _dome, "tipi": _tipi}
    more = {"tipi": ("tipi", "tent", "teepee")}
    return Shape(made[style](draw), more.get(style, ("tent", style)))


FAMILY = Family("tent", build, held_out=({"ropes": True, "walls": True},))
