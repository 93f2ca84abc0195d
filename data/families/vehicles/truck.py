"""Lorries: a cab in front of a box, a tank, an open bed or a load of logs."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import both_sides, box, cylinder, minus, union
from caddis.data.families.vehicles_parts import bead, block, cabin, front_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one lorry; lengths are in decimetres."""
    load = draw.pick("load", ("box", "tank", "tipper", "logs"))
    nose = draw.pick("cab", ("flat", "bonnet"))
    width, bed = draw.between(22, 26), draw.between(44, 66)
    radius = draw.between(4.6, 5.4)
    floor, tall = 1.5 * radius, draw.between(20, 25)
    cab_back = -bed / 2 - draw.between(0.8, 1.8)
    front = cab_back - draw.between(14, 17)
    start = front - (12 if nose == "bonnet" else 0)
    house = cabin(
        (front, cab_back, width, 0.9 * radius), (front + 1.5, cab_back, width - 2, tall),
        0.7, 1, 2.2, rounding=1.5, rise=(0.48, 0.86), ends="front",
    )  # fmt: skip
    parts = [house, box((0.5 * width, bed / 2 - start - 2, 3.6), (0, 0, floor - 3.2)).translate(
        (0, (bed / 2 + start + 2) / 2, 0))]  # fmt: skip
    if nose == "bonnet":
        parts.append(block((start, front + 3, 0.72 * width, 0.9 * radius),
                           (start + 0.8, front + 3, 0.6 * width, 0.55 * tall), 1.5))  # fmt: skip
        parts.append(both_sides(cylinder(1.1, 1.15 * tall - floor, (width / 2 - 2, 0, floor))
                                .translate((0, cab_back + 0.3, 0))))  # fmt: skip
    parts.append(box((0.98 * width, 2.4, 3.2), (0, start, 0.75 * radius), 0.8))
    parts.append(both_sides(bead(1.5, (0.3 * width, start - 0.1, 0.75 * radius + 5), (1, 0.6, 1))))
    parts.append(_load(draw, load, width, bed, floor))
    places = [start + 8, bed / 2 - 7]
    if draw.chance("three axles", 0.4):
        places.append(bed / 2 - 7 - 2.15 * radius)
    arches = both_sides(box((10, 2.4 * radius, 2.25 * radius), (width / 2, places[0], -1)))
    parts = [minus(union(parts), [arches]), wheels(radius, 4.5, width / 2 - 2.4, places)]
    nouns = {"box": ("truck", "lorry", "box truck"), "tank": ("truck", "tanker truck", "lorry"),
             "tipper": ("truck", "dump truck", "lorry"),
             "logs": ("truck", "logging truck", "lorry")}[load]  # fmt: skip
    return Shape(union(parts), nouns, {"wheels": 2 * len(places)})


def _load(draw: Draw, load: str, width: float, bed: float, floor: float) -> Manifold:
    deck = box((width, bed, 2), (0, 0, floor))
    if load == "box":
        height = draw.between(19, 28)
        return box((width + 1, bed, height), (0, 0, floor + 0.1), draw.between(0.5, 1.6))
    if load == "tank":
        high = 0.47 * width
        shell = front_view(circle(high), -bed / 2, bed / 2, 2)
        lid = cylinder(3, 3, (0, 0, floor + 2.2 * high))
        return deck + shell.translate((0, 0, floor + 0.4 + 1.3 * high)) + lid + box(
            (1.2 * high, 0.9 * bed, 0.6 * high), (0, 0, floor + 1))  # fmt: skip
    if load == "tipper":
        height = draw.between(8, 13)
        bucket = block((-bed / 2, bed / 2, width - 2, floor + 0.1),
                       (-bed / 2, bed / 2 + 4, width + 2, floor + height))  # fmt: skip
        hollow = block((-bed / 2 + 2, bed / 2 - 2, width - 5.5, floor + 2.2),
                       (-bed / 2 + 2, bed / 2 + 1.8, width - 2, floor + height + 1))  # fmt: skip
        return minus(bucket, [hollow])
    thick = width / 6
    log = front_view(circle(thick, 16), -0.48 * bed, 0.5 * bed, 0.4)
    places = [(x, 1.9 + thick) for x in (-1.85, 0, 1.85)]
    places += [(x, 1.9 + 2.6 * thick) for x in (-0.92, 0.92)] + [(0, 1.9 + 4.2 * thick)]
    logs = [log.translate((x * thick, 0, floor + z - 0.3)) for x, z in places]
    stake = box((1.8, 2, 4.4 * thick), (width / 2 - 0.9, 0, floor + 0.5))
    stakes = [both_sides(stake.translate((0, y * bed, 0))) for y in (-0.38, 0, 0.38)]
    base = rectangle(width - 1, 1.2).translate((0, floor + 1.2))
    return union([deck, *logs, *stakes, front_view(base, -bed / 2, bed / 2)])


FAMILY = Family("truck", build, held_out=({"load": "tank", "cab": "flat"},))
