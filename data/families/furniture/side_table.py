"""Side tables: small ones on legs, a pedestal, bent feet, a C or an hourglass, maybe a shelf."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    LEG_STYLES,
    legs_of,
    lower_shelf,
    outline_of,
    pedestal,
    stance,
    upright,
)
from caddis.data.families.outlines import band, rectangle, smooth
from caddis.data.families.solids import around, cylinder, slab, turned, union

_BASES = ("four legs", "three legs", "bent feet", "pedestal", "hourglass")


def build(draw: Draw) -> Shape:
    """Draw one side table; lengths are in centimetres."""
    top = draw.pick("top", ("round", "square", "hexagonal"))
    base = draw.pick("base", (*_BASES, "C") if top == "square" else _BASES)
    width, height = draw.between(36, 54), draw.between(46, 68)
    thick, size = draw.between(2.6, 4.5), draw.between(3.4, 5)
    outline = outline_of(top, width, width, draw.between(0.02, 0.1))
    under = height - 0.5 * thick
    parts = [slab(outline, thick, (0, 0, height - thick), 0.15 * thick)]
    if draw.chance("rim", 0.25):
        inner = outline.offset(-0.06 * width)
        parts = [(parts[0] - slab(inner, thick, (0, 0, height - 0.4 * thick)))]
        claims: dict[str, str | int] = {}
    else:
        claims = {"top": top}
    if base in ("four legs", "three legs", "bent feet"):
        claims["legs"] = 4 if base == "four legs" else 3
    if base in ("four legs", "three legs"):
        reach = width - 1.5 * size if top == "square" else width
        splay = draw.between(1.0, 1.3)
        where = stance(int(claims["legs"]), top, reach, reach, under, splay=splay)
        parts.append(legs_of(draw.pick("leg", LEG_STYLES), where, size))
        if draw.chance("lower shelf", 0.5):
            share = draw.between(0.25, 0.4)
            parts.append(lower_shelf(top, reach, reach, splay, share=share, where=where))
    else:
        parts.append(_stand(draw, base, width, under, size))
    return Shape(union(parts), ("side table", "end table"), claims)


def _stand(draw: Draw, base: str, width: float, under: float, size: float) -> Manifold:
    if base == "pedestal":
        style = draw.pick("foot", ("tulip", "column", "cross", "disc"))
        return pedestal(style, under, draw.between(0.66, 0.85) * width)
    if base == "hourglass":
        waist = draw.between(0.14, 0.24) * width
        curve = smooth([(0.4 * width, 0), (waist, 0.5 * under), (0.4 * width, under)], 8)
        return turned([(0, 0), *curve, (0, under)])
    if base == "C":
        size = 1.1 * size
        view = band([(-0.4 * width, size / 2), (0.36 * width, size / 2)], size)
        view += band([(0.36 * width, size / 2), (0.36 * width, under - 1)], size)
        view = view ^ rectangle(2 * width, under).translate((0, under / 2))
        return upright(view, 0.7 * width)
    foot = band(
        smooth([(0.06 * width, 0.42 * under), (0.2 * width, 0.34 * under),
                (0.33 * width, 0.12 * under), (0.46 * width, 0.02 * under)], 4),
        size,
    )  # fmt: skip
    foot = foot ^ rectangle(2 * width, under).translate((0, under / 2))
    curve = smooth([(size, 0.28 * under), (1.1 * size, 0.42 * under), (0.6 * size, 0.52 * under),
                    (1.0 * size, 0.66 * under), (0.6 * size, 0.86 * under)], 3)  # fmt: skip
    column = turned([(0, 0.28 * under), *curve, (0, 0.86 * under)], 24)
    plate = cylinder(0.7 * size, 0.16 * under, (0, 0, 0.84 * under), 0.3 * width)
    return around(upright(foot, 1.2 * size), 3, 30.0) + column + plate


FAMILY = Family(
    "side_table", build,
    held_out=({"top": "hexagonal", "base": "three legs"}, {"top": "round", "base": "hourglass"}),
)  # fmt: skip
