"""Crescent moons, standing: flat or puffed, with a star, a face or a base."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.ornaments_parts import base, crescent
from caddis.data.families.outlines import circle, star
from caddis.data.families.solids import minus, slab


def build(draw: Draw) -> Shape:
    """Draw one moon of radius 10, open to the right."""
    form = draw.pick("form", ("flat", "puffed"))
    extra = draw.pick("extra", ("none", "star", "face", "base"))
    hollow = draw.between(0.74, 0.88)
    shift = draw.between(0.38, 0.5)
    thick = draw.between(1.6, 3.4) if form == "flat" else draw.between(3.5, 6)
    outline = crescent(10, hollow, shift)
    solid = outline.extrude(thick) if form == "flat" else _puffed(thick, hollow, shift)
    nouns: tuple[str, ...] = ("crescent moon", "moon", "crescent")
    if extra == "star":
        size = 3.6
        middle = 10 * (shift - 0.52 * hollow) + 2.2
        arm = circle(0.75, 16).translate((-6.2, 0)) + circle(0.75, 16).translate((middle, 0))
        solid += star(5, size, 0.45 * size).extrude(0.7 * thick).translate(
            (middle, 0, 0.15 * thick)
        ) + arm.hull().extrude(0.5 * thick).translate((0, 0, 0.25 * thick))
        nouns = ("moon and star", "crescent moon with a star", "moon")
    elif extra == "face":
        edge = 10 * (shift - hollow)
        middle = (edge - 10) / 2
        eye = circle(0.75, 24).translate((middle + 0.4, 2.0))
        nose = circle(1.1, 24).scale((1.4, 1)).translate((edge + 0.2, 0))
        mouth = (circle(1.6) - circle(1.5).translate((0, 0.9))).translate((middle + 0.9, -2.6))
        solid += nose.extrude(0.6 * thick).translate((0, 0, 0.2 * thick))
        deep = 0.3 * thick if form == "flat" else 0.4 * thick
        solid = minus(solid, [slab(eye + mouth, 9, (0, 0, thick - deep))])
        nouns = ("moon with a face", "man in the moon", "crescent moon")
    stood = upright(solid)
    if extra == "base":
        y = -(stood.bounding_box()[1] + stood.bounding_box()[4]) / 2
        foot = base(draw, draw.between(7, 11), max(5.0, 1.4 * thick), draw.between(1.3, 2.4))
        stood = stood.translate((0, y, -0.8)) + foot
        nouns = ("crescent moon on a base", "moon statue", "moon")
    return Shape(stood, nouns, {} if extra == "star" else {"holes": 0})


def _puffed(thick: float, hollow: float, shift: float) -> Manifold:
    """Return a flattened ball with a ball-shaped bite."""
    whole = Manifold.sphere(10, 64)
    bite = Manifold.sphere(1, 64).scale((10 * hollow, 10 * hollow, 40)).translate(
        (10 * shift, 0, 0)
    )  # fmt: skip
    flat = minus(whole, [bite]).scale((1, 1, 1.15 * thick / 20))
    return flat.translate((0, 0, thick / 2))


FAMILY = Family("moon", build, held_out=({"form": "puffed", "extra": "base"},))
