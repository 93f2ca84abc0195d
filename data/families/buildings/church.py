"""Churches: a gabled nave with a tower under a spire, an onion dome or battlements."""

from __future__ import annotations

import numpy as np

from data.families.buildings_parts import arched, gable_roof, gable_wall, square_crown, upright
from data.families.family import Draw, Family, Shape
from data.families.outlines import circle, regular, smooth
from data.families.solids import both_sides, box, cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one church; lengths are in metres. Its tower and door are in front."""
    top = draw.pick("top", ("spire", "onion", "battlements"))
    place = draw.pick("tower", ("middle", "side"))
    width, length = draw.between(7, 9.5), draw.between(11, 17)
    wall, rise = draw.between(4.5, 6.5), draw.between(3.5, 5.5)
    nave = upright(gable_wall(width, wall + 0.1, rise), length)
    parts = [nave, gable_roof(width, rise, length + 0.8, 0.4, 0.5, (0, 0, wall))]
    side, front = draw.between(3.6, 4.6), -length / 2
    x, y = (0.0, front - 0.3 * side) if place == "middle" else (0.62 * width, front + 0.45 * side)
    height = wall + rise + draw.between(1.5, 5)
    tower = [box((side, side, height)), box((1.12 * side, 1.12 * side, 0.5), (0, 0, height - 0.2)),
             box((1.1 * side, 1.1 * side, 0.4), (0, 0, 0.64 * height))]  # fmt: skip
    peak = height + 0.25
    if top == "spire":
        tall = draw.between(1.5, 2.8) * side
        pointed = regular(8 if draw.chance("eight sides") else 4, 0.56 * side * 1.2)
        tower.append(pointed.extrude(tall, scale_top=(0.05, 0.05)).translate((0, 0, peak)))
        peak += tall
    elif top == "onion":
        r = 0.5 * side
        curve = smooth([(0.8 * r, 0), (0.75 * r, 0.5 * r), (1.12 * r, 1.3 * r), (0.72 * r, 2.2 * r),
                        (0.18 * r, 2.9 * r), (0.12 * r, 3.4 * r)], 6)  # fmt: skip
        tower.append(turned([(0, 0), *curve, (0, 3.4 * r)]).translate((0, 0, peak)))
        peak += 3.4 * r
    else:
        tower.append(square_crown(1.12 * side, 1.12 * side, 0.4, 1.8, 0.6, (0, 0, peak - 0.1)))
    if top != "battlements":
        tower += [box((0.42, 0.42, 2.6), (0, 0, peak - 0.8)),
                  box((1.5, 0.42, 0.42), (0, 0, peak + 0.75))]  # fmt: skip
    else:
        cross = [box((0.42, 0.42, 2.4), (0, length / 2, wall + rise)),
                 box((1.4, 0.42, 0.42), (0, length / 2, wall + rise + 1.4))]  # fmt: skip
        parts += cross
    parts.append(union(tower).translate((x, y, 0)))
    if draw.chance("apse", 0.5):
        low = 0.75 * wall
        parts += [cylinder(0.33 * width, low, (0, length / 2, 0)),
                  cylinder(0.37 * width, 2.2, (0, length / 2, low - 0.05), 0.1)]  # fmt: skip
    cuts = []
    for place_y in np.linspace(-0.26, 0.36, draw.count("windows", 3, 4)) * length:
        pane = upright(arched(1.1, 0.62 * wall), 0.7).rotate((0, 0, 90))
        cuts.append(both_sides(pane.translate((width / 2, place_y, 0.2 * wall))))
    face = y - side / 2
    bell = upright(arched(0.34 * side, 0.2 * height), 2 * side, (x, y, 0.72 * height))
    sill = upright(arched(0.34 * side, 0.2 * height), 0.8, (x, face, 0.72 * height))
    across = upright(arched(0.34 * side, 0.2 * height), 0.8, (0, side / 2, 0.72 * height))
    del bell
    flank = across.rotate((0, 0, 90)).translate((x, y, 0)) + across.rotate((0, 0, -90)).translate(
        (x, y, 0))  # fmt: skip
    door_x, door_y = (x, face) if place == "middle" else (-0.1 * width, front)
    cuts += [sill, flank, upright(arched(1.7, 3.1), 0.9, (door_x, door_y, 0.2)),
             upright(circle(0.28 * side), 0.7, (door_x, door_y, 0.5 * height if place == "middle"
                                               else wall + 0.2 * rise))]  # fmt: skip
    nouns = {"spire": ("church", "church with a spire"), "onion": ("church", "chapel"),
             "battlements": ("church", "stone church")}[top]  # fmt: skip
    return Shape(minus(union(parts), cuts), nouns)


FAMILY = Family("church", build, held_out=({"top": "onion", "tower": "side"},))
