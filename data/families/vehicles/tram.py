"""Trams: a vintage car with platforms, a boxy city tram or a streamlined one, on rails."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle
from caddis.data.families.solids import both_sides, box, rod, union
from caddis.data.families.vehicles_parts import block, cabin, front_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one tram; lengths are in decimetres. It stands on a piece of track."""
    style = draw.pick("style", ("vintage", "city", "streamlined"))
    current = draw.pick("current", ("pole", "pantograph", "bow"))
    length, width = draw.between(72, 100), draw.between(22, 25)
    if style == "vintage":
        length *= 0.78
    half, low, tall = length / 2, 5.0, draw.between(23, 27)
    panes = draw.count("windows", 4, 7)
    lean = {"vintage": 0.0, "city": 1.5, "streamlined": 6.5}[style]
    house = cabin(
        (-half, half, width, low), (-half + lean, half - lean, width - 1.5, low + tall),
        0.8, panes, 1.9, rounding=4 if style == "streamlined" else 1.6, rise=(0.46, 0.84),
    )  # fmt: skip
    roof = low + tall
    end = half - lean
    parts = [house, wheels(3.4, 3.2, 7.4, (-0.3 * length, 0.3 * length), 2.2)]
    parts.append(box((15, 0.72 * length, 4.2), (0, 0, 2.8)))
    if style == "vintage":
        parts.append(box((0.62 * width, 0.84 * length, 3.4), (0, 0, roof - 0.2), 0.8))
        parts.append(box((0.74 * width, 0.92 * length, 1.2), (0, 0, roof + 3.0), 0.8))
        parts.append(box((width + 2, length + 3, 1.3), (0, 0, roof - 0.5), 1.2))
        roof += 4.0
    else:
        parts.append(block((-end + 3, end - 3, width - 5, roof - 0.1),
                           (-end + 6, end - 6, width - 9, roof + 2.2), 2))  # fmt: skip
        roof += 2.0
    fender = box((0.62 * width, 3, 3), (0, -half - 0.3, 3.2), 0.8)
    parts += [fender, fender.mirror((0, 1, 0))]
    lamp = front_view(circle(1.7, 24), -half - 0.9, -half + 3.5, 0.4)
    if style == "vintage":
        parts.append(lamp.translate((0, 0, low + 0.3 * tall)))
    else:
        parts.append(both_sides(lamp.translate((0.3 * width, 0, low + 0.22 * tall))))
    parts += [_collector(current, roof), _track(length + 14)]
    return Shape(union(parts), ("tram", "streetcar", f"{style} tram"))


def _collector(kind: str, roof: float) -> Manifold:
    """Return the current collector on the roof."""
    parts = [box((7, 8, 1.6), (0, 0, roof - 0.5), 0.5)]
    if kind == "pole":
        parts += [rod((0, 0, roof), (0, 26, roof + 12), 1.2), rod(
            (-1.3, 26, roof + 12), (1.3, 26, roof + 12), 1.7)]  # fmt: skip
    elif kind == "pantograph":
        x, knee, top = 4.2, roof + 5.5, roof + 11
        ends = [(-3, roof, 6, knee), (6, knee, -2, top)]
        arms = [rod((x, side * y0, z0), (x, side * y1, z1), 0.95)
                for y0, z0, y1, z1 in ends for side in (-1, 1)]  # fmt: skip
        parts += [both_sides(union(arms)), box((14, 6, 1.7), (0, 0, top - 0.7), 0.6),
                  box((10, 8, 1.5), (0, 0, roof - 0.4))]  # fmt: skip
    else:
        parts += [both_sides(rod((2.5, 0, roof), (7, 7, roof + 10), 1.0)),
                  rod((-8, 7, roof + 10), (8, 7, roof + 10), 1.2)]  # fmt: skip
    return union(parts)


def _track(length: float) -> Manifold:
    """Return two rails on sleepers."""
    rail = box((2.4, length, 2.0), (7.4, 0, 0.6))
    sleepers = round(length / 9)
    places = [(number - (sleepers - 1) / 2) * length / sleepers for number in range(sleepers)]
    return union([both_sides(rail), *[box((22, 3.6, 1.6), (0, y, 0)) for y in places]])


FAMILY = Family("tram", build, held_out=({"style": "vintage", "current": "pantograph"},))
