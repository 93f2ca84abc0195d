"""Plates: round, square, oval or scalloped, with a flat rim, a raised edge or compartments."""

from __future__ import annotations

from manifold3d import CrossSection, Manifold, OpType

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, oval, rectangle
from caddis.data.families.solids import minus, slab


def build(draw: Draw) -> Shape:
    """Draw one plate; lengths are in centimetres."""
    form = draw.pick("form", ("round", "square", "oval", "scalloped"))
    styles = ("rimmed", "coupe", "divided")
    style = draw.pick("style", styles[: 2 if form == "scalloped" else 3])
    outline = _outline(form, draw.between(11, 14), draw.between(0.62, 0.75))
    height, wall = draw.between(1.8, 2.8), draw.between(0.5, 0.7)
    foot = draw.between(0.58, 0.68) if style == "rimmed" else draw.between(0.7, 0.8)
    size = min(outline.bounds()[2:])
    if style == "rimmed":
        knee, rise = foot + draw.between(0.1, 0.16), 0.5 * height
    else:
        knee, rise = 0.5 * (foot + 1.0) + 0.05, draw.between(0.35, 0.5) * height
    lift, inset = (0, 0, wall), 0.7 * wall / size
    outer = _frustum(outline, foot, knee, rise)
    outer += _frustum(outline, knee, 1.0, height - rise).translate((0, 0, rise - 0.001))
    edge = outline.extrude(0.6 * wall).translate((0, 0, height - 0.6 * wall))
    cavity = _frustum(outline, foot - inset, knee - inset, rise).translate(lift)
    brim = _frustum(outline, knee - inset, 1.0 - inset, height - rise)
    cavity += brim.translate((0, 0, wall + rise - 0.001))
    solid = minus(outer + edge, [cavity])
    if style == "divided":
        walls = rectangle(60, 0.8) + rectangle(0.8, 30).translate((0, 15.2))
        solid += outer ^ slab(walls, 0.85 * height)
    claims: dict[str, str | int] = {"holes": 0}
    if form != "scalloped":
        claims["top"] = form
    nouns = ("platter", "plate") if form == "oval" else ("plate", "dinner plate")
    return Shape(solid, nouns, claims)


def _frustum(outline: CrossSection, low: float, high: float, height: float) -> Manifold:
    """Extrude an outline; its scale changes from `low` to `high`."""
    share = high / low
    return outline.scale((low, low)).extrude(height, scale_top=(share, share))


def _outline(form: str, radius: float, ratio: float) -> CrossSection:
    """Return the outline of the rim."""
    if form == "square":
        return rectangle(2 * radius, 2 * radius, 0.25 * radius)
    if form == "oval":
        return oval(2.5 * radius, 2.5 * ratio * radius)
    if form == "scalloped":
        petals = [circle(0.29 * radius, 20).translate((0, 0.76 * radius)).rotate(30 * n)
                  for n in range(12)]  # fmt: skip
        return CrossSection.batch_boolean([circle(0.8 * radius), *petals], OpType.Add)
    return circle(radius)


FAMILY = Family("plate", build, held_out=({"form": "square", "style": "divided"},))
