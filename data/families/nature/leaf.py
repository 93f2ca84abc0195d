"""Leaves, upright, facing the front: oval, maple, oak, heart and ginkgo, with raised veins."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points, band, polygon, rounded, smooth
from caddis.data.families.solids import box, union

_HALF = {  # the right half from the tip, at the top, to the stem
    "oval": [(0, 10), (2, 8), (3.5, 4.6), (3.2, 1.2), (1.5, -1.3), (0.3, -2.4)],
    "maple": [
        (0, 10),
        (1.2, 7.4),
        (2.6, 8.0),
        (2.0, 5.0),
        (3.6, 6.2),
        (4.2, 5.2),
        (7.6, 6.2),
        (6.8, 4.4),
        (8.6, 3.4),
        (5.0, 0.8),
        (5.6, -0.6),
        (2.6, -0.4),
        (0.4, -0.9),
    ],
    "oak": [
        (0, 10),
        (1.7, 9.3),
        (1.2, 7.5),
        (3.4, 7.0),
        (2.0, 4.9),
        (4.2, 3.9),
        (2.3, 1.8),
        (3.9, 0.2),
        (1.7, -1.5),
        (0.4, -3.0),
    ],
    "heart": [(0, 9.5), (2.6, 6.2), (4.9, 3), (5.3, 0.2), (3.4, -1.6), (1.4, -1.2), (0.3, 0.2)],
    "ginkgo": [
        (0, 5.8),
        (0.9, 7.6),
        (3.4, 8.4),
        (6.2, 7.2),
        (8.0, 4.4),
        (5.0, 2.4),
        (1.9, 0.6),
        (0.4, -1.8),
    ],
}
_VEINS = {
    "oval": [(2.4, 6.6), (2.8, 4.2), (2.3, 1.6)],
    "maple": [(6.6, 5.2), (4.4, 0.3)],
    "oak": [(2.6, 6.6), (3.2, 3.6), (2.9, 0.2)],
    "heart": [(2.6, 5.0), (3.9, 2.4), (3.6, -0.2)],
    "ginkgo": [(2.4, 7.2), (4.8, 6.2), (6.2, 4.2)],
}


def build(draw: Draw) -> Shape:
    """Draw one leaf; lengths are in centimetres."""
    form = draw.pick("form", tuple(_HALF))
    curl = draw.pick("curl", ("flat", "curled"))
    thick = draw.between(0.5, 0.8)
    half = np.array(_HALF[form]) * (draw.between(0.85, 1.15), 1.0)
    if form != "maple":
        half = smooth(half, 4)
    blade = rounded(polygon([*half, *(half[::-1] * (-1, 1))]), 0.12)
    foot = float(half[-1, 1])
    length = draw.between(2.5, 4.5)
    bend = draw.between(-0.8, 0.8)
    stem = band(
        [(0, foot + 1.5), (0, foot), (0.4 * bend, foot - 0.5 * length), (bend, foot - length)], 0.75
    )
    top = 0.8 * float(half[0, 1]) if form != "ginkgo" else foot + 2
    veins = band([(0, foot), (0, top)], 0.5)
    for x, y in _VEINS[form]:
        low = 0.0 if form == "maple" else foot if form == "ginkgo" else y - 1.1 * x
        for side in (1, -1):
            veins += band(
                [
                    (0, max(low, foot)),
                    (
                        0.92 * side * x * half[:, 0].max() / 8.6
                        if form == "maple"
                        else side * 0.85 * x,
                        y,
                    ),
                ],
                0.4,
            )
    raised = draw.between(1.45, 1.8) * thick
    whole = union([(blade + stem).extrude(thick), (veins ^ blade + stem).extrude(raised)])
    if curl == "curled":
        depth = draw.between(0.02, 0.05)

        def curled(points: Points) -> Points:
            points[:, 2] += depth * points[:, 0] ** 2 - 0.5 * depth * (points[:, 1] - 4) ** 2 * 0.4
            return points

        whole = whole.refine_to_length(1.6).warp_batch(curled)
    whole = whole.rotate((90, 0, 0))
    low = whole.bounding_box()[2]
    if draw.chance("stand", 0.4):
        y = (whole.slice(low + 0.3).bounds()[1] + whole.slice(low + 0.3).bounds()[3]) / 2
        whole += box((5.0, 3.2, 0.9), (0.9 * bend, y, low - 0.5), 0.4)
        low -= 0.5
    nouns = {
        "oval": "oval leaf",
        "maple": "maple leaf",
        "oak": "oak leaf",
        "heart": "heart-shaped leaf",
        "ginkgo": "ginkgo leaf",
    }
    return Shape(whole.translate((0, 0, -low)), ("leaf", nouns[form]))


FAMILY = Family("leaf", build, held_out=({"form": "oak", "curl": "curled"},))
