"""Boxes with their lid on: round, square, rectangular, oval or hexagonal, a knob on top."""

from __future__ import annotations

from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import outline_of
from caddis.data.families.solids import ball, both_sides, cylinder, rod, slab, union

_FORMS = ("rectangular", "square", "round", "oval", "hexagonal")


def build(draw: Draw) -> Shape:
    """Draw one box; lengths are in centimetres."""
    form = draw.pick("form", _FORMS)
    lid = draw.pick("lid", ("flat", "hipped", "stepped"))
    width, ratio = draw.between(12, 18), draw.between(0.55, 0.72)
    height = draw.between(0.4, 0.75) * width
    outline = outline_of(form, width, ratio * width, draw.between(0.03, 0.12))
    foot = 0.0
    parts = [slab(outline, height, (0, 0, 0), 0.2)]
    if draw.chance("feet", 0.35) and form in ("rectangular", "square"):
        foot = 1.4
        deep = ratio * width if form == "rectangular" else width
        pair = both_sides(ball(1.3, (width / 2 - 1.6, deep / 2 - 1.6, -0.3), (1, 1, 0.95)))
        parts.append(both_sides(pair, 1))
    grown = outline.offset(0.45)
    top, cover = _lid(lid, grown, width, height - draw.between(0.15, 0.22) * width)
    parts += [cover, _knob(draw.pick("knob", ("ball", "button", "bar")), top, width)]
    claims: dict[str, str | int | bool] = {"open": False, "body": form}
    if foot:
        claims["legs"] = 4
    return Shape(union(parts), ("box", "box with a lid", "lidded box"), claims)


def _lid(style: str, outline: CrossSection, width: float, base: float) -> tuple[float, Manifold]:
    """Return the height of the lid's top and the lid, whose rim begins at `base`."""
    side = 0.16 * width
    rim = slab(outline, side, (0, 0, base), 0.15)
    if style == "flat":
        return base + side, rim
    if style == "hipped":
        low = outline.extrude(0.1).translate((0, 0, base + side - 0.2))
        high = outline.scale((0.45, 0.45)).extrude(0.1).translate((0, 0, base + 1.8 * side))
        return base + 1.8 * side + 0.1, rim + Manifold.batch_hull([low, high])
    step = slab(outline.scale((0.78, 0.78)), 0.45 * side + 0.3, (0, 0, base + side - 0.3), 0.2)
    return base + 1.45 * side, rim + step


def _knob(style: str, top: float, width: float) -> Manifold:
    """Return the knob of the lid."""
    size = 0.075 * width
    if style == "bar":
        bar = rod((-2.2 * size, 0, top + size), (2.2 * size, 0, top + size), 0.5 * size)
        posts = both_sides(cylinder(0.45 * size, size + 0.3, (1.4 * size, 0, top - 0.3)))
        return bar + posts
    stem = cylinder(0.5 * size, size + 0.3, (0, 0, top - 0.3))
    if style == "ball":
        return stem + ball(size, (0, 0, top + 1.4 * size))
    return stem + cylinder(1.3 * size, 0.6 * size, (0, 0, top + 0.7 * size), 1.1 * size)


FAMILY = Family("box", build, held_out=({"form": "hexagonal", "knob": "bar"},))
