"""Coffee tables: low tables on legs, slabs, a drum or a pedestal, maybe with a lower shelf."""

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
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import both_sides, box, slab, union

_SHAPES = ("round", "square", "rectangular", "oval", "hexagonal")


def build(draw: Draw) -> Shape:
    """Draw one coffee table; lengths are in centimetres."""
    top = draw.pick("top", _SHAPES)
    bases = ("four legs", "four legs", "slabs", "pedestal")
    others = {"rectangular": "bent", "square": "slabs"}
    base = draw.pick("base", (*bases, others.get(top, "three legs")))
    long = top in ("rectangular", "oval")
    depth, height = draw.between(60, 85), draw.between(28, 42)
    width = depth * draw.between(1.45, 2.0) if long else depth * draw.between(1.1, 1.3)
    depth = depth if long else width
    thick, size = draw.between(4, 7), draw.between(0.075, 0.105) * (width * depth) ** 0.5
    outline = outline_of(top, width, depth, draw.between(0.02, 0.1))
    under = height - 0.5 * thick
    parts = [slab(outline, thick, (0, 0, height - thick), 0.15 * thick)]
    claims: dict[str, str | int] = {"top": top}
    if base in ("four legs", "three legs"):
        claims["legs"] = 4 if base == "four legs" else 3
        cornered = top in ("square", "rectangular")
        inset = 1.5 * size if cornered else 0.0
        reach, splay = (top, width - inset, depth - inset), draw.between(1.0, 1.16)
        where = stance(int(claims["legs"]), *reach, under, splay=splay)
        parts.append(legs_of(draw.pick("leg", LEG_STYLES), where, size))
        if draw.chance("lower shelf", 0.5):
            parts.append(lower_shelf(*reach, splay, share=draw.between(0.25, 0.38), where=where))
    else:
        parts.append(_body(draw, base, (width, depth, under), size, thick))
    nouns = ("coffee table", "low table") if base != "bent" else ("coffee table", "waterfall table")
    return Shape(union(parts), nouns, claims)


def _body(
    draw: Draw, base: str, sides: tuple[float, float, float], size: float, thick: float
) -> Manifold:
    width, depth, under = sides
    if base == "pedestal":
        style = draw.pick("foot", ("tulip", "disc", "cross"))
        stand = pedestal(style, under, draw.between(0.62, 0.78) * depth)
        return stand if style == "cross" else stand.scale((width / depth, 1, 1))
    if base == "slabs":
        reach = 0.5 * depth if width > 1.3 * depth else 0.36 * depth
        side = box((size, 1.3 * reach, under), (0.3 * width, 0, 0), 0.2 * size)
        shelf = box((0.6 * width, 1.1 * reach, 0.6 * thick), (0, 0, 0.28 * under))
        return both_sides(side) + shelf
    frame = rectangle(width, 2 * under, 0.2 * under) - rectangle(
        width - 2 * thick, 2 * under - thick, 0.2 * under
    )
    half = frame ^ rectangle(width, under).translate((0, under / 2))
    return upright(half, 0.98 * depth)


FAMILY = Family(
    "coffee_table", build,
    held_out=({"top": "round", "base": "four legs"}, {"top": "rectangular", "base": "pedestal"}),
)  # fmt: skip
