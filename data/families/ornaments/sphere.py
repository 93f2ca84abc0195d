"""Spheres: smooth or faceted, whole, flattened, halved, ringed or on a stand."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import around, ball, cylinder, minus, turned


def build(draw: Draw) -> Shape:
    """Draw one sphere of radius 5."""
    surface = draw.pick("surface", ("smooth", "faceted", "gridded"))
    form = draw.pick("form", ("whole", "whole", "half", "stand", "foot"))
    if surface == "faceted":
        solid = Manifold.sphere(5, int(draw.pick("facets", ("8", "12", "16", "20"))))
    else:
        solid = ball(5)
    if surface == "gridded":
        rings, meridians = draw.count("rings", 1, 3), draw.count("meridians", 3, 6)
        cut = turned([(4.8, -0.16), (5.2, -0.16), (5.2, 0.16), (4.8, 0.16)])
        cuts = [around(cut.rotate((90, 0, 0)), meridians)]
        for z in np.linspace(-3, 3, rings) if rings > 1 else [0.0]:
            out = np.sqrt(25 - z**2)
            cuts.append(turned([(out - 0.25, z - 0.16), (out + 0.6, z - 0.16),
                                (out + 0.6, z + 0.16), (out - 0.25, z + 0.16)]))  # fmt: skip
        cuts += [cylinder(0.85, 1, (0, 0, 4.8)), cylinder(0.85, 1, (0, 0, -5.8))]  # the poles
        solid = minus(solid, cuts)
    smooth = surface == "smooth"
    if form == "half":
        solid = solid.trim_by_plane((0, 0, 1), 0.01)
        return Shape(
            solid, ("hemisphere", "half sphere", "dome"),
            {"holes": 0, "symmetry": "revolved"} if smooth else {"holes": 0},
        )  # fmt: skip
    if form == "foot":
        flat = draw.between(-4.6, -3.6)
        return Shape(
            solid.trim_by_plane((0, 0, 1), flat), ("sphere with a flat foot", "sphere", "ball"),
            {"holes": 0},
        )  # fmt: skip
    if form == "stand":
        wide, high = draw.between(2.6, 4), draw.between(1.0, 4)
        stand = turned([(0, 0), (wide, 0), (wide, 0.6), (0.45 * wide, 1.0), (0.45 * wide, high),
                        (0.75 * wide, high + 0.7), (0, high + 0.7)])  # fmt: skip
        solid = solid.translate((0, 0, high + 5.3)) + stand + cylinder(1, high + 1)
        return Shape(solid, ("sphere on a stand", "globe on a stand", "crystal ball"), {"holes": 0})
    flatten = draw.between(0.55, 0.8) if draw.chance("flattened", 0.25) else 1.0
    solid = solid.scale((1, 1, flatten))
    nouns = ("sphere", "ball", "globe" if surface == "gridded" else "round ball")
    if flatten < 1:
        nouns = ("flattened sphere", "spheroid", "flattened ball")
    elif surface == "faceted":
        nouns = ("faceted sphere", "low-poly sphere", "sphere")
    return Shape(solid, nouns, {"holes": 0, "symmetry": "revolved"} if smooth else {"holes": 0})


FAMILY = Family(
    "sphere", build,
    held_out=({"surface": "faceted", "form": "half"}, {"surface": "gridded", "form": "stand"}),
)  # fmt: skip
