"""Bird houses: a box with a round entrance and a perch, under a gable, slanted or cone roof."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import box, cylinder, minus, rod, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one bird house, its entrance at the front; lengths are in centimetres."""
    roof = draw.pick("roof", ("gable", "slanted", "cone"))
    stand = draw.pick("stand", ("none", "none", "pole", "ring"))
    width, wall = draw.between(11, 16), draw.between(0.9, 1.3)
    depth = width * (draw.between(0.85, 1.15) if roof != "cone" else 1.0)
    height, half = draw.between(13, 21), width / 2
    if roof == "gable":
        rise = draw.between(0.55, 1.1) * half
        side = outlines.polygon([(-half, 0), (-half, height), (0, height + rise), (half, height),
                                 (half, 0)])  # fmt: skip
        shell = _front_to_back(side, depth)
        core = _front_to_back(side.offset(-wall), depth - 2 * wall)
        over, cover = draw.between(1.5, 3), 1.5
        line = [(-half - over, height - over * rise / half), (0, height + rise),
                (half + over, height - over * rise / half)]  # fmt: skip
        lid = _front_to_back(outlines.band(line, cover), depth + 2 * over)
        top = height + rise
    elif roof == "slanted":
        rise = draw.between(0.2, 0.36) * depth
        flank = outlines.polygon([(-depth / 2, 0), (-depth / 2, height), (depth / 2, height + rise),
                                  (depth / 2, 0)])  # fmt: skip
        shell, core = _sideways(flank, width), _sideways(flank.offset(-wall), width - 2 * wall)
        over, slope = draw.between(1.5, 2.8), rise / depth
        front, back = depth / 2 + over, depth / 2 + 0.8
        line = [(-front, height - over * slope), (back, height + rise + 0.8 * slope)]
        lid = _sideways(outlines.band(line, 1.5), width + 3)
        top = height + rise / 2
    else:
        sides = 6 if draw.chance("hexagonal", 0.5) else 48
        shell = outlines.regular(sides, half).extrude(height)
        core = outlines.regular(sides, half - 1.2 * wall).extrude(height - 2 * wall)
        core = core.translate((0, 0, wall))
        depth = width * float(np.cos(np.pi / sides))
        rise, eaves = draw.between(0.5, 1.0) * width, draw.between(1.25, 1.45) * half
        brim = height - 0.8
        lid = turned([(0, brim), (eaves, brim), (eaves, height), (0.6, height + rise),
                      (0, height + rise)], sides)  # fmt: skip
        lid = lid.rotate((0, 0, 180 / sides)) if sides == 6 else lid
        top = height + rise - 0.5
    entrance, hole = draw.between(0.17, 0.22) * width, draw.between(0.5, 0.58) * height
    door = cylinder(entrance, depth / 2 + 2).rotate((90, 0, 0)).translate((0, 0, hole))
    body = minus(union([shell, lid]), [core, door])
    perch = hole - entrance - draw.between(1.4, 2.2)
    parts = [body]
    if draw.chance("perch", 0.8):
        reach = -depth / 2 - draw.between(3, 4.5)
        parts.append(rod((0, -depth / 2 + 0.4 * wall, perch), (0, reach, perch), 0.65))
    return _placed(draw, stand, union(parts), top, (width, depth))


def _placed(
    draw: Draw, stand: str, house: Manifold, top: float, size: tuple[float, float]
) -> Shape:
    """Put a house on a pole or a floor, or hang it on a ring."""
    width, depth = size
    if stand == "pole":
        tall, foot = draw.between(14, 26), draw.between(0.5, 0.65) * width
        radius = 0.1 * width
        parts = [house.translate((0, 0, tall)), cylinder(radius, tall + 0.4),
                 slab(outlines.circle(foot), 1.6, bevel=0.4)]  # fmt: skip
        return Shape(
            union(parts), ("bird house", "nest box on a pole", "birdhouse"), {"foot": True}
        )
    if stand == "ring":
        ring = outlines.circle(0.6, 16).translate((1.7, 0)).revolve(32).rotate((90, 0, 0))
        house = union([house, ring.translate((0, 0, top + 1.9))])
        return Shape(house, ("bird house", "hanging bird house", "birdhouse"))
    floor = box((width + 2, depth + 2, 1.2), (0, 0, -0.8), 0.8)
    return Shape(house + floor, ("bird house", "nest box", "birdhouse"))


def _front_to_back(side: CrossSection, depth: float) -> Manifold:
    """Extrude an outline of (x, z) along y."""
    return slab(side, depth, (0, 0, -depth / 2)).rotate((90, 0, 0))


def _sideways(flank: CrossSection, width: float) -> Manifold:
    """Extrude an outline of (y, z) along x."""
    return slab(flank, width, (0, 0, -width / 2)).rotate((90, 0, 90))


FAMILY = Family("bird_house", build, held_out=({"roof": "gable", "stand": "pole"},))
