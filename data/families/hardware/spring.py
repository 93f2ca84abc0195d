"""Coil springs, standing: straight, conical or barrel-shaped, of round or square wire."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points, circle, rectangle


def build(draw: Draw) -> Shape:
    """Draw one spring of radius 10: a straight bar of wire whose points are moved onto a helix."""
    form = draw.pick("form", ("straight", "straight", "conical", "barrel"))
    turns = draw.count("turns", 4, 8)
    wire = draw.between(1.0, 1.5)
    pitch = wire * draw.between(3.2, 5.0)
    closed = draw.chance("closed_ends", 0.5)
    square = draw.pick("wire", ("round", "round", "square")) == "square"
    small = draw.between(0.4, 0.65)
    section = rectangle(1.8 * wire, 1.8 * wire, 0.3 * wire) if square else circle(wire, 10)
    bar = section.extrude(1.0, 18 * turns)

    def wound(points: Points) -> Points:
        x, y, share = points.T
        angle = 2 * np.pi * turns * share
        slim = {"straight": 1.0, "conical": 1 - (1 - small) * share,
                "barrel": 1 - (1 - small) * (2 * share - 1) ** 2}[form]  # fmt: skip
        radius = (10 - wire) * slim + x
        height = pitch * turns * share
        if closed:
            lost = pitch - 2.3 * wire
            first = np.clip(turns * share, 0, 1)
            last = np.clip(turns * share - turns + 1, 0, 1)
            height = height - lost * (first + last)
        return np.stack([radius * np.cos(angle), radius * np.sin(angle), height - y], axis=1)

    noun = {"straight": "compression spring", "conical": "conical spring",
            "barrel": "barrel spring"}[form]  # fmt: skip
    return Shape(bar.warp_batch(wound), ("spring", "coil spring", noun), {"holes": 0})


FAMILY = Family("spring", build, held_out=({"form": "conical", "closed_ends": True},))
