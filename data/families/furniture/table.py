"""Tables: tops of five shapes on three, four or six legs, a pedestal, trestles or crossed legs."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    LEG_STYLES,
    legs_of,
    outline_of,
    pedestal,
    stance,
    stretchers,
    upright,
)
from caddis.data.families.outlines import band, rectangle
from caddis.data.families.solids import both_sides, box, slab, union

_SHAPES = ("round", "square", "rectangular", "oval", "hexagonal")


def build(draw: Draw) -> Shape:
    """Draw one table; lengths are in centimetres."""
    top = draw.pick("top", _SHAPES)
    long = top in ("rectangular", "oval")
    bases = ("four legs", "four legs", "trestle" if long else "three legs", "pedestal")
    base = draw.pick("base", (*bases, "crossed legs") if top == "rectangular" else bases)
    depth, height = draw.between(65, 100), draw.between(62, 80)
    width = depth * draw.between(1.4, 2.2) if long else depth
    thick = draw.between(3.5, 7)
    size = draw.between(0.072, 0.1) * (width * depth) ** 0.5
    plate = slab(
        outline_of(top, width, depth, draw.between(0.0, 0.1)), thick, (0, 0, height - thick),
        0.2 * thick,
    )  # fmt: skip
    claims: dict[str, str | int] = {"top": top}
    under = height - 0.5 * thick
    if base == "pedestal":
        style = draw.pick("foot", ("tulip", "column", "cross", "disc"))
        stand = pedestal(style, under, draw.between(0.58, 0.72) * depth)
        if long and style != "cross":
            stand = stand.scale((1.5, 1, 1))
        nouns: tuple[str, ...] = ("table", "pedestal table")
    elif base in ("trestle", "crossed legs"):
        stand, nouns = _trestle(base, width, depth, under, size), ("table", "trestle table")
    else:
        claims["legs"] = 3 if base == "three legs" else 4
        stand, nouns = _legs(draw, top, int(claims["legs"]), (width, depth, under), size)
    if top == "round" and base != "pedestal":
        nouns = ("table", "round table")
    return Shape(plate + stand, nouns, claims)


def _legs(
    draw: Draw, top: str, count: int, sides: tuple[float, float, float], size: float
) -> tuple[Manifold, tuple[str, ...]]:
    cornered = top in ("square", "rectangular")
    width, depth, under = sides
    if cornered:
        width, depth = width - 1.6 * size, depth - 1.6 * size
    where = stance(count, top, width, depth, under, splay=draw.between(0.98, 1.12))
    parts = [legs_of(draw.pick("leg", LEG_STYLES), where, size)]
    if cornered and count == 4 and draw.chance("apron", 0.6):
        deep = 0.13 * under
        rails = box((width, 0.5 * size, deep), (0, depth / 2, 0))
        sides_ = box((0.5 * size, depth, deep), (width / 2, 0, 0))
        frame = both_sides(rails, 1) + both_sides(sides_)
        parts.append(frame.translate((0, 0, 0.99 * under - deep)))
    if draw.chance("stretchers", 0.25):
        parts.append(stretchers(where, draw.between(0.2, 0.35), 0.22 * size))
    return union(parts), ("table", "dining table")


def _trestle(base: str, width: float, depth: float, under: float, size: float) -> Manifold:
    """Return two trestles, each an X or a post on a beam, with a bar between them."""
    half = 0.42 * depth
    if base == "crossed legs":
        cross = band([(-half, -size), (half, under)], size) + band(
            [(half, -size), (-half, under)], size
        )
        view = cross ^ rectangle(2 * depth, under).translate((0, under / 2))
    else:
        beam = rectangle(2 * half, 1.1 * size, 0.3 * size)
        view = beam.translate((0, 0.55 * size)) + beam.translate((0, under - 0.4 * size))
        view += rectangle(2 * size, 0.9 * under).translate((0, under / 2))
        view = view ^ rectangle(2 * depth, under).translate((0, under / 2))
    end = upright(view, size).rotate((0, 0, 90)).translate((0.34 * width, 0, 0))
    bar = box((0.68 * width, 0.7 * size, 0.9 * size), (0, 0, 0.42 * under))
    return both_sides(end) + bar


FAMILY = Family(
    "table", build,
    held_out=({"top": "round", "base": "three legs"}, {"top": "oval", "base": "pedestal"}),
)  # fmt: skip
