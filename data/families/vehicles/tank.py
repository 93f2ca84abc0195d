"""Tanks: a hull between two tracks, a turret and a gun."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, regular
from caddis.data.families.solids import both_sides, box, cylinder, rod, slab, union
from caddis.data.families.vehicles_parts import block, side_view


def build(draw: Draw) -> Shape:
    """Draw one tank; lengths are in decimetres."""
    turret = draw.pick("turret", ("round", "angular", "wedge"))
    tracks = draw.pick("tracks", ("low", "high"))
    length, width = draw.between(50, 62), draw.between(28, 34)
    belt, high = draw.between(5.5, 7.5), 9.5 if tracks == "low" else 13.0
    half, drum = length / 2, high / 2 - 0.6
    low = high - draw.between(0.5, 2)
    hull = side_view(polygon([
        (-half + 3, 0.5 * high), (-half + 9, 2.6), (half - 5, 2.6), (half - 1, low),
        (half - 3, low + 3.4), (-half + 16, low + 3.4),
    ]), width - 2 * belt + 2, 0.5)  # fmt: skip
    ends = [(-half + drum, high / 2 + 0.6), (half - drum, high / 2 + 0.6)]
    ground = [(-half + 1.8 * drum, 0.42 * high), (half - 1.8 * drum, 0.42 * high)]
    shape = (
        circle(0.42 * high, 32).translate(ground[0])
        + circle(0.42 * high, 32).translate(ground[1])
        + circle(drum, 32).translate(ends[0])
        + circle(drum, 32).translate(ends[1])
    ).hull()
    x = width / 2 - belt / 2
    track = side_view(shape, belt, 0.4, x) - side_view(shape.offset(-1.2), 3, 0, width / 2)
    rim = 0.36 * high
    count = draw.count("rollers", 4, 6)
    places = np.linspace(ground[0][0] + 0.4, ground[1][0] - 0.4, count)
    rim = min(rim, 0.44 * (places[1] - places[0]))
    roller = circle(rim, 20)
    rollers = [side_view(roller.translate((y, rim + 1)), belt - 1, 0, x + 0.3) for y in places]
    rollers.append(side_view(circle(0.6 * drum, 20).translate(ends[0]), belt - 1, 0, x + 0.3))
    rollers.append(side_view(circle(0.6 * drum, 20).translate(ends[1]), belt - 1, 0, x + 0.3))
    teeth = _teeth(shape, belt + 0.5, x)
    parts = [hull, both_sides(union([track, *rollers, teeth]))]
    guard = box((belt + 1, length - 8, 1.2), (x, 1, high - 0.2), 0.4)
    parts.append(both_sides(guard))
    deck = low + 3
    parts.append(_turret(draw, turret, width, deck))
    return Shape(union(parts).translate((0, 0, 0.65)), ("tank", "battle tank"))


def _teeth(shape: CrossSection, belt: float, x: float) -> Manifold:
    """Return the cross bars of a track, set around its outline."""
    outline = np.asarray(shape.to_polygons()[0])
    closed = np.vstack([outline, outline[:1]])
    steps = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    wanted = np.arange(0, steps[-1], 4.0)
    spots = np.stack([np.interp(wanted, steps, closed[:, axis]) for axis in (0, 1)], axis=1)
    bars = [side_view(circle(0.75, 6).translate(tuple(spot)), belt, 0, x) for spot in spots]
    return union(bars)


def _turret(draw: Draw, style: str, width: float, deck: float) -> Manifold:
    wide, tall = width * draw.between(0.52, 0.64), draw.between(6, 8)
    y = draw.between(-1, 4)
    if style == "round":
        head = cylinder(wide / 2, 0.55 * tall, (0, y, deck)) + cylinder(
            wide / 2, 0.5 * tall, (0, y, deck + 0.5 * tall), 0.34 * wide)  # fmt: skip
    elif style == "angular":
        head = Manifold.batch_hull([
            slab(regular(8, 0.56 * wide), 1, (0, y, deck)),
            slab(regular(8, 0.4 * wide), 1, (0, y, deck + tall - 1)),
        ])  # fmt: skip
    else:
        head = block((y - 0.55 * wide, y + 0.7 * wide, wide, deck),
                     (y - 0.2 * wide, y + 0.66 * wide, 0.74 * wide, deck + tall), 1)  # fmt: skip
    level, reach = deck + 0.5 * tall, draw.between(20, 34)
    muzzle = y - 0.3 * wide - reach
    gun = rod((0, y, level), (0, muzzle, level), draw.between(1.0, 1.4))
    parts = [head, gun, rod((0, y, level), (0, y - 0.62 * wide, level), 2.3, 1.9)]
    if draw.chance("muzzle brake", 0.5):
        parts.append(rod((0, muzzle + 3.4, level), (0, muzzle - 0.4, level), 1.9))
    parts.append(cylinder(0.13 * wide, 1.8, (0.14 * wide, y + 0.12 * wide, deck + tall - 0.6)))
    if draw.chance("aerial", 0.4):
        spot = (-0.2 * wide, y + 0.25 * wide)
        parts.append(rod((*spot, deck + 1), (*spot, deck + tall + 9), 0.75))
    return union(parts)


FAMILY = Family("tank", build, held_out=({"turret": "round", "tracks": "high"},))
