"""Pumpkins: flat, round or tall and ribbed, with a bent stem; some are carved lanterns."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.nature_parts import grooved
from caddis.data.families.outlines import polygon
from caddis.data.families.solids import both_sides, minus, tube, union


def build(draw: Draw) -> Shape:
    """Draw one pumpkin; lengths are in centimetres."""
    form = draw.pick("form", ("flat", "round", "tall"))
    carved = draw.pick("face", ("none", "none", "grinning", "surprised"))
    radius = draw.between(8, 11)
    tall = radius * {"flat": 1.05, "round": 1.45, "tall": 2.0}[form] * draw.between(0.94, 1.06)
    ribs, depth = draw.count("ribs", 8, 12), draw.between(0.1, 0.17)
    angle = np.radians(np.linspace(-84, 84, 12))
    side = np.stack([radius * np.cos(angle) ** 0.7, tall / 2 * (1 + np.sin(angle))], axis=1)
    dip = 0.1 * tall
    body = grooved([(0, dip * 0.4), *side, (0, tall - dip)], ribs, depth, 0.8)
    if carved != "none":
        body = minus(body, [_hollow(body, tall), *_face(draw, carved, radius, tall)])
    lean, thick = draw.between(0.5, 2.2), draw.between(0.11, 0.15) * radius
    stem = tube(
        [
            (0, 0, tall - 2.2 * dip),
            (0, 0, tall + 0.12 * radius),
            (0.5 * lean, 0, tall + 0.26 * radius),
            (lean + 0.4, 0, tall + draw.between(0.3, 0.45) * radius),
        ],
        1.4 * thick,
        thick,
    )
    solid = union([body, stem])
    solid = solid.translate((0, 0, -solid.bounding_box()[2] - 0.01 * tall)).trim_by_plane(
        (0, 0, 1), 0
    )
    if carved != "none":
        return Shape(solid, ("jack-o'-lantern", "carved pumpkin", "pumpkin"))
    return Shape(solid, ("pumpkin", f"{form} pumpkin"))


def _hollow(body: Manifold, tall: float) -> Manifold:
    middle = body.translate((0, 0, -tall / 2))
    return middle.scale((0.8, 0.8, 0.72)).translate((0, 0, tall / 2))


def _face(draw: Draw, face: str, radius: float, tall: float) -> list[Manifold]:
    """Return the volumes to cut from the front wall: eyes, a nose and a mouth."""
    size, z = 0.26 * min(radius, 0.78 * tall), 0.64 * tall
    if face == "grinning":
        eye = polygon([(-size, -0.6 * size), (size, -0.6 * size), (0.1 * size, size)])
        x, y = 0.62 * radius, 0.14 * tall
        mouth = polygon(
            [
                (-x, y),
                (-0.5 * x, 0.15 * y),
                (-0.3 * x, 0.5 * y),
                (-0.12 * x, -0.05 * y),
                (0.22 * x, -0.05 * y),
                (0.38 * x, 0.4 * y),
                (0.55 * x, 0.1 * y),
                (x, y),
                (0.5 * x, -y),
                (0.2 * x, -1.3 * y),
                (0.05 * x, -0.8 * y),
                (-0.2 * x, -1.3 * y),
                (-0.5 * x, -y),
            ]
        )
    else:
        turn = np.linspace(0, 2 * np.pi, 17)[:-1]
        ring = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        eye, mouth = polygon(0.9 * size * ring), polygon(ring * (0.3 * radius, 0.15 * tall))
    nose = polygon([(-0.5 * size, 0), (0.5 * size, 0), (0, 0.8 * size)])

    def cut(outline: CrossSection, x: float, height: float) -> Manifold:
        return outline.extrude(1.5 * radius).rotate((90, 0, 0)).translate((x, 0, height))

    return [
        both_sides(cut(eye, 0.4 * radius, z)),
        cut(nose, 0, 0.48 * tall),
        cut(mouth, 0, 0.3 * tall),
    ]


FAMILY = Family("vegetable", build, held_out=({"form": "tall", "face": "grinning"},))
