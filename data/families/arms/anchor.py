"""Anchors, upright, facing the front: admiralty anchors, fishermen's ones and rounded signs."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, circle, polygon, rectangle, rounded
from caddis.data.families.solids import arc, around, both_sides, box, rod, tube, turned, union


def build(draw: Draw) -> Shape:
    """Draw one anchor; lengths are in decimetres."""
    form = draw.pick("form", ("round bars", "flat", "grapnel"))
    stock = draw.pick("stock", ("straight", "knobbed", "none"))
    tall, reach = draw.between(13, 17), draw.between(4.8, 6.6)
    thick = draw.between(0.6, 0.85)
    ring = draw.between(1.25, 1.7)
    if form == "flat":
        return _flat(draw, stock, tall, reach, 1.2 * thick)
    turn = np.radians(np.linspace(0, 360, 17))
    loop = np.stack(
        [ring * np.cos(turn), 0 * turn, tall + ring + 0.35 * thick + ring * np.sin(turn)], axis=1
    )
    parts = [
        rod((0, 0, 0.6), (0, 0, tall + 0.5), 1.2 * thick, 0.9 * thick),
        tube(loop, 0.6 * thick),
    ]
    if stock != "none":
        z, half = 0.86 * tall, draw.between(0.65, 0.85) * reach
        parts.append(rod((-half, 0, z), (half, 0, z), 0.75 * thick))
        if stock == "knobbed":
            knob = turned([(0, -1), (0.8, -0.7), (1.1, 0), (0.8, 0.7), (0, 1)], 20).scale(
                (thick, thick, thick)
            )
            parts.append(both_sides(knob.rotate((0, 90, 0)).translate((half, 0, z))))
    depth = draw.between(0.34, 0.46) * tall
    swing = arc(1.0, -90, draw.between(-14, 2), 8, (reach, depth))
    arm = tube(
        np.stack([swing[:, 0], 0 * swing[:, 0], depth + thick + swing[:, 1]], axis=1),
        1.15 * thick,
        0.75 * thick,
    )
    x, z = float(swing[-1, 0]), float(depth + thick + swing[-1, 1])
    fluke = polygon([(-1.5, -0.9), (1.2, -0.9), (0.5, 1.9)]).scale((0.9, 1.25))
    palm = (
        rounded(fluke, 0.15)
        .extrude(1.5 * thick)
        .rotate((90, 0, 0))
        .translate((x - 0.2, 0.75 * thick, z))
    )
    piece = arm + palm
    parts.append(around(piece, 4, 45.0) if form == "grapnel" else both_sides(piece))
    if draw.chance("stand", 0.35) or form == "grapnel":
        parts.append(box((3.4, 2.6, 0.8), (0, 0, -0.4), 0.3))
    solid = union(parts)
    solid = solid.translate((0, 0, -solid.bounding_box()[2] - 0.1)).trim_by_plane((0, 0, 1), 0)
    nouns = ("anchor", "grapnel anchor") if form == "grapnel" else ("anchor", "ship's anchor")
    return Shape(solid, nouns, {"holes": 1})


def _flat(draw: Draw, stock: str, tall: float, reach: float, thick: float) -> Shape:
    """Build a flat anchor sign, cut from a plate."""
    wide, ring = draw.between(1.1, 1.6), draw.between(1.5, 1.9)
    outline = rectangle(wide, tall).translate((0, 0.5 * tall))
    outline += circle(ring).translate((0, tall + 0.7 * ring))
    if stock != "none":
        half = 0.72 * reach
        outline += rectangle(2 * half, 0.85 * wide, 0.3).translate((0, 0.84 * tall))
        if stock == "knobbed":
            for x in (-half, half):
                outline += circle(0.72 * wide).translate((x, 0.84 * tall))
    depth = 0.42 * tall
    curve = arc(1.0, -165, -15, 25, (reach, depth)) + np.array([0.0, depth])
    outline += band(curve, 1.15 * wide)
    for side in (1, -1):
        head = polygon([(-1.7, -0.4), (1.5, -0.9), (0.7, 2.4)]).scale((side, 1.0))
        outline += head.translate((side * 0.97 * reach, float(curve[-1, 1])))
    outline -= circle(0.5 * ring).translate((0, tall + 0.7 * ring))
    solid = outline.extrude(1.6 * thick).rotate((90, 0, 0)).translate((0, 0.8 * thick, 0))
    solid = solid.translate((0, 0, -solid.bounding_box()[2] - 0.12)).trim_by_plane((0, 0, 1), 0)
    return Shape(solid, ("anchor", "flat anchor", "anchor sign"), {"holes": 1})


FAMILY = Family(
    "anchor",
    build,
    held_out=({"form": "flat", "stock": "knobbed"}, {"form": "grapnel", "stock": "none"}),
)
