"""Chess knights: a horse's head and neck on a turned foot, looking to the left."""

from __future__ import annotations

from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, smooth
from caddis.data.families.solids import minus, turned, union

_HEAD = [  # the outline of a horse that looks to the left, on a foot at y = 0
    (-2.6, 0.0), (-2.2, 1.8), (-1.1, 3.6), (-0.5, 4.9), (-1.4, 5.4), (-3.2, 4.7), (-4.3, 4.5),
    (-5.0, 5.2), (-4.9, 6.3), (-3.6, 8.1), (-2.6, 9.6), (-1.5, 10.6), (-0.9, 11.8), (-0.1, 12.4),
    (0.3, 11.2), (1.7, 10.2), (2.9, 8.4), (3.5, 6.0), (3.5, 3.4), (3.1, 1.5), (3.0, 0.0),
]  # fmt: skip
_CHEEK = [(-1.3, 5.8), (-3.4, 5.2), (-4.6, 5.5), (-3.4, 7.6), (-1.6, 9.6), (0.4, 8.6), (0.6, 6.6)]


def build(draw: Draw) -> Shape:
    """Draw one knight; its foot has a radius of about 5."""
    build_kind = draw.pick("build", ("squat", "tall"))
    style = draw.pick("set", ("classic", "plain", "low"))
    foot = draw.between(4.6, 5.6)
    tall = draw.between(0.85, 0.98) if build_kind == "squat" else draw.between(1.08, 1.35)
    low = {"classic": 3.6, "plain": 2.2, "low": 1.4}[style]
    profile = [(0, 0), (foot, 0), (foot, 1.1), (0.9 * foot, 1.4)]
    if style == "classic":
        profile += [(0.9 * foot, 2.0), (0.74 * foot, 2.4), (0.68 * foot, 3.1), (0.78 * foot, 3.3)]
        profile += [(0.78 * foot, low + 0.2), (0, low + 0.2)]
    elif style == "plain":
        profile += [(0.72 * foot, low + 0.2), (0, low + 0.2)]
    else:
        profile += [(0, 1.4)]
    thick = draw.between(1.5, 2.0)
    outline = polygon(smooth(_HEAD, 2))
    neck = _layers(outline, thick)
    head = _layers(polygon(smooth([*_CHEEK, _CHEEK[0]], 3)), thick + 0.55)
    parts = [neck, head]
    mane = draw.pick("mane", ("smooth", "notched", "crest"))
    cuts: list[Manifold] = []
    both = -thick - 3.0
    long = 2 * thick + 6.0
    if mane == "notched":
        for x, y in ((1.5, 10.7), (2.8, 9.1), (3.6, 7.1), (3.8, 5.0), (3.6, 3.0)):
            cuts.append(circle(0.75, 16).extrude(long).translate((x, y, both)))
    elif mane == "crest":
        crest = outline - outline.translate((-0.8, -0.3)).offset(0.05)
        parts.append(_crest(crest, 0.55 * thick))
    for side in (-1, 1):
        depth = thick + 0.55
        eye = Manifold.sphere(0.48, 16).translate((-2.0, 8.4, side * depth))
        nostril = Manifold.sphere(0.34, 12).translate((-4.3, 5.95, side * (depth - 0.1)))
        cuts += [eye, nostril]
        ear = Manifold.sphere(0.62, 16).scale((0.8, 1.9, 0.9)).rotate((side * 12, 0, -8))
        parts.append(ear.translate((-0.35, 11.4, side * 0.62 * thick)))
    mouth = polygon([(-5.6, 4.85), (-3.1, 5.6), (-5.6, 5.35)]).extrude(long).translate((0, 0, both))
    horse = minus(union(parts), [*cuts, mouth]).scale((0.95, tall, 1))
    stood = horse.rotate((90, 0, 0)).translate((0.2, 0, low - 0.2))
    solid = turned(profile) + stood
    return Shape(solid, ("chess knight", "knight", "chess horse"))


def _layers(outline: CrossSection, half: float) -> Manifold:
    """Extrude an outline to both sides, with narrower outer layers."""
    layers = []
    for inset, reach in ((0.0, 0.6), (0.22, 0.85), (0.55, 1.0)):
        inner = outline.offset(-inset) if inset else outline
        layers.append(inner.extrude(2 * half * reach).translate((0, 0, -half * reach)))
    return union(layers)


def _crest(outline: CrossSection, half: float) -> Manifold:
    grown = outline.offset(0.6)
    upper = grown ^ polygon([(0.2, 1.5), (6, 1.5), (6, 14), (0.2, 14)])
    return upper.extrude(2 * half).translate((0, 0, -half))


FAMILY = Family("chess_knight", build, held_out=({"build": "squat", "mane": "notched"},))
