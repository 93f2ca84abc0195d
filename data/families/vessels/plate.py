"""Plates: round, square, oval or scalloped, with a flat rim, a raised edge or compartments."""

from __future__ import annotations

from manifold3d import CrossSection, OpType

from data.families.family import Draw, Family, Shape
from data.families.outlines import circle, oval, rectangle
from data.families.solids import minus, slab


def build(draw: Draw) -> Shape:
    """Draw one plate; lengths are in centimetres."""
    form = draw.pick("form", ("round", "square", "oval", "scalloped"))
    styles = ("rimmed", "coupe", "divided")
    style = draw.pick("style", styles[: 2 if form == "scalloped" else 3])
    outline = _outline(form, draw.between(11, 14), draw.between(0.62, 0.75))
    height, wall = draw.between(1.8, 2.8), draw.between(0.5, 0.7)
    foot = draw.between(0.58, 0.68) if style == "rimmed" else draw.between(0.7, 0.8)
    outer = outline.scale((foot, foot)).extrude(height, scale_top=(1 / foot, 1 / foot))
    if style == "rimmed":
        rim = draw.between(0.7, 0.76)
        well = outline.scale((rim, rim)).offset(-1.0)
        deep = height - wall
        slope = outline.scale((rim, rim)).extrude(
            0.45 * deep, scale_top=(0.96 / rim, 0.96 / rim)
        ).translate((0, 0, height - 0.45 * deep + 0.01))  # fmt: skip
        sunk = CrossSection.batch_hull([well]).extrude(height).translate((0, 0, wall))
        solid = minus(outer, [slope, sunk])
        solid += outline.scale((0.55, 0.55)).extrude(wall)
    else:
        low = 0.98 * foot
        cavity = outline.scale((low, low)).offset(-0.35).extrude(
            height, scale_top=(0.99 / low, 0.99 / low)
        )  # fmt: skip
        solid = minus(outer, [cavity.translate((0, 0, wall))])
    if style == "divided":
        walls = rectangle(60, 0.8) + rectangle(0.8, 30).translate((0, 15.2))
        solid += outer ^ slab(walls, 0.85 * height)
    claims = {"top": form, "holes": 0} if form != "scalloped" else {"holes": 0}
    nouns = ("platter", "plate") if form == "oval" else ("plate", "dinner plate")
    return Shape(solid, nouns, claims)


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
